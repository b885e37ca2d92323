"""THE FIGURES: indicators as they are defined, counted from projected facts, with their rows."""
