"""Giving and withdrawing positions."""

from datetime import datetime

from lms.base.ids import new_id
from lms.people.events import (
    PositionGiven,
    PositionWithdrawn,
)
from lms.record.actions import record
from lms.record.events import Actor, Happened


def give_position(
    *,
    person: str,
    position: str,
    organisation: str,
    on: str,
    by: Actor,
    at: datetime,
    event_id: str | None = None,
) -> None:
    """The person may act as `position` at the organisation and below, from the day `on`."""
    given = PositionGiven(learner=person, position=position, organisation=organisation, on=on)
    record([Happened(given, event_id or new_id(), by, at)])


def withdraw_position(
    *,
    person: str,
    position: str,
    organisation: str,
    on: str,
    by: Actor,
    at: datetime,
    event_id: str | None = None,
) -> None:
    """The person no longer holds the position, from the day `on`."""
    gone = PositionWithdrawn(learner=person, position=position, organisation=organisation, on=on)
    record([Happened(gone, event_id or new_id(), by, at)])
