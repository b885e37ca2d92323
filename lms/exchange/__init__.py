"""OTHER PEOPLE'S FILES: lists of staff and of past trainings, checked before they are written."""
