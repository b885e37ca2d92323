"""Reading what was declared."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.base.database import db
from lms.learning.declared.tables import DeclaredRow

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
