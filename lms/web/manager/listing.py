"""The list of a manager's people, on the screen and as a sheet."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from lms.learning.queries import Overview, overviews_of
from lms.people.assistance.rules import most_help
from lms.people.queries import people_in
from lms.people.rules import Person
from lms.reports.words import NO, YES, help_in_words
from lms.web.exports import export_ticket
from lms.web.how_far import done_so_far
from lms.web.language import OWN_NAMES, current_language
from lms.web.manager.offices import office_names
from lms.web.manager.pages import PeoplePage, PersonLine, Sheet
from lms.web.manager.person import employment_name, my_paths

ON_A_PAGE: Final = 50
IN_A_BATCH: Final = 500
LONGEST_SEARCH: Final = 80
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def people_page(search: str, number: int) -> PeoplePage:
    """One page of the people found."""
    search = search.strip()[:LONGEST_SEARCH]
    number = max(1, number)
    found, total = people_in(
        my_paths(), search=search, limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE
    )
    return PeoplePage(
        search=search,
        total=total,
        lines=tuple(_lines(found)),
        pages=_sheet(search, number, max(1, -(-total // ON_A_PAGE))),
        export_ticket=export_ticket(),
    )


def _sheet(search: str, number: int, last: int) -> Sheet:
    def url(page: int) -> str | None:
        inside = 1 <= page <= last
        return url_for("manager.people", search=search or None, page=page) if inside else None

    return Sheet(number, last, url(min(number - 1, last)), url(number + 1))


def _lines(found: list[Person]) -> Iterator[PersonLine]:
    lines = _courses_by_person(found)
    offices = office_names(found, my_paths(), current_language())
    for person in found:
        yield PersonLine(
            name=_listed(person),
            url=url_for("manager.open_person", person=person.id),
            number=person.number,
            staff_number=person.staff_number,
            office=offices.get(person.office, ""),
            done=done_so_far(lines[person.id]),
        )


def _listed(person: Person) -> str:
    return f"{person.family_name} {person.given_name}".strip()


def _courses_by_person(found: Iterable[Person]) -> dict[str, list[Overview]]:
    lines: dict[str, list[Overview]] = defaultdict(list)
    for line in overviews_of([person.id for person in found]):
        lines[line.learner].append(line)
    return lines


def people_sheet(search: str) -> Iterator[str]:
    """The whole list as CSV that a spreadsheet opens with accents and columns in place."""
    yield "\ufeff" + sheet_row(
        [
            _("Family name"),
            _("Given name"),
            _("Number"),
            _("Staff number"),
            _("E-mail address"),
            _("Office"),
            _("Employment"),
            _("Language"),
            _("Courses completed"),
            _("Courses begun"),
            _("Assisted"),
            _("Courses with a helper"),
            _("How it was answered"),
        ]
    )
    offset = 0
    while found := people_in(my_paths(), search=search, limit=IN_A_BATCH, offset=offset)[0]:
        lines = _courses_by_person(found)
        offices = office_names(found, my_paths(), current_language())
        for person in found:
            yield sheet_row(_cells(person, offices.get(person.office, ""), lines[person.id]))
        offset += IN_A_BATCH


def _cells(person: Person, office: str, lines: list[Overview]) -> list[str]:
    completed = sum(line.completed for line in lines)
    return [
        person.family_name,
        person.given_name,
        person.number,
        person.staff_number,
        person.email,
        office,
        employment_name(person.employment),
        OWN_NAMES.get(person.language, person.language),
        str(completed),
        str(len(lines) - completed),
        *_help(lines),
    ]


def _help(lines: list[Overview]) -> tuple[str, str, str]:
    """Whether a helper was ever there, in how many courses, and how most of the help was given."""
    helped = [line.help for line in lines if line.help]
    assisted = YES if helped else NO
    most = help_in_words(most_help(helped), _) if lines else ""
    return assisted.in_words(_), str(len(helped)), most


def sheet_row(cells: list[str]) -> str:
    """One line of a sheet, with the separator that the reader's spreadsheet expects."""
    out = io.StringIO()
    separator = ";" if current_language() == "fr" else ","
    csv.writer(out, delimiter=separator).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
