"""Further offices a person belongs to, beside their own."""

from datetime import UTC, date, datetime, time

from lms.base.ids import derived_id
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.actions.moving import refuse_too_far
from lms.people.audit.actions import note
from lms.people.events import AssignmentBegun, AssignmentEnded
from lms.people.queries import profile_of
from lms.people.queries.assignments import assignments_of
from lms.record.actions import record
from lms.record.events import Actor, Happened
from lms.record.queries import stored_with_ids


class BelongsThereAlready(Refusal):
    says = sentence("The person belongs to this office already. Choose another one.")


class DoesNotBelongThere(Refusal):
    says = sentence("The person does not belong to this further office. Load the page again.")


class EndsBeforeItBegins(Refusal):
    says = sentence("Give the first day of this further office or a later one.")


def begin_assignment(
    *,
    person: str,
    office: str,
    employment: str,
    on: date,
    by: Actor,
    at: datetime,
    event_id: str,
) -> None:
    """From the day `on`, at most a year ahead, the person also belongs to this office; refuses one
    they belong to on that day, or will."""
    refuse_too_far(on, at)
    begun = AssignmentBegun(person, office, employment, on.isoformat())
    if _is_new(event_id) and _belongs(person, office, on):
        raise BelongsThereAlready
    if record([Happened(begun, event_id, by, at)]):
        _noted("office.begun", person, office, by, at, event_id)


def _belongs(person: str, office: str, on: date) -> bool:
    held = {e.office for e in assignments_of(person) if not e.until or e.until > on.isoformat()}
    home = profile_of(person, datetime.combine(on, time.max, UTC))
    return office in held or (home is not None and home.office == office)


def end_assignment(
    *, person: str, office: str, on: date, by: Actor, at: datetime, event_id: str
) -> None:
    """From the day `on` the person no longer belongs to this further office."""
    open_ones = [each for each in assignments_of(person) if each.office == office]
    if _is_new(event_id):
        current = [e for e in open_ones if not e.until or e.until > on.isoformat()]
        if not current:
            raise DoesNotBelongThere
        if on.isoformat() < current[-1].since:
            raise EndsBeforeItBegins
    if record([Happened(AssignmentEnded(person, office, on.isoformat()), event_id, by, at)]):
        _noted("office.ended", person, office, by, at, event_id)


def _is_new(event_id: str) -> bool:
    return not stored_with_ids([event_id])


def _noted(action: str, person: str, office: str, by: Actor, at: datetime, event_id: str) -> None:
    note(
        action,
        by=by,
        at=at,
        learner=person,
        organisation=office,
        event_id=derived_id("noted", event_id),
    )
