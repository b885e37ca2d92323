"""People by the thousand: what a list of staff reads and writes at once."""
