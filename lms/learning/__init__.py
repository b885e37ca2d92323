"""HOW FAR: progress through courses, attempts at final tests, completions."""
