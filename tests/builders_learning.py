"""What the tests of learning need: a small edition without a database, and stored events."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from lms.courses.rules import Edition, EditionLesson, FinalTest, Kind, Mark, QuestionKey, mark
from lms.learning.events import (
    AttemptStarted,
    AttemptSubmitted,
    CourseStarted,
    LessonFinished,
    QuestionAnswered,
)
from lms.record.events import Event, Stored, subject_of

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
EDITION = "e" * 64
RIGHT: Mapping[str, Any] = {"chosen": ["yes"]}
WRONG: Mapping[str, Any] = {"chosen": ["no"]}


def make_edition(
    lessons: Mapping[str, Sequence[str]] | None = None, *, test: int = 20, **facts: Any
) -> Edition:
    """An edition of lessons (id → question ids) and a final test of `test` questions t1, t2 …"""
    given = {"weigh": ("q1", "q2"), "declare": ("q3",)} if lessons is None else lessons
    pool = tuple(f"t{number}" for number in range(1, test + 1))
    values: dict[str, Any] = {
        "slug": "parcels",
        "course_id": "T1",
        "number": 1,
        "hash": EDITION,
        "published_at": MORNING,
        "note": "",
        "languages": ("fr", "en"),
        "status": "published",
        "audience": ("staff",),
        "track": "up-skilling",
        "competences": (),
        "minutes": 24,
        "level": "B1",
        "pass_mark": 70,
        "attempts_max": 0,
        "pause_minutes": 10,
        "prerequisites": (),
        "certificate": "completion",
        "certificate_valid_months": 0,
        "recognised": True,
        "checked_on": "2026-03-01",
        "sources": (),
        "licence": "CC-BY-4.0",
        "contact": "",
        "modules": (),
        "lessons": tuple(EditionLesson(id, 8, tuple(asked)) for id, asked in given.items()),
        "test": FinalTest(pool, test, 10) if test else None,
    }
    return Edition(**(values | facts))


class Shelf:
    """A library of one edition in which “yes” is always right; `points` for dear questions."""

    def __init__(self, edition: Edition, points: Mapping[str, int] | None = None) -> None:
        self.known = edition
        self.points = points or {}

    def edition(self, edition: str) -> Edition | None:
        """The one edition."""
        return self.known if edition == self.known.hash else None

    def mark(self, edition: str, question: str, answer: Mapping[str, object]) -> Mark | None:
        """The real marking of a one-answer question."""
        if edition != self.known.hash:
            return None
        points = self.points.get(question, 1)
        return mark(QuestionKey(question, Kind.ONE, points, right=("yes",)), answer)


def at(minute: float) -> datetime:
    """That many minutes into the morning."""
    return MORNING + timedelta(minutes=minute)


def make_stored(event: Event, minute: float, event_id: str = "") -> Stored:
    """An event as the record gives it back."""
    learner, thing, _ = event.parts()
    return Stored(
        id=event_id or f"{event.kind}@{minute:09.3f}",
        kind=event.kind,
        learner=learner,
        subject=subject_of(thing),
        event=event,
        at=at(minute),
        actor=learner,
        role="learner",
        body={},
    )


def started(minute: float = 0, *, learner: str = "awa", edition: str = EDITION) -> Stored:
    """Awa began the course."""
    return make_stored(CourseStarted(learner, "parcels", edition, "fr"), minute)


def finished(lesson: str, minute: float, seconds: int = 60) -> Stored:
    """Awa left a lesson."""
    event = LessonFinished("awa", "parcels", EDITION, lesson, "fr", seconds)
    return make_stored(event, minute)


def answered(
    question: str,
    minute: float,
    answer: Mapping[str, Any] = RIGHT,
    *,
    attempt: str | None = None,
    event_id: str = "",
) -> Stored:
    """Awa answered a question."""
    event = QuestionAnswered("awa", "parcels", EDITION, question, dict(answer), "fr", attempt)
    return make_stored(event, minute, event_id)


def began_test(minute: float, attempt: str = "attempt-1") -> Stored:
    """Awa began an attempt."""
    return make_stored(AttemptStarted("awa", "parcels", EDITION, "fr"), minute, attempt)


def handed_in(minute: float, attempt: str = "attempt-1") -> Stored:
    """Awa handed an attempt in."""
    return make_stored(AttemptSubmitted("awa", "parcels", EDITION, attempt), minute)
