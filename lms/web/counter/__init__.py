"""The counter: the helper registers people, prints cards, resets PINs, sees who was here today."""
