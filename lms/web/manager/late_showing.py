"""Gathers who is late, with what, since when."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from flask import url_for

from lms.learning.paths import queries as asked
from lms.learning.paths.queries import Line
from lms.people import queries as people
from lms.people.rules import Organisation, Person
from lms.web.dues import course_title, days_late
from lms.web.exports import export_ticket
from lms.web.language import current_language
from lms.web.manager.asking_pages import LateLine, LatePage
from lms.web.manager.asking_showing import today, unit_lines
from lms.web.manager.person import my_paths
from lms.web.paging import sheet_of

ON_A_PAGE: Final = 100
ON_ONE_PAGE: Final = 3000
"""So many lines fit on one page that is printed; more are for a spreadsheet."""
IN_A_BATCH: Final = 500


def late_page(office: str, number: int, *, whole: bool) -> LatePage:
    """One page of what is late, or all of it; the totals and the offices first."""
    tallies = [each for each in asked.tallies_in(my_paths(), today()) if each.late]
    totals = asked.totals_in(my_paths(), today(), office=office)
    names = people.organisations_with_ids({each.office for each in tallies} | {office})
    offices = sorted((name_of(names.get(each.office)), each.office) for each in tallies)
    on_a_page = ON_ONE_PAGE if whole else ON_A_PAGE
    number = max(1, number)
    long = ON_A_PAGE < totals.late_courses <= ON_ONE_PAGE and not whole
    return LatePage(
        office=office,
        office_name=name_of(names.get(office)),
        offices=tuple((id, name) for name, id in offices),
        totals=totals,
        units=() if office or len(tallies) == 1 else unit_lines(tallies),
        whole_url=url_for("manager.late", office=office or None, whole=1) if long else "",
        lines=tuple(late_lines(office, on_a_page, (number - 1) * on_a_page)),
        pages=sheet_of(
            "manager.late",
            number,
            totals.late_courses,
            on_a_page,
            office=office or None,
            whole=1 if whole else None,
        ),
        export_ticket=export_ticket(),
    )


def all_late_lines(office: str) -> Iterator[LateLine]:
    """Everything that is late."""
    offset = 0
    while lines := late_lines(office, IN_A_BATCH, offset):
        yield from lines
        offset += IN_A_BATCH


def late_lines(office: str, limit: int, offset: int) -> list[LateLine]:
    """What is late, in words. Of somebody whose name is not known here the line is there too."""
    found = asked.late_in(my_paths(), today(), office=office, limit=limit, offset=offset)
    persons = people.people_with_ids({line.learner for line in found})
    offices = people.organisations_with_ids({line.office for line in found})
    titles = {slug: course_title(slug) for slug in {line.course for line in found}}
    paths = {each.id: each.title(current_language()) for each in asked.paths_in_force().values()}
    return [
        _late_line(
            line, persons.get(line.learner), name_of(offices.get(line.office)), titles, paths
        )
        for line in found
    ]


def _late_line(
    line: Line,
    person: Person | None,
    office: str,
    titles: Mapping[str, str],
    paths: Mapping[str, str],
) -> LateLine:
    due = date.fromisoformat(line.due)
    return LateLine(
        name=f"{person.family_name} {person.given_name}".strip() if person else "",
        url=url_for("manager.open_person", person=line.learner),
        number=person.number if person else "",
        staff_number=person.staff_number if person else "",
        office=office,
        course=titles[line.course],
        path=paths.get(line.subject, ""),
        due=due,
        days=(today() - due).days,
        how_late=days_late(line, today()),
    )


def name_of(organisation: Organisation | None) -> str:
    """Its name in the reader's language; empty where it is not known here."""
    return organisation.name(current_language()) if organisation else ""
