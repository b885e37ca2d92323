"""A row of a list of past trainings: what it says, and what it would do. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from lms.base.language import Sentence, sentence
from lms.exchange.reading.rows import FORMULA, Row, Sheet
from lms.exchange.rules.days import Order, day_in, order_in
from lms.exchange.rules.lines import Change, Line, State
from lms.people.rosters.rules import StaffMember
from lms.people.rules import clean_login, fold_text

COMPULSORY: Final = ("staff_number", "title", "hours", "on")
LONGEST_TITLE: Final = 200
MOST_MINUTES: Final = 60 * 24 * 60
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """What one row says. `course` is the site's course it is mapped to, or empty."""

    row: Row
    staff_number: str
    title: str
    course: str
    minutes: int
    on: date | None
    percent: int | None
    problems: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The site's courses: what a cell may name (short name, code, or a title as it is compared)
    → short name; and which of them are recognised."""

    names: Mapping[str, str]
    recognised: Collection[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the site knows: staff number → person, the trainings they have, the sender's offices,
    numbers of erased people, and the day."""

    staff: Mapping[str, StaffMember]
    declared: Collection[tuple[str, str, date]]
    inside: Collection[str]
    erased: Collection[str]
    shelf: Shelf
    today: date


@dataclass(frozen=True, slots=True)
class PlannedTraining:
    """One row with what it would do."""

    line: Line
    row: TrainingRow
    known: StaffMember | None = field(default=None)


def training_rows(sheet: Sheet, shelf: Shelf, today: date) -> Iterator[TrainingRow]:
    """Every row, understood as far as possible."""
    order = order_in(sheet.cell(row, "on") for row in sheet.rows)
    for row in sheet.rows:
        yield _understood(sheet, row, order, shelf, today)


def _understood(sheet: Sheet, row: Row, order: Order, shelf: Shelf, today: date) -> TrainingRow:
    problems: list[Sentence] = []
    warnings: list[Sentence] = []
    number = clean_login(sheet.cell(row, "staff_number"))
    title = sheet.cell(row, "title")
    if not number:
        problems.append(sentence("The staff number is missing."))
    if not title:
        problems.append(sentence("The title of the training is missing."))
    if title.startswith(FORMULA):
        warnings.append(
            sentence(
                "“%(text)s” looks like a formula. It was taken as text: check it.", text=title[:60]
            )
        )
    return TrainingRow(
        row=row,
        staff_number=number,
        title=title[:LONGEST_TITLE],
        course=_course(sheet.cell(row, "course"), title, shelf, problems),
        minutes=_minutes(sheet.cell(row, "hours"), problems),
        on=_day(sheet.cell(row, "on"), order, today, problems),
        percent=_percent(sheet.cell(row, "percent"), problems),
        problems=tuple(problems),
        warnings=tuple(warnings),
    )


def _course(code: str, title: str, shelf: Shelf, problems: list[Sentence]) -> str:
    if code:
        found = shelf.names.get(fold_text(code), "")
        if not found:
            problems.append(
                sentence(
                    "There is no course “%(code)s” on this site. Write its short name as in the "
                    "address of its page, or leave the cell empty.",
                    code=code[:60],
                )
            )
        return found
    return shelf.names.get(fold_text(title), "")


def _minutes(text: str, problems: list[Sentence]) -> int:
    """Hours as 6, 1.5, 1,5, 1h30 or 1:30."""
    text = text.replace("\u202f", "").replace(" ", "").lower()
    clock = re.fullmatch(r"(\d{1,3})[h:](\d{2})?(?:min|m)?", text)
    if clock:
        minutes = int(clock[1]) * 60 + int(clock[2] or 0)
    else:
        try:
            minutes = int(Decimal(text.removesuffix("hours").replace(",", ".")) * 60)
        except (InvalidOperation, ValueError, OverflowError):
            minutes = 0
    if not 0 < minutes <= MOST_MINUTES:
        problems.append(
            sentence(
                "“%(text)s” is not a number of hours. Write for example 6 or 1.5.", text=text[:40]
            )
        )
        return 0
    return minutes


def _day(text: str, order: Order, today: date, problems: list[Sentence]) -> date | None:
    if not text:
        problems.append(sentence("The date of the training is missing."))
        return None
    found = day_in(text, order)
    if found.problem:
        problems.append(found.problem)
    elif found.day and found.day > today:
        problems.append(sentence("This training lies in the future. Import it when it is over."))
    return found.day


def _percent(text: str, problems: list[Sentence]) -> int | None:
    """A test result in percent: 80, 80 %, 80,5 or 16/20; None where there was no test."""
    if not text or text.strip() in ("-", "–"):
        return None
    plain = text.replace(" ", "").replace("\u202f", "").removesuffix("%").replace(",", ".")
    parts = plain.split("/")
    try:
        numbers = [Decimal(part) for part in parts]
        value = numbers[0] if len(numbers) == 1 else numbers[0] / numbers[1] * _WHOLE
        percent = int(value)
    except (InvalidOperation, ZeroDivisionError, IndexError, ValueError, OverflowError):
        percent = -1
    if not 0 <= percent <= _WHOLE:
        problems.append(
            sentence(
                "“%(text)s” is not a test result. Write a number from 0 to 100, or 16/20, or "
                "leave it empty.",
                text=text[:40],
            )
        )
        return None
    return percent


def plan_trainings(rows: Iterable[TrainingRow], facts: Facts) -> Iterator[PlannedTraining]:
    """What each row would do. The same training of somebody is taken once."""
    taken = set(facts.declared)
    first: dict[tuple[str, str, date], int] = {}
    for row in rows:
        yield _planned(row, facts, taken, first)


def _planned(
    row: TrainingRow,
    facts: Facts,
    taken: set[tuple[str, str, date]],
    first: dict[tuple[str, str, date], int],
) -> PlannedTraining:
    member = facts.staff.get(row.staff_number)
    problems = [*row.problems]
    if row.staff_number in facts.erased:
        problems.append(
            sentence("The names of this person were erased at their request. Take the row out.")
        )
    elif row.staff_number and member is None:
        problems.append(
            sentence(
                "Nobody in this operator has the staff number %(number)s. Register the person, or "
                "import the list of staff first.",
                number=row.staff_number[:40],
            )
        )
    if problems or member is None or row.on is None:
        return PlannedTraining(_line(row, "refused", member, problems), row, member)
    if member.office not in facts.inside:
        elsewhere = sentence(
            "This staff number belongs to somebody in an office you do not look after. Ask the "
            "manager there, or the operator’s training manager."
        )
        return PlannedTraining(_line(row, "elsewhere", member, [elsewhere]), row, member)
    key = (member.id, row.course or fold_text(row.title), row.on)
    if key in first:
        again = sentence(
            "The same training of the same person stands in row %(row)s already.", row=first[key]
        )
        return PlannedTraining(_line(row, "refused", member, [again]), row, member)
    first[key] = row.row.number
    if key in taken:
        return PlannedTraining(_line(row, "same", member, row.warnings), row, member)
    says = [*row.warnings, *_how_it_counts(row, facts.shelf)]
    return PlannedTraining(_line(row, "new", member, says), row, member)


def _how_it_counts(row: TrainingRow, shelf: Shelf) -> Iterator[Sentence]:
    if not row.course:
        yield sentence(
            "This is no course of the site: it is kept with the person, and does not count as "
            "“employee trained”."
        )
    elif row.course not in shelf.recognised:
        yield sentence("This course is not recognised: it does not count as “employee trained”.")


def _line(
    row: TrainingRow, state: State, member: StaffMember | None, says: Iterable[Sentence]
) -> Line:
    return Line(
        number=row.row.number,
        state=state,
        staff_number=row.staff_number,
        name=f"{member.family_name} {member.given_name}".strip() if member else "",
        person=member.id if member else "",
        changes=tuple(_facts(row)),
        says=tuple(says),
        cells=row.row.cells if state in ("refused", "elsewhere") else (),
    )


def _facts(row: TrainingRow) -> Iterator[Change]:
    facts = {
        "title": row.title,
        "course": row.course,
        "on": row.on.isoformat() if row.on else "",
        "minutes": str(row.minutes or ""),
        "percent": "" if row.percent is None else str(row.percent),
    }
    yield from (Change(name, "", value) for name, value in facts.items() if value)
