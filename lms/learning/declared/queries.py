"""Reading what was declared."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from lms.base.database import db
from lms.learning.declared.events import DECLARED_KINDS, TrainingDeclared
from lms.learning.declared.projector import key_of
from lms.learning.declared.tables import DeclaredRow
from lms.record.events import Stored
from lms.record.queries import events_about

_MANY = 400


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared training. `course` is empty where it is no course of the site."""

    learner: str
    title: str
    course: str
    on: date
    minutes: int
    percent: int | None


def declared_by(learners: Collection[str]) -> list[Declared]:
    """What was declared for these learners, the latest first."""
    columns = select(
        DeclaredRow.learner,
        DeclaredRow.title,
        DeclaredRow.course,
        DeclaredRow.completed_on,
        DeclaredRow.minutes,
        DeclaredRow.percent,
    )
    found: list[Declared] = []
    wanted = sorted(learners)
    for start in range(0, len(wanted), _MANY):
        some = DeclaredRow.learner.in_(wanted[start : start + _MANY])
        for row in db.session().execute(columns.where(some)):
            on = date.fromisoformat(row.completed_on)
            found.append(Declared(row.learner, row.title, row.course, on, row.minutes, row.percent))
    return sorted(found, key=lambda each: each.on, reverse=True)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One training of a person as it was declared: by whom, when, and the digest of the file in
    which it stood."""

    title: str
    course: str
    on: date
    minutes: int
    percent: int | None
    by: str | None
    at: datetime
    sha256: str


def declarations_of(learner: str) -> list[Declaration]:
    """What was declared for a learner, the latest training first; one that was declared several
    times as it was the first time."""
    told = sorted(events_about(learner=learner, kinds=DECLARED_KINDS), key=lambda s: (s.at, s.id))
    found: dict[str, Declaration] = {}
    for stored in told:
        event = stored.event
        if isinstance(event, TrainingDeclared):
            found.setdefault(key_of(learner, event), _declaration(event, stored))
    return sorted(found.values(), key=lambda each: each.on, reverse=True)


def _declaration(event: TrainingDeclared, stored: Stored) -> Declaration:
    return Declaration(
        title=event.title,
        course=event.course or "",
        on=date.fromisoformat(event.on),
        minutes=event.minutes,
        percent=event.percent,
        by=stored.actor,
        at=stored.at,
        sha256=event.sha256,
    )
