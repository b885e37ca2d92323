"""WAYS IN: one-time codes on paper and by mail, and the second step of signing in."""
