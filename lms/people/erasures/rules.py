"""Who asked for a name to be removed, and how far that is. Pure.

The person asks alone. Where they have no account, or write a letter, somebody above them asks on
their behalf and says on which ground; somebody else above confirms it. Then the same time to think
runs, and the person, or anybody above, can call it off until the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.events import ErasureAsked, ErasureProposed
from lms.record.events import Stored

GROUNDS: Final = ("in-person", "letter")


class NotAboveThePerson(Refusal):
    says = sentence(
        "Only somebody who stands above this person and their office may do this. Ask a training "
        "manager, a country coordinator or the secretariat."
    )


class OnlyThePersonKeeps(Refusal):
    says = sentence(
        "The person asked for this alone, so nobody else calls it off. They can do it themselves "
        "under “My data”."
    )


class ErasureWaitsAlready(Refusal):
    says = sentence("This is asked for already. Load the page again to see how far it is.")


class NoErasureProposed(Refusal):
    says = sentence("Nothing waits to be confirmed any more. Load the page again.")


class AnotherMustConfirmErasure(Refusal):
    says = sentence(
        "You asked for this yourself, so somebody else must confirm it. Ask a colleague who may."
    )


@dataclass(frozen=True, slots=True)
class Erasure:
    """A name that is to be removed. `ground` is one of `GROUNDS`, empty where the person asked
    alone; `on` is the day, None while it waits to be confirmed; `proposers` asked on the person's
    behalf."""

    person: str
    ground: str
    asked_at: datetime
    on: date | None
    proposers: tuple[str, ...] = ()


def in_force(proposed: Iterable[Stored], asked: Iterable[Stored]) -> list[Stored]:
    """The wishes of `asked` that count: one on a proposal that was called off does not, whichever
    of the two arrived first. Both are events that are not voided."""
    known = {stored.id for stored in proposed}
    return [
        stored
        for stored in asked
        if isinstance(stored.event, ErasureAsked)
        and (not stored.event.proposal or stored.event.proposal in known)
    ]


def erasure_from(proposed: Iterable[Stored], asked: Iterable[Stored]) -> Erasure | None:
    """How far it is with one person, from their events that are not voided."""
    told = [stored for stored in proposed if isinstance(stored.event, ErasureProposed)]
    wishes = in_force(told, asked)
    if not told and not wishes:
        return None
    first = min([*told, *wishes], key=lambda stored: (stored.at, stored.id))
    alone = any(not _proposal_of(stored) for stored in wishes)
    return Erasure(
        person=first.learner or "",
        ground="" if alone else _ground(told),
        asked_at=first.at,
        on=min((_day_of(stored) for stored in wishes), default=None),
        proposers=tuple(sorted({stored.actor for stored in told if stored.actor})),
    )


def _proposal_of(stored: Stored) -> str:
    return stored.event.proposal if isinstance(stored.event, ErasureAsked) else ""


def _day_of(stored: Stored) -> date:
    assert isinstance(stored.event, ErasureAsked)
    return date.fromisoformat(stored.event.on)


def _ground(told: list[Stored]) -> str:
    first = min(told, key=lambda stored: (stored.at, stored.id)).event
    return first.ground if isinstance(first, ErasureProposed) else ""
