"""Noting that somebody looked."""

from collections.abc import Collection
from datetime import datetime

from lms.people.audit.actions import note
from lms.record.events import Actor


def note_viewed(
    *, person: str, fields: Collection[str], by: Actor, at: datetime, event_id: str
) -> None:
    """Somebody is about to see these fields of `rules.SENSITIVE` of a person. The same `event_id`
    again is the same look."""
    note(
        "sensitive.viewed",
        by=by,
        at=at,
        learner=person,
        detail={"fields": sorted(fields)},
        event_id=event_id,
    )
