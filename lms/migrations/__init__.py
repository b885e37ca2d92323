"""Alembic scripts; not a room."""
