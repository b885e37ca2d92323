"""The same on paper."""
