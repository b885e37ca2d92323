"""Alembic scripts; not a room."""

from typing import Any


def is_in_the_tables(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether something found in a database is described by a room's tables; the index of words
    that finds people is not: it is made by the migrations alone, in each database's own way."""
    return kind not in ("table", "index") or not str(name).startswith("person_search")
