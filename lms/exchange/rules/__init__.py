"""What a file may hold, what follows from it, and how both are said. Pure."""
