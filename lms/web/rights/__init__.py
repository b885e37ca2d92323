"""Somebody's positions and ways in, on every desk that may change them."""
