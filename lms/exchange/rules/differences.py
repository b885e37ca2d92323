"""From a row and what is known to what would change. Nothing is written here. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from lms.base.language import Sentence, sentence
from lms.exchange.rules.lines import Change, Line, Offices, State
from lms.exchange.rules.rosters import StaffRow
from lms.people.rosters.rules import StaffMember
from lms.people.rules import AHEAD, clean_login, fold_text


@dataclass(frozen=True, slots=True)
class Known:
    """What the site knows about everybody in the file.

    `staff`: staff number → who has it in this operator. `taken`: e-mail address → who has it.
    `erased`: staff numbers of people whose names were erased. `ahead`: person → the moves that
    are recorded for days to come, each as (day, office, employment).
    """

    staff: Mapping[str, StaffMember]
    taken: Mapping[str, str]
    erased: Collection[str]
    offices: Offices
    today: date
    ahead: Mapping[str, Collection[tuple[date, str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """One row with what it would do; `office` is the id of the office it names, or empty."""

    line: Line
    row: StaffRow | None = None
    known: StaffMember | None = None
    office: str = ""
    moves_on: date | None = None

    def changes(self, fields: Collection[str]) -> dict[str, str]:
        """Field → its new value, of these fields."""
        return {each.field: each.new for each in self.line.changes if each.field in fields}


def plan(rows: Iterable[StaffRow], known: Known) -> Iterator[Planned]:
    """What each row would do, in the order of the file. Somebody with two staff numbers, who was
    registered twice and merged, has one row: the first that can be taken."""
    first: dict[str, int] = {}
    for row in rows:
        planned = _planned(row, known)
        person = planned.line.person
        if not person or planned.line.state in ("refused", "elsewhere"):
            yield planned
        elif person in first:
            yield _refused_again(planned, row, first[person])
        else:
            first[person] = row.row.number
            yield planned


def _refused_again(planned: Planned, row: StaffRow, first: int) -> Planned:
    why = sentence(
        "This is the same person as in row %(row)s, under another staff number: they were "
        "registered twice and merged. Keep one of the two rows.",
        row=first,
    )
    return Planned(_line(row, "refused", planned.known, says=[why]), row, planned.known)


def missing_from(rows: Iterable[str], inside: Iterable[StaffMember]) -> Iterator[Planned]:
    """People of the sender's offices whose number is in no row; they stay untouched."""
    there = set(rows)
    for member in sorted(inside, key=lambda each: (each.family_name, each.given_name, each.id)):
        if member.staff_number not in there:
            name = f"{member.family_name} {member.given_name}".strip()
            yield Planned(Line(0, "missing", member.staff_number, name, member.id), known=member)


def _planned(row: StaffRow, known: Known) -> Planned:
    member = known.staff.get(row.staff_number)
    office, problem = _office(row, known.offices)
    elsewhere = _elsewhere(member, office, known.offices)
    problems = [*row.problems, *([problem] if problem else []), *_refusals(row, member, known)]
    if not office and member is None and problem is None:
        problems.append(
            sentence("This person is new, so the row must name an office: its code is best.")
        )
    if problems:
        return Planned(_line(row, "refused", member, says=problems), row, member)
    if elsewhere:
        return Planned(_line(row, "elsewhere", member, says=[elsewhere]), row, member)
    if member is None:
        return Planned(_line(row, "new", None, _facts_of_new(row, office), row.warnings), row)
    return _compared(row, member, office, known)


def _line(
    row: StaffRow,
    state: State,
    member: StaffMember | None,
    changes: Iterable[Change] = (),
    says: Iterable[Sentence] = (),
) -> Line:
    return Line(
        number=row.row.number,
        state=state,
        staff_number=row.staff_number,
        name=row.name,
        person=member.id if member else "",
        changes=tuple(changes),
        says=tuple(says),
        cells=row.row.cells if state in ("refused", "elsewhere") else (),
    )


def _refusals(row: StaffRow, member: StaffMember | None, known: Known) -> Iterator[Sentence]:
    if row.staff_number and row.staff_number in known.erased:
        yield sentence(
            "The names of this person were erased at their request, and stay erased. Take the row "
            "out of your list. If the number now belongs to somebody else, register that person "
            "by hand."
        )
    if row.end and row.end < known.today and member is None:
        yield sentence("This person has left already, so nobody is registered.")
    holder = known.taken.get(clean_login(row.email)) if row.email else None
    if holder and holder != (member.id if member else ""):
        yield sentence(
            "Somebody else is registered with the e-mail address %(email)s.", email=row.email
        )


def _office(row: StaffRow, offices: Offices) -> tuple[str, Sentence | None]:
    if not row.office and not row.office_name:
        return "", None
    for typed in filter(None, (row.office, row.office_name)):
        by_code = offices.by_code.get(typed.upper())
        if by_code:
            return by_code, None
        named = offices.by_name.get(fold_text(typed), ())
        if len(named) == 1:
            return named[0], None
        if named:
            codes = ", ".join(sorted(offices.codes.get(each, "") for each in named)[:6])
            return "", sentence(
                "Several offices are called “%(name)s”. Write the code of the right one: "
                "%(codes)s.",
                name=typed[:60],
                codes=codes,
            )
    return "", sentence(
        "There is no office “%(office)s” in this operator. Write its code as in the list of "
        "offices.",
        office=(row.office or row.office_name)[:60],
    )


def _elsewhere(member: StaffMember | None, office: str, offices: Offices) -> Sentence | None:
    if member is not None and member.office not in offices.inside:
        return sentence(
            "This staff number belongs to somebody in an office you do not look after. Ask the "
            "manager there, or the operator’s training manager."
        )
    if office and office not in offices.inside:
        return sentence(
            "The office %(office)s is not one that you look after. Nothing is done for this row.",
            office=offices.codes.get(office, ""),
        )
    return None


def _facts_of_new(row: StaffRow, office: str) -> Iterator[Change]:
    facts = {
        "family_name": row.family_name,
        "given_name": row.given_name,
        "office": office,
        "employment": row.employment or "employee",
        "sex": row.sex or "",
        "birth_year": str(row.birth_year or ""),
        "language": row.language,
        "email": row.email,
        "phone": row.phone,
    }
    yield from (Change(name, "", value) for name, value in facts.items() if value)


def _compared(row: StaffRow, member: StaffMember, office: str, known: Known) -> Planned:
    changes = list(_changed_facts(row, member))
    moved = list(_moved(row, member, office))
    says = [*row.warnings, *_warnings(row, member, known)]
    on = row.start or known.today
    if moved and on > known.today:
        later = _why_not_on(on, row, member, office, known)
        says.append(later or _ON_ITS_DAY)
        moved = [] if later else moved
    state: State = "moved" if moved else "changed" if changes else "same"
    line = _line(row, state, member, [*moved, *changes], says)
    return Planned(line, row, member, office or member.office, on if moved else None)


_ON_ITS_DAY: Final = sentence(
    "The row begins on a day to come: the move is recorded for that day, and anything else that "
    "changes from today."
)


def _why_not_on(
    day: date, row: StaffRow, member: StaffMember, office: str, known: Known
) -> Sentence | None:
    """Why a move that lies ahead is not recorded; None where it is."""
    if day > known.today + AHEAD:
        return sentence(
            "The row begins more than a year from now, so the move is not recorded. Send the list "
            "again when the day is nearer."
        )
    there = (day, office or member.office, row.employment or member.employment)
    if there in known.ahead.get(member.id, ()):
        return sentence("This move is already recorded for its day.")
    return None


def _moved(row: StaffRow, member: StaffMember, office: str) -> Iterator[Change]:
    if office and office != member.office:
        yield Change("office", member.office, office)
    if row.employment and row.employment != member.employment:
        yield Change("employment", member.employment, row.employment)


def _changed_facts(row: StaffRow, member: StaffMember) -> Iterator[Change]:
    for name in ("staff_number", "family_name", "given_name", "language"):
        new, old = getattr(row, name), getattr(member, name)
        if new and new != old:
            yield Change(name, old, new)
    if row.phone and _dialled(row.phone) != _dialled(member.phone):
        yield Change("phone", member.phone, row.phone)
    if row.email and clean_login(row.email) != member.email:
        yield Change("email", member.email, clean_login(row.email))
    if row.sex is not None and row.sex != member.sex:
        yield Change("sex", member.sex, row.sex)
    if row.birth_year and row.birth_year != member.birth_year:
        yield Change("birth_year", str(member.birth_year or ""), str(row.birth_year))


def _dialled(telephone: str) -> str:
    return re.sub(r"\D", "", telephone)


def _warnings(row: StaffRow, member: StaffMember, known: Known) -> Iterator[Sentence]:
    if row.end and row.end < known.today:
        yield sentence(
            "The list says that this person has left. An import takes nobody out: open the "
            "person’s page if the account must be closed."
        )
    if member.closed:
        yield sentence("The account of this person is closed, and stays closed.")
    if fold_text(row.name) != fold_text(f"{member.family_name} {member.given_name}"):
        yield sentence(
            "The name is another one than before (%(name)s). Check that the staff number was not "
            "given to somebody else.",
            name=f"{member.given_name} {member.family_name}".strip(),
        )
