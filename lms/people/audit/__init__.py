"""The audit trail: who did what to whose rights and data. Only ever added to, never voided."""

from lms.people.audit.actions import note

__all__ = ["note"]
