"""Where a person belongs: from today, or an earlier day, or a day to come."""

from datetime import UTC, date, datetime, time
from typing import Any

from lms.base.ids import derived_id
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.audit.actions import note
from lms.people.events import LearnerMoved
from lms.people.queries import find_organisation, profile_of
from lms.people.queries.assignments import planned_for
from lms.people.rules import AHEAD
from lms.record.actions import record
from lms.record.events import Actor, EventVoided, Happened
from lms.record.queries import stored_with_ids


class TooFarAhead(Refusal):
    says = sentence("Give a day within one year from today.")


class MovedByOthers(Refusal):
    """Who looks after a further office of a person does not take them out of their own."""

    says = sentence(
        "The person’s own office is not one of yours: ask whoever looks after it to record the "
        "move."
    )


class ThereAnyway(Refusal):
    """A move that would change nothing on its day."""

    says = sentence(
        "On that day the person belongs to this office with this employment anyway. Choose "
        "another office, another employment or another day."
    )


class NotPlanned(Refusal):
    says = sentence(
        "This is not planned any more, or its day has come. Load the page again; if the person "
        "does not belong there, record a move."
    )


def refuse_too_far(on: date, at: datetime) -> None:
    """Refuses with `TooFarAhead` a day that is more than a year away."""
    if on > at.date() + AHEAD:
        raise TooFarAhead


def move_person(
    *, person: str, office: str, employment: str, on: str, by: Actor, at: datetime, event_id: str
) -> None:
    """From the day `on` the person belongs to another office; the past stays as it was."""
    refuse_too_far(date.fromisoformat(on), at)
    if not stored_with_ids([event_id]):
        _refuse_there_anyway(person, office, employment, date.fromisoformat(on))
    moved = LearnerMoved(learner=person, office=office, employment=employment, on=on)
    if record([Happened(moved, event_id, by, at)]):
        place = find_organisation(office)
        _noted("person.moved", person, by, at, event_id, on=on, place=place.code if place else "")


def _refuse_there_anyway(person: str, office: str, employment: str, on: date) -> None:
    there = profile_of(person, datetime.combine(on, time.max, UTC))
    if there and (there.office, there.employment) == (office, employment):
        raise ThereAnyway


def call_off(*, person: str, event: str, by: Actor, at: datetime, event_id: str) -> None:
    """A move, or a further office, whose day has not come is void; refuses others."""
    if stored_with_ids([event_id]):
        return
    planned = next((each for each in planned_for(person, at.date()) if each.event == event), None)
    if planned is None:
        raise NotPlanned
    record([Happened(EventVoided(event, "mistake"), event_id, by, at)])
    _noted("move.cancelled", person, by, at, event_id, on=planned.on.isoformat())


def _noted(action: str, person: str, by: Actor, at: datetime, event_id: str, **detail: Any) -> None:
    event_id = derived_id("noted", event_id)
    note(action, by=by, at=at, learner=person, detail=detail, event_id=event_id)
