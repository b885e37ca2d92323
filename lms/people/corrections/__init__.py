"""Somebody says that what is kept about them is wrong; their manager answers."""
