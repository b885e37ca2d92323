"""Reading how far learners are."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from lms.base.clock import from_text
from lms.base.database import db
from lms.learning.keeping import from_json
from lms.learning.rules import Completion, Progress
from lms.learning.tables import CompletionRow, ProgressRow


@dataclass(frozen=True, slots=True)
class Overview:
    """One line about a learner in a course."""

    learner: str
    course: str
    edition: str
    started_at: str
    last_at: str
    lessons_done: int
    lessons_required: int
    attempts: int
    best_percent: int | None
    passed: bool
    completed: bool
    help: str


_COLUMNS = ProgressRow.__table__.columns
_PROGRESS = select(ProgressRow.__table__)
_ONE = _PROGRESS.where(
    _COLUMNS.learner == bindparam("learner"), _COLUMNS.course == bindparam("course")
)
_OVERVIEW = select(*(column for column in _COLUMNS if column.name != "body"))


def find_progress(learner: str, course: str) -> Progress | None:
    """How far the learner is in the course; None before anything was done. One query."""
    row = db.session().execute(_ONE, {"learner": learner, "course": course}).one_or_none()
    return from_json(row) if row else None


def progress_of(learner: str) -> dict[str, Progress]:
    """Course → progress, for all courses the learner has begun."""
    rows = db.session().execute(_PROGRESS.where(ProgressRow.learner == learner))
    return {row.course: from_json(row) for row in rows}


def overviews_of(learners: Collection[str]) -> list[Overview]:
    """Lines about some learners, all courses."""
    wanted = list(learners)
    found: list[Overview] = []
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = db.session().execute(_OVERVIEW.where(ProgressRow.learner.in_(some)))
        found.extend(Overview(*row) for row in rows)
    return found


def overviews_in_course(course: str) -> list[Overview]:
    """Lines about all learners of a course, the latest first."""
    statement = _OVERVIEW.where(ProgressRow.course == course).order_by(ProgressRow.last_at.desc())
    return [Overview(*row) for row in db.session().execute(statement)]


def counts_by_course() -> dict[str, tuple[int, int]]:
    """Course → (learners who began, learners who completed)."""
    completed = func.count().filter(ProgressRow.completed)
    statement = select(ProgressRow.course, func.count(), completed).group_by(ProgressRow.course)
    return {row[0]: (row[1], row[2]) for row in db.session().execute(statement)}


def find_completion(learner: str, course: str) -> Completion | None:
    """The learner's completion of the course, if there is one."""
    row = db.session().execute(_DONE, {"learner": learner, "course": course}).one_or_none()
    return _completion(row) if row else None


def completions_of(learner: str) -> list[Completion]:
    """What the learner has completed, the latest first."""
    statement = _COMPLETION.where(CompletionRow.learner == learner)
    rows = db.session().execute(statement.order_by(CompletionRow.completed_at.desc()))
    return [_completion(row) for row in rows]


def all_completions() -> list[tuple[str, str]]:
    """(learner, course) of every completion."""
    rows = db.session().execute(select(CompletionRow.learner, CompletionRow.course))
    return [(row.learner, row.course) for row in rows]


_COMPLETION = select(
    CompletionRow.learner,
    CompletionRow.course,
    CompletionRow.edition,
    CompletionRow.completed_at,
    CompletionRow.completed_on,
    CompletionRow.percent,
    CompletionRow.minutes,
    CompletionRow.evidence,
    CompletionRow.help,
)


_DONE = _COMPLETION.where(
    CompletionRow.learner == bindparam("learner"), CompletionRow.course == bindparam("course")
)


def _completion(row: Any) -> Completion:
    return Completion(
        learner=row.learner,
        course=row.course,
        edition=row.edition,
        completed_at=from_text(row.completed_at),
        completed_on=date.fromisoformat(row.completed_on),
        percent=row.percent,
        minutes=row.minutes,
        evidence=tuple(json.loads(row.evidence)),
        help=row.help,
    )
