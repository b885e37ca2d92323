"""The audit trail, on every desk that may read it."""
