"""From a file and what is known now to what each row would do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from lms.courses import queries as courses
from lms.exchange.actions.remembering import person_of, remembered
from lms.exchange.queries import Draft
from lms.exchange.reading import read_sheet
from lms.exchange.reading.rows import Sheet
from lms.exchange.rules import differences, rosters, trainings
from lms.exchange.rules.columns import ROSTER, TRAININGS
from lms.exchange.rules.lines import Line, Offices, What
from lms.learning.declared.queries import declared_by
from lms.people import queries as people
from lms.people.queries.assignments import planned_for
from lms.people.queries.days import waiting_among
from lms.people.rosters.queries import (
    erased_among,
    holders_of_emails,
    staff_in,
    staff_numbered,
    staff_with_ids,
)
from lms.people.rosters.rules import StaffMember
from lms.people.rules import Organisation, OrganisationUnknown, clean_login, fold_text


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do: of one of the two kinds, row by row."""

    lines: tuple[Line, ...]
    staff: tuple[differences.Planned, ...] = ()
    past: tuple[trainings.PlannedTraining, ...] = ()


def sheet_of(what: What, data: bytes, language: str) -> Sheet:
    """The table in a file, with the columns it must have."""
    if what == "roster":
        sheet = read_sheet(data, ROSTER)
        rosters.refuse_missing_columns(sheet, rosters.COMPULSORY, language)
    else:
        sheet = read_sheet(data, TRAININGS)
        rosters.refuse_missing_columns(sheet, trainings.COMPULSORY, language)
    return sheet


def unit_of(draft: Draft) -> Organisation:
    """The organisation the file is for."""
    found = people.find_organisation(draft.unit)
    if found is None:
        raise OrganisationUnknown(code=draft.unit)
    return found


def operator_above(unit: Organisation) -> Organisation:
    """The operator in which the unit lies, or which it is: staff numbers are unique in it."""
    return people.places_on_path(unit.path).get("operator", unit)


def plan_of(draft: Draft, sheet: Sheet, at: datetime) -> Plan:
    """What each row would do now."""
    unit = unit_of(draft)
    if draft.what == "trainings":
        return _plan_of_trainings(unit, sheet, at)
    rows = tuple(rosters.staff_rows(sheet, at.date()))
    numbers = {row.staff_number for row in rows if row.staff_number}
    staff, erased = _who_is_who(unit, numbers)
    emails = {clean_login(row.email) for row in rows if row.email}
    known = differences.Known(
        staff=staff,
        taken=holders_of_emails(emails),
        erased=erased,
        offices=_offices(unit),
        today=at.date(),
        ahead=_moves_ahead((member.id for member in staff.values()), at.date()),
    )
    there = {member.id for member in staff.values()}  # perhaps under another number
    others = [member for member in staff_in([unit.path]) if member.id not in there]
    planned = (*differences.plan(rows, known), *differences.missing_from(numbers, others))
    return Plan(tuple(each.line for each in planned), staff=planned)


def _who_is_who(
    unit: Organisation, numbers: Collection[str]
) -> tuple[dict[str, StaffMember], frozenset[str]]:
    """(staff number → person, numbers of people who were erased)."""
    operator = operator_above(unit)
    staff = staff_numbered(numbers, operator.path)
    others = {number: person_of(operator.id, number) for number in numbers if number not in staff}
    others |= remembered(operator.id, others)
    gone = erased_among(set(others.values()))
    there = staff_with_ids(set(others.values()) - gone)
    staff |= {number: there[person] for number, person in others.items() if person in there}
    return staff, frozenset(number for number, person in others.items() if person in gone)


def _moves_ahead(
    persons: Iterable[str], today: date
) -> dict[str, tuple[tuple[date, str, str], ...]]:
    return {
        person: tuple(
            (each.on, each.office, each.employment)
            for each in planned_for(person, today)
            if not each.further
        )
        for person in waiting_among(persons)
    }


def _offices(unit: Organisation) -> Offices:
    offices = people.organisations_in([operator_above(unit).path], level="office")
    named: dict[str, list[str]] = {}
    for office in offices:
        for name in {fold_text(office.name_fr), fold_text(office.name_en)}:
            named.setdefault(name, []).append(office.id)
    return Offices(
        by_code={office.code.upper(): office.id for office in offices},
        by_name={name: tuple(ids) for name, ids in named.items()},
        inside=frozenset(o.id for o in offices if o.path.startswith(unit.path)),
        codes={office.id: office.code for office in offices},
    )


def _plan_of_trainings(unit: Organisation, sheet: Sheet, at: datetime) -> Plan:
    shelf = _shelf()
    rows = tuple(trainings.training_rows(sheet, shelf, at.date()))
    staff, erased = _who_is_who(unit, {row.staff_number for row in rows if row.staff_number})
    facts = trainings.Facts(
        staff=staff,
        declared=_declared(member.id for member in staff.values()),
        inside=_offices(unit).inside,
        erased=erased,
        shelf=shelf,
        today=at.date(),
    )
    planned = tuple(trainings.plan_trainings(rows, facts))
    return Plan(tuple(each.line for each in planned), past=planned)


def _declared(persons: Iterable[str]) -> set[tuple[str, str, date]]:
    return {
        (each.learner, each.course or fold_text(each.title), each.on)
        for each in declared_by(set(persons))
    }


def _shelf() -> trainings.Shelf:
    names: dict[str, str] = {}
    recognised = set()
    for card in courses.catalogue("en"):
        edition = courses.current_edition(card.slug)
        titles = (courses.text_of(edition.hash, lang).title for lang in edition.languages)
        for name in (card.slug, edition.course_id, *titles):
            names.setdefault(fold_text(name), card.slug)
        if edition.recognised:
            recognised.add(card.slug)
    return trainings.Shelf(names, frozenset(recognised))
