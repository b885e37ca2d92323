"""A name is to be removed on somebody's behalf: one asks, another confirms."""

from datetime import date, datetime

from lms.base.ids import derived_id
from lms.people.actions.leaving import GRACE
from lms.people.audit.actions import note
from lms.people.erasures.queries import erasure_of, wishes_of
from lms.people.erasures.rules import (
    AnotherMustConfirmErasure,
    ErasureWaitsAlready,
    NoErasureProposed,
)
from lms.people.events import ErasureAsked, ErasureProposed
from lms.record.actions import record
from lms.record.aliases import canonical_of
from lms.record.events import Actor, Happened, Stored
from lms.record.queries import stored_with_ids


def propose_erasure(*, person: str, ground: str, by: Actor, at: datetime, event_id: str) -> None:
    """Somebody above asks on the person's behalf. Nothing happens before another confirms it.

    Refuses with `ErasureWaitsAlready`.
    """
    if stored_with_ids([event_id]):
        return
    if erasure_of(person) is not None:
        raise ErasureWaitsAlready
    if record([Happened(ErasureProposed(person, ground), event_id, by, at)]):
        _noted("erasure.proposed", person, ground, by, at, event_id)


def confirm_erasure(*, person: str, by: Actor, at: datetime, event_id: str) -> date:
    """Somebody else above confirms it; the day on which the name is removed.

    Refuses with `NoErasureProposed` or `AnotherMustConfirmErasure`.
    """
    before = stored_with_ids([event_id]).get(event_id)
    if before is not None and isinstance(before.event, ErasureAsked):
        return date.fromisoformat(before.event.on)
    proposal, ground = _proposal_of_another(person, by)
    on = (at + GRACE).date()
    asked = ErasureAsked(person, on.isoformat(), proposal.id)
    if record([Happened(asked, event_id, by, at)]):
        _noted("erasure.confirmed", person, ground, by, at, event_id)
    return on


def _proposal_of_another(person: str, by: Actor) -> tuple[Stored, str]:
    found = erasure_of(person)
    waiting = [
        (stored, stored.event.ground)
        for stored in wishes_of(person)
        if isinstance(stored.event, ErasureProposed)
    ]
    if found is None or found.on is not None or not waiting:
        raise NoErasureProposed
    me = canonical_of(by.person) if by.person else ""
    others = [each for each in waiting if canonical_of(each[0].actor or "") != me]
    if not others:
        raise AnotherMustConfirmErasure
    return min(others, key=lambda each: (each[0].at, each[0].id))


def _noted(action: str, person: str, ground: str, by: Actor, at: datetime, event_id: str) -> None:
    note(
        action,
        by=by,
        at=at,
        learner=person,
        detail={"ground": ground},
        event_id=derived_id("noted", event_id),
    )
