"""Reading, for those who look after people, how far they are with what is asked of them. Somebody
belongs to a list by their own office or by a further one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, literal, or_, select

from lms.base.database import Rows, db
from lms.learning.paths.queries.lines import BEGUN, DONE, LINE, PROGRESS, Line, is_late, lines_of
from lms.learning.paths.tables import EnrolmentRow
from lms.learning.tables import ProgressRow
from lms.people.queries import within
from lms.people.queries.assignments import further_offices
from lms.people.queries.scope import also_at, also_in, further_in, offices_in
from lms.people.queries.units import tree_paths


@dataclass(frozen=True, slots=True)
class Tally:
    """People of one office of whom something is asked: how many, how many have done all of it,
    how many are late with a part. Who belongs to several offices is in the tally of each."""

    office: str
    people: int
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class Totals:
    """People of whom something is asked, each once: how many, how many are late, and with how many
    courses in all."""

    people: int
    late: int
    late_courses: int


@dataclass(frozen=True, slots=True)
class CourseTally:
    """People who are asked to do a course: how many, begun or done, and done."""

    course: str
    people: int
    begun: int
    done: int


def late_in(
    paths: Collection[str],
    today: date,
    *,
    office: str = "",
    limit: int | None = 100,
    offset: int = 0,
) -> list[Line]:
    """Courses that are late in the subtrees, at one office if given, the longest late first."""
    statement = LINE.where(_open_in(paths, office), is_late(today))
    order = statement.order_by(EnrolmentRow.due, EnrolmentRow.learner, EnrolmentRow.course)
    return _seen_from(paths, office, list(lines_of(order.limit(limit).offset(offset))))


def _seen_from(paths: Collection[str], office: str, lines: list[Line]) -> list[Line]:
    """Each line under the office through which its learner is in the subtrees."""
    if office:
        return [replace(line, office=office) for line in lines]
    places = tree_paths(line.office for line in lines)
    inside = {home for home, place in places.items() if any(place.startswith(p) for p in paths)}
    further = further_offices({x.learner for x in lines if x.office not in inside}, paths)
    return [
        line
        if line.office in inside
        else replace(line, office=further.get(line.learner, line.office))
        for line in lines
    ]


def totals_in(paths: Collection[str], today: date, *, office: str = "") -> Totals:
    """The people of the subtrees, at one office if given, each counted once."""
    late = is_late(today)
    statement = (
        select(
            func.count(distinct(EnrolmentRow.learner)),
            func.count(distinct(case((late, EnrolmentRow.learner)))),
            func.count(case((late, 1))),
        )
        .select_from(EnrolmentRow)
        .outerjoin(ProgressRow, PROGRESS)
        .where(_open_in(paths, office))
    )
    return Totals(*db.session().execute(statement).one())


def tallies_in(paths: Collection[str], today: date, *, subject: str = "") -> list[Tally]:
    """Office by office, people of whom something is asked: anything, or one course or path."""
    found: dict[str, Tally] = {}
    for tally in (*_tallies_at_home(paths, today, subject), *_further(paths, today, subject)):
        known = found.get(tally.office, Tally(tally.office, 0, 0, 0))
        found[tally.office] = Tally(
            tally.office,
            known.people + tally.people,
            known.done + tally.done,
            known.late + tally.late,
        )
    return list(found.values())


def _tallies_at_home(paths: Collection[str], today: date, subject: str) -> Iterator[Tally]:
    here = within(EnrolmentRow.path, paths)
    return _tallied(_each(EnrolmentRow.office, today, subject).where(here))


def _further(paths: Collection[str], today: date, subject: str) -> Iterator[Tally]:
    further = further_in(paths).subquery()
    elsewhere = and_(
        further.c.learner == EnrolmentRow.learner, further.c.office != EnrolmentRow.office
    )
    return _tallied(_each(further.c.office, today, subject).join(further, elsewhere))


def _each(office: Any, today: date, subject: str) -> Rows:
    """Office and learner: whether all is done, whether any is late."""
    each: Rows = (
        select(
            office.label("office"),
            EnrolmentRow.learner,
            func.min(case((DONE, 1), else_=0)).label("all_done"),
            func.max(case((is_late(today), 1), else_=0)).label("any_late"),
        )
        .select_from(EnrolmentRow)
        .outerjoin(ProgressRow, PROGRESS)
        .where(EnrolmentRow.open)
        .group_by(office, EnrolmentRow.learner)
    )
    return each.where(EnrolmentRow.subject == subject) if subject else each


def _tallied(each: Rows) -> Iterator[Tally]:
    one = each.subquery()
    statement = select(
        one.c.office, func.count(), func.sum(one.c.all_done), func.sum(one.c.any_late)
    ).group_by(one.c.office)
    for row in db.session().execute(statement):
        yield Tally(row[0], row[1], int(row[2]), int(row[3]))


def courses_of_path_in(paths: Collection[str], path: str) -> dict[str, CourseTally]:
    """Course → how far people of the subtrees are with it, of those who follow the path."""
    statement = (
        select(
            EnrolmentRow.course,
            func.count(distinct(EnrolmentRow.learner)),
            func.sum(case((or_(BEGUN, DONE), 1), else_=0)),
            func.sum(case((DONE, 1), else_=0)),
        )
        .outerjoin(ProgressRow, PROGRESS)
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


def _open_in(paths: Collection[str], office: str = "") -> ColumnElement[bool]:
    """Of learners who belong to the subtrees, at one office of them if given, by whichever of
    their offices."""
    if office:
        here = or_(EnrolmentRow.office == office, EnrolmentRow.learner.in_(also_at(office)))
        return and_(EnrolmentRow.open, here, literal(office).in_(offices_in(paths)))
    here = or_(within(EnrolmentRow.path, paths), EnrolmentRow.learner.in_(also_in(paths)))
    return and_(EnrolmentRow.open, here)
