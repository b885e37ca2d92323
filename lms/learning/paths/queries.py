"""Reading what is asked of whom, and how far they are with it."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, distinct, func, or_, select

from lms.base.database import Rows, db
from lms.learning.declared.tables import DeclaredRow
from lms.learning.paths.rules import Path, PathUnknown, Rule, Standing, standing
from lms.learning.paths.tables import EnrolmentRow, PathRow, ReminderRow, RuleRow
from lms.learning.tables import ProgressRow
from lms.people.queries import within
from lms.people.queries.units import tree_paths

_MANY: Final = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One course that is asked of one learner. `due` is empty without a day; `subject` is the path
    it belongs to, or the course itself; `lessons_required` is 0 before the first step."""

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


@dataclass(frozen=True, slots=True)
class Tally:
    """People of one office of whom something is asked: how many, how many have done all of it,
    how many are late with a part."""

    office: str
    people: int
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class CourseTally:
    """People who are asked to do a course: how many, begun or done, and done."""

    course: str
    people: int
    begun: int
    done: int


def paths_in_force() -> dict[str, Path]:
    """Path id → path."""
    rows = db.session().execute(select(PathRow.__table__))
    return {row.id: _path(row) for row in rows}


def find_path(path: str) -> Path | None:
    """One path that is in force."""
    row = db.session().execute(select(PathRow.__table__).where(PathRow.id == path)).one_or_none()
    return _path(row) if row else None


def current_path(path: str) -> Path:
    """The same, or a refusal."""
    found = find_path(path)
    if found is None:
        raise PathUnknown
    return found


def _path(row: Any) -> Path:
    courses = tuple(json.loads(row.courses))
    return Path(row.id, row.organisation, row.title_fr, row.title_en, courses)


def rules_in_force(path: str = "") -> list[Rule]:
    """Every rule, or those for one path."""
    statement = select(RuleRow.__table__)
    if path:
        statement = statement.where(RuleRow.path == path)
    rows = db.session().execute(statement.order_by(RuleRow.id)).all()
    scopes = tree_paths(row.organisation for row in rows)
    return [_rule(row, scopes.get(row.organisation, "")) for row in rows]


def _rule(row: Any, scope: str) -> Rule:
    since = date.fromisoformat(row.since)
    return Rule(row.id, row.organisation, row.who, row.path, row.days, since, scope)


_DECLARED = (
    select(DeclaredRow.id)
    .where(DeclaredRow.learner == EnrolmentRow.learner, DeclaredRow.course == EnrolmentRow.course)
    .exists()
)
_DONE: Final[ColumnElement[bool]] = or_(func.coalesce(ProgressRow.completed, False), _DECLARED)
_BEGUN: Final[ColumnElement[bool]] = ProgressRow.learner.is_not(None)
_PROGRESS = and_(
    ProgressRow.learner == EnrolmentRow.learner, ProgressRow.course == EnrolmentRow.course
)
_LINE: Rows = select(
    EnrolmentRow.learner,
    EnrolmentRow.subject,
    EnrolmentRow.course,
    EnrolmentRow.place,
    EnrolmentRow.since,
    EnrolmentRow.due,
    EnrolmentRow.rule,
    EnrolmentRow.organisation,
    EnrolmentRow.office,
    _BEGUN.label("begun"),
    _DONE.label("done"),
    func.coalesce(ProgressRow.lessons_done, 0).label("lessons_done"),
    func.coalesce(ProgressRow.lessons_required, 0).label("lessons_required"),
).outerjoin(ProgressRow, _PROGRESS)


def asked_of_learner(learner: str) -> list[Line]:
    """Everything that is asked of one learner, what is due first first."""
    return _sorted(_lines(_LINE.where(EnrolmentRow.learner == learner)))


def enrolled_already(learners: Collection[str], subject: str) -> dict[str, str]:
    """Learner → due day, for those of whom the course or path is asked."""
    found: dict[str, str] = {}
    wanted = sorted(learners)
    columns = select(EnrolmentRow.learner, EnrolmentRow.due).where(EnrolmentRow.subject == subject)
    for start in range(0, len(wanted), _MANY):
        some = EnrolmentRow.learner.in_(wanted[start : start + _MANY])
        found.update((row.learner, row.due) for row in db.session().execute(columns.where(some)))
    return found


def late_in(
    paths: Collection[str], today: date, *, office: str = "", limit: int = 100, offset: int = 0
) -> list[Line]:
    """Courses that are late in the subtrees, of one office if given, the longest late first."""
    statement = _LINE.where(_open_in(paths), _late(today))
    if office:
        statement = statement.where(EnrolmentRow.office == office)
    order = statement.order_by(EnrolmentRow.due, EnrolmentRow.learner, EnrolmentRow.course)
    return list(_lines(order.limit(limit).offset(offset)))


def count_late_in(paths: Collection[str], today: date, *, office: str = "") -> int:
    """How many lines `late_in` has in all."""
    counted = select(func.count()).select_from(EnrolmentRow).outerjoin(ProgressRow, _PROGRESS)
    counted = counted.where(_open_in(paths), _late(today))
    if office:
        counted = counted.where(EnrolmentRow.office == office)
    return db.session().scalar(counted) or 0


def tallies_in(paths: Collection[str], today: date, *, subject: str = "") -> list[Tally]:
    """Office by office, people of whom something is asked: anything, or one course or path."""
    each = (
        select(
            EnrolmentRow.office,
            EnrolmentRow.learner,
            func.min(case((_DONE, 1), else_=0)).label("all_done"),
            func.max(case((_late(today), 1), else_=0)).label("any_late"),
        )
        .outerjoin(ProgressRow, _PROGRESS)
        .where(_open_in(paths))
        .group_by(EnrolmentRow.office, EnrolmentRow.learner)
    )
    if subject:
        each = each.where(EnrolmentRow.subject == subject)
    one = each.subquery()
    statement = select(
        one.c.office, func.count(), func.sum(one.c.all_done), func.sum(one.c.any_late)
    ).group_by(one.c.office)
    return [
        Tally(row[0], row[1], int(row[2]), int(row[3])) for row in db.session().execute(statement)
    ]


def courses_of_path_in(paths: Collection[str], path: str) -> dict[str, CourseTally]:
    """Course → how far people of the subtrees are with it, of those who follow the path."""
    statement = (
        select(
            EnrolmentRow.course,
            func.count(distinct(EnrolmentRow.learner)),
            func.sum(case((or_(_BEGUN, _DONE), 1), else_=0)),
            func.sum(case((_DONE, 1), else_=0)),
        )
        .outerjoin(ProgressRow, _PROGRESS)
        .where(_open_in(paths), EnrolmentRow.subject == path)
        .group_by(EnrolmentRow.course)
    )
    rows = db.session().execute(statement)
    return {row[0]: CourseTally(row[0], row[1], int(row[2]), int(row[3])) for row in rows}


def counts_by_subject(paths: Collection[str]) -> dict[str, int]:
    """Course or path → how many people of the subtrees are asked to do it."""
    counted = func.count(distinct(EnrolmentRow.learner))
    statement = select(EnrolmentRow.subject, counted).where(_open_in(paths))
    rows = db.session().execute(statement.group_by(EnrolmentRow.subject))
    return {row[0]: row[1] for row in rows}


def due_until(last: date) -> Iterator[list[Line]]:
    """What is open and due until a day, learner by learner, everywhere."""
    statement = _LINE.where(
        EnrolmentRow.open, EnrolmentRow.due != "", EnrolmentRow.due <= last.isoformat(), ~_DONE
    )
    lines: list[Line] = []
    for line in _lines(statement.order_by(EnrolmentRow.learner, EnrolmentRow.due)):
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


def _open_in(paths: Collection[str]) -> ColumnElement[bool]:
    return and_(EnrolmentRow.open, within(EnrolmentRow.path, paths))


def _late(today: date) -> ColumnElement[bool]:
    return and_(EnrolmentRow.due != "", EnrolmentRow.due < today.isoformat(), ~_DONE)


def _lines(statement: Rows) -> Iterator[Line]:
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
