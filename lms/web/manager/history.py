"""Everything that happened to a person, in one dated list."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from lms.base.clock import now
from lms.base.language import Sentence, sentence
from lms.certificates.queries import certificates_of
from lms.learning.declared.events import TrainingDeclared
from lms.learning.events import CourseStarted
from lms.learning.paths.events import LearnerEnrolled, LearnerReminded, LearnerUnenrolled
from lms.learning.paths.queries import paths_in_force
from lms.learning.queries import completions_of
from lms.people import events as happened
from lms.people import queries as people
from lms.record.events import LearnerMerged, Stored
from lms.record.queries import events_about
from lms.web.dues import course_title
from lms.web.language import current_language
from lms.web.manager.pages import StoryLine
from lms.web.people_words import EMPLOYMENT_NAMES, POSITION_NAMES


def story_of(person: str) -> tuple[StoryLine, ...]:
    """Registration, moves, positions, what was asked, courses and certificates, the latest
    first."""
    lines = [*_from_the_record(person), *_completions(person), *_certificates(person)]
    return tuple(sorted(lines, key=lambda line: line.on, reverse=True))


def _from_the_record(person: str) -> Iterator[StoryLine]:
    titles = {path.id: path.title(current_language()) for path in paths_in_force().values()}
    told = events_about(learner=person, kinds=_KINDS)
    for stored in sorted(told, key=lambda s: (s.at, s.id)):
        what = _in_words(stored.event, titles)
        if what is not None and _day(stored) <= now().date():
            yield StoryLine(_day(stored), what)


def _day(stored: Stored) -> date:
    on = getattr(stored.event, "on", "")
    return date.fromisoformat(on) if on and not _is_plan(stored) else stored.at.date()


def _is_plan(stored: Stored) -> bool:
    """An erasure that is asked names the day on which it will be done."""
    return isinstance(stored.event, happened.ErasureAsked)


def _in_words(event: Any, titles: dict[str, str]) -> Sentence | None:
    match event:
        case happened.LearnerRegistered():
            return sentence("Registered at %(office)s", office=_office(event.office))
        case happened.LearnerMoved():
            return sentence(
                "Belongs to %(office)s (%(employment)s)",
                office=_office(event.office),
                employment=str(EMPLOYMENT_NAMES.get(event.employment, event.employment)),
            )
        case happened.AssignmentBegun():
            return sentence("Also belongs to %(office)s", office=_office(event.office))
        case happened.AssignmentEnded():
            return sentence("No longer belongs to %(office)s", office=_office(event.office))
        case happened.PositionGiven() | happened.PositionWithdrawn():
            return _position(event)
    return _standing(event) or _learning(event, titles)


def _position(event: happened.PositionGiven | happened.PositionWithdrawn) -> Sentence:
    name = str(POSITION_NAMES.get(event.position, event.position))
    office = _office(event.organisation)
    if isinstance(event, happened.PositionGiven):
        return sentence("Acts as %(position)s at %(office)s", position=name, office=office)
    return sentence("No longer acts as %(position)s at %(office)s", position=name, office=office)


def _standing(event: Any) -> Sentence | None:
    match event:
        case happened.LearnerClosed():
            return sentence("The account was closed")
        case happened.LearnerReopened():
            return sentence("The account was opened again")
        case happened.ErasureProposed():
            return sentence("Somebody above asked for the name to be removed")
        case happened.ErasureAsked() if event.proposal:
            return sentence("The removal of the name was confirmed")
        case happened.ErasureAsked():
            return sentence("Asked for the name to be removed")
        case LearnerMerged():
            return sentence("Two records were declared one person")
    return None


def _learning(event: Any, titles: dict[str, str]) -> Sentence | None:
    match event:
        case LearnerEnrolled():
            return sentence("Asked to learn: %(what)s", what=_what(event, titles))
        case LearnerUnenrolled():
            return sentence("No longer asked to learn: %(what)s", what=_what(event, titles))
        case LearnerReminded():
            return sentence("Was reminded of what is due")
        case CourseStarted():
            return sentence("Began the course: %(course)s", course=course_title(event.course))
        case TrainingDeclared():
            return sentence("Training followed elsewhere: %(title)s", title=event.title)
    return None


def _what(event: LearnerEnrolled | LearnerUnenrolled, titles: dict[str, str]) -> str:
    if event.course:
        return course_title(event.course)
    return titles.get(event.target or "", "–")


def _completions(person: str) -> Iterator[StoryLine]:
    for done in completions_of(person):
        title = course_title(done.course)
        yield StoryLine(
            done.completed_on, sentence("Completed the course: %(course)s", course=title)
        )


def _certificates(person: str) -> Iterator[StoryLine]:
    for held in certificates_of(person):
        title = held.title(current_language())
        what = sentence(
            "Received the certificate %(number)s: %(title)s", number=held.shown, title=title
        )
        yield StoryLine(held.completed_on, what)


def _office(organisation: str) -> str:
    found = people.find_organisation(organisation)
    return found.name(current_language()) if found else "–"


_KINDS = frozenset(
    {
        *happened.LEARNER_KINDS,
        *happened.POSITION_KINDS,
        *happened.ASSIGNMENT_KINDS,
        happened.ErasureAsked.kind,
        happened.ErasureProposed.kind,
        LearnerEnrolled.kind,
        LearnerUnenrolled.kind,
        LearnerReminded.kind,
        CourseStarted.kind,
        TrainingDeclared.kind,
    }
)
