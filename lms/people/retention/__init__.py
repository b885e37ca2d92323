"""Nothing about people is kept longer than it must be."""
