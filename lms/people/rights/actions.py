"""Giving and withdrawing positions, by somebody above. What the actor may do is read again inside
the write transaction, and each act is noted in the audit trail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from lms.base.ids import derived_id
from lms.people.actions import give_position, withdraw_position
from lms.people.audit import note
from lms.people.queries import find_organisation
from lms.people.rights.queries import held_by, holdings_of, may_withdraw, person_under
from lms.people.rights.rules import (
    DayDoesNotFit,
    HeldAlready,
    Holding,
    LevelDoesNotFit,
    MayNotGive,
    NotHeld,
    NotToOneself,
    day_fits,
    fits,
    is_position,
    may_give_at,
)
from lms.people.rules import Held, Organisation, OrganisationUnknown, Position
from lms.record.aliases import canonical_of
from lms.record.events import Actor
from lms.record.queries import stored_with_ids


@dataclass(frozen=True, slots=True)
class Right:
    """A position of a person at an organisation, from or until the day `on`."""

    person: str
    position: str
    organisation: str
    on: date


def give(right: Right, *, giver: str, by: Actor, at: datetime, event_id: str) -> None:
    """The giver gives the person a position.

    Refuses with `NotToOneself`, `PersonUnknown` (outside the giver's subtrees),
    `OrganisationUnknown`, `MayNotGive`, `LevelDoesNotFit`, `DayDoesNotFit` or `HeldAlready`.
    """
    if _is_repeated(event_id):
        return
    held = _checked(right, giver, at)
    place = _place(right)
    position = cast("Position", right.position)
    _refuse_unless_given(held, position, place)
    if any(_same(h, right) and not h.is_over_on(right.on) for h in holdings_of(right.person)):
        raise HeldAlready
    give_position(
        person=right.person,
        position=position,
        organisation=place.id,
        on=right.on.isoformat(),
        by=by,
        at=at,
        event_id=event_id,
    )
    _note("position.given", right, place, by, at, event_id)


def withdraw(right: Right, *, giver: str, by: Actor, at: datetime, event_id: str) -> None:
    """Somebody above takes a position back, from the day `right.on`.

    Refuses as `give` does, and with `NotHeld`.
    """
    if _is_repeated(event_id):
        return
    held = _checked(right, giver, at)
    place = _place(right)
    known = [h for h in holdings_of(right.person) if _same(h, right)]
    open_ones = [h for h in known if not h.is_over_on(right.on)]
    if not open_ones:
        raise NotHeld
    if not may_withdraw(held, open_ones[0]):
        raise MayNotGive
    withdraw_position(
        person=right.person,
        position=right.position,
        organisation=place.id,
        on=max(right.on.isoformat(), open_ones[-1].since),
        by=by,
        at=at,
        event_id=event_id,
    )
    _note("position.withdrawn", right, place, by, at, event_id)


def _is_repeated(event_id: str) -> bool:
    return bool(stored_with_ids([event_id]))


def _checked(right: Right, giver: str, at: datetime) -> tuple[Held, ...]:
    if canonical_of(right.person) == canonical_of(giver):
        raise NotToOneself
    held = held_by(giver, at.date())
    person_under(held, right.person)
    if not is_position(right.position):
        raise MayNotGive
    if not day_fits(right.on, at.date()):
        raise DayDoesNotFit
    return held


def _place(right: Right) -> Organisation:
    place = find_organisation(right.organisation)
    if place is None:
        raise OrganisationUnknown(code=right.organisation)
    return place


def _refuse_unless_given(held: tuple[Held, ...], position: Position, place: Organisation) -> None:
    if may_give_at(held, position, place.level, place.path):
        return
    raise MayNotGive if fits(position, place.level) else LevelDoesNotFit


def _same(holding: Holding, right: Right) -> bool:
    return (holding.position, holding.organisation) == (right.position, right.organisation)


def _note(
    action: str, right: Right, place: Organisation, by: Actor, at: datetime, event_id: str
) -> None:
    detail = {"position": right.position, "place": place.code, "on": right.on.isoformat()}
    note(
        action,
        by=by,
        at=at,
        learner=right.person,
        organisation=place.id,
        detail=detail,
        event_id=derived_id("audit", event_id),
    )
