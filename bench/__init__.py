"""How fast and how heavy the site is, in one table: `python -m bench`."""
