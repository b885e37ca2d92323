"""The rows behind each figure: as many as the figure says, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Subquery, case, func, select

from lms.base.database import Rows as Select
from lms.base.database import db
from lms.people.queries import within
from lms.people.tables import LearnerRow, OrganisationRow, PersonRow
from lms.record.aliases import canonical_among
from lms.reports.queries.assistance import counted_assistance
from lms.reports.queries.counts import counts_of
from lms.reports.queries.coverage import persons_with_return
from lms.reports.queries.meetings import attendances, counted_workshops, members_of
from lms.reports.queries.places import name_of_course, names_of
from lms.reports.queries.tables import sex_table
from lms.reports.queries.training import TRAINING, persons, persons_by_course
from lms.reports.rules import (
    GROUPINGS,
    NOT_STATED,
    SEXES,
    Group,
    GroupUnknown,
    IndicatorUnknown,
    Named,
    Question,
    Row,
    Rows,
    RowsAreHidden,
)

PAGE = 100
_TRAINED = (*TRAINING, "1c")
_TRAINING = (
    "day", "what", "mode", "percent", "assisted", "help",
    "person", "name", "state", "operator", "office",
)  # fmt: skip
_ASSISTANCE = ("day", "minutes", "person", "name", "helper", "state", "operator", "office")
_WORKSHOP = ("day", "what", "organiser", "venue")
_PARTICIPANT = ("day", "what", "person", "name", "state", "sent_by")
_STATE = ("day", "what", "state", "sent_by")


def rows_behind(
    question: Question, code: str, group: Group | None = None, *, number: int = 1, size: int = PAGE
) -> Rows:
    """Page `number` (from 1) of the rows behind an indicator, or behind one group of it.

    Refuses with `IndicatorUnknown`, `GroupUnknown`, or `RowsAreHidden` where the count is hidden.
    """
    check_may_open(question, code, group)
    source = _source(question, code, group)
    count = db.session().scalar(select(func.count()).select_from(source)) or 0
    number = min(max(1, number), max(1, -(-count // size)))
    statement = _ordered(question, source, code).limit(size).offset((number - 1) * size)
    found = db.session().execute(statement).all()
    return Rows(tuple(_rows(code, found)), count, number, size, columns_of(code))


def all_rows_behind(question: Question, code: str, group: Group | None = None) -> Iterator[Row]:
    """Every row behind a figure, read in batches. Refuses as `rows_behind` does."""
    check_may_open(question, code, group)
    statement = _ordered(question, _source(question, code, group), code)
    for batch in db.session().execute(statement).partitions(1000):
        yield from _rows(code, batch)


def columns_of(code: str) -> tuple[str, ...]:
    """Which facts the rows of an indicator have."""
    known = {**dict.fromkeys(_TRAINED, _TRAINING), "4": _WORKSHOP, "6": _STATE}
    known["3k"] = _ASSISTANCE
    return known.get(code, _PARTICIPANT)


def check_may_open(question: Question, code: str, group: Group | None) -> None:
    """Refuses what there is not, and rows that would give a hidden count away."""
    if code not in GROUPINGS:
        raise IndicatorUnknown(code=code)
    if group is None:
        return
    if group.by not in GROUPINGS[code]:
        raise GroupUnknown
    if group.by == "sex":
        cell = sex_table(counts_of(question), (code,)).cell(code, group.key)
        if cell is None:
            raise GroupUnknown
        if not cell.is_shown:
            raise RowsAreHidden


def _source(question: Question, code: str, group: Group | None) -> Subquery:
    if code in TRAINING:
        by_course = group is not None and group.by == "course"
        source = (persons_by_course if by_course else persons)(question, code)
    elif code == "1c":
        source = persons_with_return(question)
    elif code == "3k":
        source = counted_assistance(question)
    elif code == "4":
        source = counted_workshops(question)
    else:
        source = members_of(question) if code == "6" else attendances(question)
    statement: Select = select(source)
    if code == "5b":
        statement = statement.where(source.c.nth == 1)
    if group is not None:
        statement = statement.where(_is_in(source.c[group.by], group))
    return statement.subquery()


def _is_in(column: Any, group: Group) -> Any:
    if group.key != NOT_STATED:
        return column == group.key
    known = [sex for sex in SEXES if sex != NOT_STATED]
    return column.not_in(known) if group.by == "sex" else column == ""


def _ordered(question: Question, source: Subquery, code: str) -> Select:
    if code == "4":
        workshops: Select = select(source)
        return workshops.order_by(source.c.held_on, source.c.id)
    mine = case((within(OrganisationRow.path, question.scope), 1), else_=0)
    statement: Select = (
        select(source, LearnerRow.number, PersonRow.given_name, PersonRow.family_name)
        .add_columns(mine.label("mine"))
        .outerjoin(LearnerRow, LearnerRow.id == source.c.learner)
        .outerjoin(PersonRow, PersonRow.id == source.c.learner)
        .outerjoin(OrganisationRow, OrganisationRow.id == LearnerRow.office)
    )
    if code in _TRAINED:
        return statement.order_by(source.c.completed_on, source.c.learner, source.c.course)
    if code == "3k":
        return statement.order_by(source.c.day, source.c.id)
    return statement.order_by(source.c.day, source.c.workshop, source.c.learner)


def _rows(code: str, found: Sequence[Any]) -> list[Row]:
    names = names_of(place for row in found for place in _places(code, row))
    if code == "4":
        return [_workshop(row, names) for row in found]
    if code == "6":
        return [_state(row, names) for row in found]
    if code == "3k":
        numbers = _numbers_of({row.helper for row in found})
        return [_assistance(row, names, numbers) for row in found]
    if code not in _TRAINED:
        return [_participant(row, names) for row in found]
    titles = {slug: name_of_course(slug) for slug in {row.course for row in found}}
    return [_completion(row, names, titles[row.course]) for row in found]


def _places(code: str, row: Any) -> tuple[str, ...]:
    if code == "4":
        return (row.organiser,)
    if code in (*_TRAINED, "3k"):
        return row.state, row.operator, row.office
    return row.state, row.accredited_by


def _completion(row: Any, names: dict[str, Named], title: Named) -> Row:
    return Row(
        day=row.completed_on,
        what=title,
        person=row.number or "",
        name=_name(row),
        percent=row.percent,
        mode=row.mode,
        state=names.get(row.state),
        operator=names.get(row.operator),
        office=names.get(row.office),
        help=row.most_help,
    )


def _numbers_of(helpers: set[str]) -> dict[str, str]:
    """Helper → number; of somebody who was merged, the number they are known by now."""
    known_as = canonical_among(helpers)
    one = {helper: known_as.get(helper, helper) for helper in helpers}
    statement = select(LearnerRow.id, LearnerRow.number).where(LearnerRow.id.in_(one.values()))
    numbers = {row.id: row.number for row in db.session().execute(statement)}
    return {helper: numbers.get(person, "") for helper, person in one.items()}


def _assistance(row: Any, names: dict[str, Named], numbers: dict[str, str]) -> Row:
    return Row(
        day=row.day,
        minutes=row.minutes,
        person=row.number or "",
        name=_name(row),
        helper=numbers[row.helper],
        state=names.get(row.state),
        operator=names.get(row.operator),
        office=names.get(row.office),
    )


def _workshop(row: Any, names: dict[str, Named]) -> Row:
    title = Named(row.title, row.title)
    return Row(row.held_on, title, organiser=names.get(row.organiser), venue=row.place)


def _participant(row: Any, names: dict[str, Named]) -> Row:
    return replace(_state(row, names), person=row.number or "", name=_name(row))


def _state(row: Any, names: dict[str, Named]) -> Row:
    return Row(
        day=row.day,
        what=Named(row.title, row.title),
        state=names.get(row.state),
        sent_by=names.get(row.accredited_by),
    )


def _name(row: Any) -> str:
    return f"{row.given_name or ''} {row.family_name or ''}".strip() if row.mine else ""
