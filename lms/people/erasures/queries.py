"""Reading which names are to be removed."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from lms.base.database import db
from lms.people.erasures.rules import Erasure, erasure_from, in_force
from lms.people.events import ErasureAsked, ErasureProposed
from lms.people.queries.duplicates import people_inside
from lms.people.rights.queries import may_touch_access
from lms.people.rules import LOOK_AFTER, Held
from lms.people.tables import LearnerRow
from lms.record.aliases import canonical_of
from lms.record.events import Stored
from lms.record.queries import events_about

_PROPOSED = {ErasureProposed.kind}
_ASKED = {ErasureAsked.kind}


def erasures_asked() -> list[Stored]:
    """Every wish to have a name removed that was not taken back and is not done."""
    return _not_done(in_force(events_about(kinds=_PROPOSED), events_about(kinds=_ASKED)))


def erasure_of(person: str) -> Erasure | None:
    """How far it is with one person; None where nobody asked, it was called off, or it is done."""
    one = canonical_of(person)
    proposed = _not_done(events_about(learner=one, kinds=_PROPOSED))
    return erasure_from(proposed, _not_done(events_about(learner=one, kinds=_ASKED)))


def wishes_of(person: str) -> list[Stored]:
    """Every event that asks for this name to be removed, confirmed or not."""
    return _not_done(events_about(learner=canonical_of(person), kinds=_PROPOSED | _ASKED))


def erasures_in(paths: Collection[str]) -> list[Erasure]:
    """The names to be removed of people whose office lies in the subtrees: first those that wait
    to be confirmed, then those whose day is near."""
    told: dict[str, list[Stored]] = defaultdict(list)
    for stored in events_about(kinds=_PROPOSED | _ASKED):
        told[stored.learner or ""].append(stored)
    found = (
        erasure_from(
            [s for s in told[person] if s.kind in _PROPOSED],
            [s for s in told[person] if s.kind in _ASKED],
        )
        for person in people_inside(paths, told)
    )
    return sorted((each for each in found if each), key=lambda e: (e.on or date.min, e.person))


def may_ask_for(held: Collection[Held], actor: str, person: str, day: date) -> bool:
    """Whether somebody may ask for this name to be removed, or confirm it: they look after the
    person's own office, and stand above every position of the person; never for themselves."""
    one = canonical_of(person)
    paths = [each.path for each in held if each.position in LOOK_AFTER]
    return bool(people_inside(paths, [one])) and may_touch_access(
        held, canonical_of(actor), one, day
    )


def _not_done(asked: list[Stored]) -> list[Stored]:
    erased = set(db.session().scalars(select(LearnerRow.id).where(LearnerRow.erased)))
    return [stored for stored in asked if stored.learner not in erased]
