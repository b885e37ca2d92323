"""Adding organisations."""

from datetime import datetime

from lms.base.ids import derived_id
from lms.people.events import (
    OrganisationAdded,
)
from lms.record.actions import record
from lms.record.events import Actor, Happened
from lms.record.queries import stored_with_ids


def add_organisations(organisations: list[OrganisationAdded], *, by: Actor, at: datetime) -> int:
    """Adds what is not there yet, known by code; returns how many were new.

    One that is known stays as it was first told, also where a later list spells it differently.
    """
    by_id = {derived_id("organisation.added", each.code): each for each in organisations}
    known = stored_with_ids(by_id)
    new = [
        Happened(each, event_id, by, at, "command")
        for event_id, each in by_id.items()
        if event_id not in known
    ]
    return len(record(new))
