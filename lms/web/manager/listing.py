"""The list of a manager's people, on the screen and as a sheet."""

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
from lms.web.manager.offices import where_seen
from lms.web.manager.pages import PeoplePage, PersonLine
from lms.web.manager.person import employment_name, my_paths
from lms.web.paging import sheet_of

ON_A_PAGE: Final = 50
IN_A_BATCH: Final = 500
LONGEST_SEARCH: Final = 80


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
        pages=sheet_of("manager.people", number, total, ON_A_PAGE, search=search or None),
        export_ticket=export_ticket(),
    )


def _lines(found: list[Person]) -> Iterator[PersonLine]:
    lines = _courses_by_person(found)
    offices = where_seen(found, my_paths(), current_language())
    for person in found:
        yield PersonLine(
            name=_listed(person),
            url=url_for("manager.open_person", person=person.id),
            number=person.number,
            staff_number=person.staff_number,
            office=offices[person.id],
            done=done_so_far(lines[person.id]),
        )


def _listed(person: Person) -> str:
    return f"{person.family_name} {person.given_name}".strip()


def _courses_by_person(found: Iterable[Person]) -> dict[str, list[Overview]]:
    lines: dict[str, list[Overview]] = defaultdict(list)
    for line in overviews_of([person.id for person in found]):
        lines[line.learner].append(line)
    return lines


def people_rows(search: str) -> Iterator[list[str]]:
    """The whole list as the rows of a sheet."""
    yield [
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
    offset = 0
    while found := people_in(my_paths(), search=search, limit=IN_A_BATCH, offset=offset)[0]:
        lines = _courses_by_person(found)
        offices = where_seen(found, my_paths(), current_language())
        for person in found:
            yield _cells(person, offices[person.id], lines[person.id])
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
