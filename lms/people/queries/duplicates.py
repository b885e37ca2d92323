"""Reading who may be one person, and who was merged."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from lms.base.clock import now
from lms.base.database import Rows, db
from lms.base.ids import derived_id
from lms.people.events import LEARNER_KINDS, LearnerRegistered
from lms.people.queries.organisations import within
from lms.people.rules import profile_on
from lms.people.tables import LearnerRow, OrganisationRow, PersonRow, ProposalRow
from lms.record.aliases import all_merged
from lms.record.events import LearnerMerged, Stored
from lms.record.queries import events_about, events_of_anybody, stored_from


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two persons who may be one. `state` is open, merged or declined."""

    learner: str
    other: str
    why: str
    proposed_by: str
    at: str
    state: str


_PROPOSAL = select(
    ProposalRow.learner,
    ProposalRow.other,
    ProposalRow.why,
    ProposalRow.proposed_by,
    ProposalRow.at,
    ProposalRow.state,
)


def find_proposal(learner: str, other: str) -> Proposal | None:
    """What was proposed about two persons, in whichever order they are named."""
    name = derived_id(*sorted((learner, other)))
    row = db.session().execute(_PROPOSAL.where(ProposalRow.id == name)).one_or_none()
    return Proposal(*row) if row else None


def proposals_in(paths: Collection[str], *, state: str = "open") -> list[Proposal]:
    """Proposals of which one person at least belongs to the subtrees, the oldest first."""
    here = (
        select(LearnerRow.id)
        .join(OrganisationRow, OrganisationRow.id == LearnerRow.office)
        .where(within(OrganisationRow.path, paths))
    )
    either = or_(ProposalRow.learner.in_(here), ProposalRow.other.in_(here))
    statement = _PROPOSAL.where(ProposalRow.state == state, either).order_by(ProposalRow.at)
    return [Proposal(*row) for row in db.session().execute(statement)]


def merges_between(learner: str, other: str) -> list[str]:
    """The ids of the merge events that name these two, in whichever order."""
    told = [stored_from(*each) for each in events_of_anybody((learner, other))]
    return sorted(
        stored.id
        for stored in told
        if isinstance(stored.event, LearnerMerged)
        and {stored.body["learner"], stored.body["object"].get("other")} == {learner, other}
    )


def merges_of(person: str) -> list[Stored]:
    """Every merge that made the person one."""
    return events_about(learner=person, kinds={LearnerMerged.kind})


@dataclass(frozen=True, slots=True)
class Alike:
    """Two persons who may be one, and why: staff-number, phone or sound."""

    learner: str
    other: str
    why: str


def alikes_in(paths: Collection[str], *, limit: int = 50) -> list[Alike]:
    """Pairs inside the subtrees that nobody has proposed or declined yet: the same staff number,
    telephone number, or sound of name with the same year of birth. The first that are found: no
    order is promised, so that a million people need not be read for fifty pairs."""
    found: dict[tuple[str, str], str] = {}
    everywhere = _people_at(paths) > _SMALL
    for why in _SAME:
        for row in db.session().execute(_pairs(paths, why, everywhere=everywhere).limit(limit)):
            found.setdefault((row.learner, row.other), why)
    return [Alike(*pair, why) for pair, why in list(found.items())[:limit]]


_SMALL: Final = 20_000
"""People among whom it is quicker to look at each than to ask first what occurs twice."""
_one, _two = aliased(PersonRow), aliased(PersonRow)
_first, _second = aliased(LearnerRow), aliased(LearnerRow)
_SAME: Final = {"staff-number": "staff_number", "phone": "phone", "sound": "sound"}


def _people_at(paths: Collection[str]) -> int:
    here = select(OrganisationRow.id).where(within(OrganisationRow.path, paths))
    counted = select(func.count()).select_from(LearnerRow).where(LearnerRow.office.in_(here))
    return db.session().scalar(counted) or 0


def _pairs(paths: Collection[str], why: str, *, everywhere: bool) -> Rows:
    here = select(OrganisationRow.id).where(within(OrganisationRow.path, paths))
    said = and_(ProposalRow.learner == _one.id, ProposalRow.other == _two.id)
    mine, theirs = getattr(_one, _SAME[why]), getattr(_two, _SAME[why])
    statement: Rows = (
        select(_one.id.label("learner"), _two.id.label("other"))
        .join(_two, and_(_one.id < _two.id, mine == theirs, mine != ""))
        .join(_first, _first.id == _one.id)
        .join(_second, _second.id == _two.id)
        .outerjoin(ProposalRow, said)
        .where(~_first.closed, ~_second.closed, ProposalRow.id.is_(None))
    )
    if why == "sound":
        statement = statement.where(_first.birth_year == _second.birth_year)
    if not everywhere:
        return statement.where(_first.office.in_(here), _second.office.in_(here))
    # no plain columns: SQLite then begins with what occurs twice, not with an office
    inside = (each.office.concat("").in_(here) for each in (_first, _second))
    return statement.where(mine.in_(_twice(_SAME[why])), *inside)


def _twice(name: str) -> Rows:
    column = getattr(PersonRow, name)
    return select(column).where(column != "").group_by(column).having(func.count() > 1)


@dataclass(frozen=True, slots=True)
class Merge:
    """Two ids that somebody declared one person, and when."""

    learner: str
    other: str
    by: str | None
    at: datetime


def merges_in(paths: Collection[str]) -> list[Merge]:
    """Merges that hold, of people whose office lies in the subtrees, the newest first."""
    merged = all_merged()
    here = people_inside(paths, set(merged.values()))
    inside = [person for person, canonical in merged.items() if canonical in here]
    told = [stored_from(*each) for each in events_of_anybody(inside)] if inside else []
    merges = [s for s in told if s.kind == LearnerMerged.kind]
    newest = sorted(merges, key=lambda s: (s.at, s.id), reverse=True)
    return [
        Merge(s.body["learner"], s.body["object"]["other"], s.actor, s.at)
        for s in newest
        if s.body["object"].get("other")
    ]


def people_inside(paths: Collection[str], persons: Collection[str]) -> set[str]:
    """Those of the persons whose office lies in the subtrees, and whose names were not erased."""
    statement = (
        select(LearnerRow.id)
        .join(OrganisationRow, OrganisationRow.id == LearnerRow.office)
        .where(within(OrganisationRow.path, paths), ~LearnerRow.erased)
    )
    return set(db.session().scalars(statement.where(LearnerRow.id.in_(sorted(persons)))))


@dataclass(frozen=True, slots=True)
class Record:
    """One of two records side by side: what was registered under one id, merged or not. `kinds`
    counts its events by kind; `last_at` is the moment of the latest."""

    id: str
    name: str
    number: str
    staff_number: str
    email: str
    phone: str
    birth_year: int | None
    sex: str
    office: str
    registered_at: datetime | None
    kinds: Mapping[str, int]
    last_at: datetime | None


def record_of(person: str) -> Record | None:
    """What stands under one id alone, from its own events: also after it was merged."""
    names = db.session().execute(select(PersonRow.__table__).where(PersonRow.id == person)).first()
    told = [stored_from(*each) for each in events_of_anybody([person])]
    registered = sorted((s.at, s.id, s) for s in told if isinstance(s.event, LearnerRegistered))
    if names is None or not registered:
        return None
    at, _id, first = registered[0]
    assert isinstance(first.event, LearnerRegistered)
    profile = profile_on([s for s in told if s.kind in LEARNER_KINDS], now())
    return Record(
        id=person,
        name=f"{names.given_name} {names.family_name}".strip(),
        number=first.event.number,
        staff_number=names.staff_number,
        email=names.email,
        phone=names.telephone or names.phone,
        birth_year=profile.birth_year if profile else None,
        sex=profile.sex if profile else "",
        office=profile.office if profile else "",
        registered_at=at,
        kinds=Counter(stored.kind for stored in told),
        last_at=max(stored.at for stored in told),
    )
