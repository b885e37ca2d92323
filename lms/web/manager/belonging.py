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
    return tuple(sorted(lines, key=_latest, reverse=True))


def _latest(line: PlaceLine) -> tuple[date, bool, bool]:
    return line.since, line.current, not line.further


def registered_on(person: str) -> date | None:
    """The day the person was registered first."""
    told = events_about(learner=person, kinds={LearnerRegistered.kind})
    return min((stored.at.date() for stored in told), default=None)


def _own(person: str, today: date) -> Iterator[PlaceLine]:
    """As the person's own office is decided: registered once, then one move after the other. A
    move to a day before that leaves no day to where they were registered."""
    history = sorted(
        events_about(learner=person, kinds=LEARNER_KINDS), key=lambda each: (each.at, each.id)
    )
    told = [(stored, stored.event) for stored in history]
    first = [(s.at.date(), e) for s, e in told if isinstance(e, LearnerRegistered)][:1]
    moves = sorted(
        ((date.fromisoformat(e.on), s.at, s.id, e) for s, e in told if isinstance(e, LearnerMoved)),
        key=lambda move: move[:3],
    )
    steps: list[tuple[date, LearnerRegistered | LearnerMoved]] = [
        (on, e) for on, _at, _id, e in moves if on <= today
    ]
    if not steps or not first or first[0][0] <= steps[0][0]:
        steps = [*first, *steps]
    ends = [*(since for since, _event in steps[1:]), None]
    for (since, event), until in zip(steps, ends, strict=True):
        place = event.office, event.employment
        yield _line(since, until, *place, current=until is None, further=False)


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
