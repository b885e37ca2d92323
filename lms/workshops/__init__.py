"""MEETING IN A ROOM: workshops, their sittings, who was expected and who came."""
