"""Where a person belonged and belongs, office after office, their own and further ones."""

from collections.abc import Iterator
from datetime import date

from lms.base.clock import now
from lms.people import queries as people
from lms.people.events import LEARNER_KINDS, LearnerMoved, LearnerRegistered
from lms.people.queries.assignments import assignments_of
from lms.record.queries import events_about
from lms.web.language import current_language
from lms.web.manager.pages import PlaceLine
from lms.web.people_words import EMPLOYMENT_NAMES


def places_of(person: str) -> tuple[PlaceLine, ...]:
    """Every office up to today, the one begun last first; of one day, the person's own first."""
    today = now().date()
    lines = [*_own(person, today), *_further(person, today)]
    return tuple(sorted(lines, key=lambda line: (line.since, not line.further), reverse=True))


def _own(person: str, today: date) -> Iterator[PlaceLine]:
    steps: list[tuple[date, str, str, str]] = []
    for stored in events_about(learner=person, kinds=LEARNER_KINDS):
        event = stored.event
        if isinstance(event, LearnerRegistered):
            steps.append((stored.at.date(), stored.id, event.office, event.employment))
        elif isinstance(event, LearnerMoved) and event.on <= today.isoformat():
            steps.append((date.fromisoformat(event.on), stored.id, event.office, event.employment))
    steps.sort()
    ends = [*(since for since, *_rest in steps[1:]), None]
    for (since, _id, office, employment), until in zip(steps, ends, strict=True):
        yield _line(since, until, office, employment, current=until is None, further=False)


def _further(person: str, today: date) -> Iterator[PlaceLine]:
    for held in assignments_of(person):
        since = date.fromisoformat(held.since)
        until = date.fromisoformat(held.until) if held.until else None
        if since <= today:
            current = until is None or until > today
            yield _line(since, until, held.office, held.employment, current=current, further=True)


def _line(
    since: date, until: date | None, office: str, employment: str, *, current: bool, further: bool
) -> PlaceLine:
    place = people.find_organisation(office)
    name = place.name(current_language()) if place else ""
    words = str(EMPLOYMENT_NAMES.get(employment, employment))
    return PlaceLine(since, until, name, words, current, further)
