"""THE FLOOR THAT SPEAKS HTTP: one desk for each kind of visitor."""
