"""Names to be removed: asked by the person, or by two above them on the person's behalf."""
