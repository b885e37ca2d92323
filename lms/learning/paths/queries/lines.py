"""Reading what is asked of a learner, course by course, and how far they are with it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from lms.base.database import Rows, db
from lms.learning.declared.tables import DeclaredRow
from lms.learning.paths.rules import Standing, standing
from lms.learning.paths.tables import EnrolmentRow, ReminderRow
from lms.learning.tables import ProgressRow

_MANY: Final = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One course that is asked of one learner. `due` is empty without a day; `subject` is the path
    it belongs to, or the course itself; `lessons_required` is 0 before the first step. `office` is
    the learner's own; in a list of offices, the one through which they are on it."""

    learner: str
    subject: str
    course: str
    place: int
    since: date
    due: str
    rule: str
    organisation: str
    office: str
    begun: bool
    done: bool
    lessons_done: int
    lessons_required: int

    def standing(self, today: date) -> Standing:
        """How the learner stands with it."""
        return standing(begun=self.begun, done=self.done, due=self.due, today=today)


_DECLARED = (
    select(DeclaredRow.id)
    .where(DeclaredRow.learner == EnrolmentRow.learner, DeclaredRow.course == EnrolmentRow.course)
    .exists()
)
DONE: Final[ColumnElement[bool]] = or_(func.coalesce(ProgressRow.completed, False), _DECLARED)
BEGUN: Final[ColumnElement[bool]] = ProgressRow.learner.is_not(None)
PROGRESS = and_(
    ProgressRow.learner == EnrolmentRow.learner, ProgressRow.course == EnrolmentRow.course
)
LINE: Rows = select(
    EnrolmentRow.learner,
    EnrolmentRow.subject,
    EnrolmentRow.course,
    EnrolmentRow.place,
    EnrolmentRow.since,
    EnrolmentRow.due,
    EnrolmentRow.rule,
    EnrolmentRow.organisation,
    EnrolmentRow.office,
    BEGUN.label("begun"),
    DONE.label("done"),
    func.coalesce(ProgressRow.lessons_done, 0).label("lessons_done"),
    func.coalesce(ProgressRow.lessons_required, 0).label("lessons_required"),
).outerjoin(ProgressRow, PROGRESS)


def asked_of_learner(learner: str) -> list[Line]:
    """Everything that is asked of one learner, what is due first first."""
    return _sorted(lines_of(LINE.where(EnrolmentRow.learner == learner)))


def enrolled_already(learners: Collection[str], subject: str) -> dict[str, str]:
    """Learner → due day, for those of whom the course or path is asked."""
    found: dict[str, str] = {}
    wanted = sorted(learners)
    columns = select(EnrolmentRow.learner, EnrolmentRow.due).where(EnrolmentRow.subject == subject)
    for start in range(0, len(wanted), _MANY):
        some = EnrolmentRow.learner.in_(wanted[start : start + _MANY])
        found.update((row.learner, row.due) for row in db.session().execute(columns.where(some)))
    return found


def due_until(last: date) -> Iterator[list[Line]]:
    """What is open and due until a day, learner by learner, everywhere."""
    statement = LINE.where(
        EnrolmentRow.open, EnrolmentRow.due != "", EnrolmentRow.due <= last.isoformat(), ~DONE
    )
    lines: list[Line] = []
    for line in lines_of(statement.order_by(EnrolmentRow.learner, EnrolmentRow.due)):
        if lines and lines[0].learner != line.learner:
            yield lines
            lines = []
        lines.append(line)
    if lines:
        yield lines


def reminded_on() -> dict[str, date]:
    """Learner → the day of the last reminder."""
    rows = db.session().execute(select(ReminderRow.learner, ReminderRow.on))
    return {row.learner: date.fromisoformat(row.on) for row in rows}


def is_late(today: date) -> ColumnElement[bool]:
    return and_(EnrolmentRow.due != "", EnrolmentRow.due < today.isoformat(), ~DONE)


def lines_of(statement: Rows) -> Iterator[Line]:
    for row in db.session().execute(statement):
        yield Line(
            learner=row.learner,
            subject=row.subject,
            course=row.course,
            place=row.place,
            since=date.fromisoformat(row.since),
            due=row.due,
            rule=row.rule,
            organisation=row.organisation,
            office=row.office,
            begun=bool(row.begun or row.done),
            done=bool(row.done),
            lessons_done=row.lessons_done,
            lessons_required=row.lessons_required,
        )


def _sorted(lines: Iterator[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.due or "9", line.subject, line.place))
