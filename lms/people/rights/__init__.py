"""Who may give which position to whom, where: each right is given by somebody above it."""
