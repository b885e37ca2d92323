"""Adding organisations."""

from datetime import datetime

from lms.base.ids import derived_id
from lms.people.events import (
    OrganisationAdded,
)
from lms.record.actions import record
from lms.record.events import Actor, Happened


def add_organisations(organisations: list[OrganisationAdded], *, by: Actor, at: datetime) -> int:
    """Adds what is not there yet, known by code; returns how many were new."""
    happenings = [
        Happened(each, derived_id("organisation.added", each.code), by, at, "command")
        for each in organisations
    ]
    return len(record(happenings))
