"""Signing in and out, the language one reads, one's own password."""
