"""Trainings that somebody followed elsewhere, with where each declaration comes from."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from lms.exchange.queries import Source, sources_of
from lms.learning.declared.queries import Declaration, declarations_of
from lms.people import queries as people
from lms.web.dues import course_title
from lms.web.language import current_language


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """One training. `course`: the course of this site with the same content, or nothing; `file`
    and `sender`: the list in which it stood, and the organisation that sent it, where they are
    known; `by`: who declared it on the day `at`."""

    title: str
    course: str
    on: date
    minutes: int
    percent: int | None
    file: str
    sender: str
    by: str
    at: datetime


def declared_lines(person: str) -> tuple[DeclaredLine, ...]:
    """What was declared for a person, the latest training first."""
    found = declarations_of(person)
    if not found:
        return ()
    sources = sources_of({each.sha256 for each in found})
    names = people.people_with_ids({each.by for each in found if each.by})
    places = people.organisations_with_ids({each.organisation for each in sources.values()})
    unknown, language = Source("", ""), current_language()

    def line(each: Declaration) -> DeclaredLine:
        source = sources.get(each.sha256, unknown)
        place, who = places.get(source.organisation), names.get(each.by or "")
        return DeclaredLine(
            title=each.title,
            course=course_title(each.course) if each.course else "",
            on=each.on,
            minutes=each.minutes,
            percent=each.percent,
            file=source.name,
            sender=place.name(language) if place else "",
            by=(who.name if who else "") or str(_("Somebody who is no longer here")),
            at=each.at,
        )

    return tuple(line(each) for each in found)
