"""How many employees an operator has, as its human resources return it, by date."""
