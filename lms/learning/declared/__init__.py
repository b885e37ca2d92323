"""Trainings that were followed outside the site and are declared afterwards, from a list."""
