"""Lessons and screens read aloud: what is said, by which voice, and where the recordings are."""
