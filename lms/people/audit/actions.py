"""Adding to the audit trail."""

from datetime import datetime
from typing import Any

from lms.base.ids import new_id
from lms.people.audit.events import AuditNoted
from lms.people.queries import find_person
from lms.record.actions import record
from lms.record.events import Actor, Channel, Happened


def note(
    action: str,
    *,
    by: Actor,
    at: datetime,
    learner: str | None = None,
    organisation: str | None = None,
    detail: dict[str, Any] | None = None,
    event_id: str | None = None,
    channel: Channel = "web",
) -> str:
    """Notes what was done, in the present write transaction; returns the note's id.

    `learner` is the person concerned. Without an `organisation` it is that person's office today,
    so that those above it can read the note. The same `event_id` again is the same note.
    """
    if organisation is None and learner is not None:
        person = find_person(learner)
        organisation = person.office if person else None
    event = AuditNoted(learner, action, organisation, detail or {})
    event_id = event_id or new_id()
    record([Happened(event, event_id, by, at, channel)])
    return event_id
