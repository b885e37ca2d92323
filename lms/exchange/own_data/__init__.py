"""Everything that is kept about one person, for that person: as a file and on paper."""
