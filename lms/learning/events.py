"""What a learner does. Raw facts only: which options were chosen, never a mark.

Where a helper is with the learner, `helper` is the helper's person id and `mode` says how the
answer was given: "self", "read-aloud", or "typed" by the helper at the learner's word.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from lms.record.events import Event

_COMPANY = ("mode", "helper")


@dataclass(frozen=True)
class CourseStarted(Event):
    """The learner begins the course, in this edition; it stays theirs."""

    kind: ClassVar[str] = "course.started"
    learner: str
    course: str
    edition: str
    language: str


@dataclass(frozen=True)
class LessonFinished(Event):
    """The learner left a lesson by its “continue”. `seconds` on the page, capped;
    `active_seconds` as the page's script counted them, -1 without one."""

    kind: ClassVar[str] = "lesson.finished"
    clocks: ClassVar[frozenset[str]] = frozenset({"seconds", "active_seconds", *_COMPANY})
    learner: str
    course: str
    edition: str
    item: str
    language: str
    seconds: int
    active_seconds: int = -1
    mode: str = "self"
    helper: str | None = None


@dataclass(frozen=True)
class QuestionAnswered(Event):
    """An answer to one question (`item`): in a lesson's quiz, or in an attempt at the test."""

    kind: ClassVar[str] = "question.answered"
    learner: str
    course: str
    edition: str
    item: str
    answer: dict[str, Any]
    language: str
    attempt: str | None = None
    mode: str = "self"
    helper: str | None = None


@dataclass(frozen=True)
class AttemptStarted(Event):
    """The learner begins the final test. The event's id names the attempt and draws its
    questions and their order."""

    kind: ClassVar[str] = "attempt.started"
    clocks: ClassVar[frozenset[str]] = frozenset(_COMPANY)
    learner: str
    course: str
    edition: str
    language: str
    mode: str = "self"
    helper: str | None = None


@dataclass(frozen=True)
class AttemptSubmitted(Event):
    """The learner hands the test in; nothing after this belongs to the attempt."""

    kind: ClassVar[str] = "attempt.submitted"
    clocks: ClassVar[frozenset[str]] = frozenset(_COMPANY)
    learner: str
    course: str
    edition: str
    attempt: str
    mode: str = "self"
    helper: str | None = None


LEARNING_KINDS = frozenset(
    {
        CourseStarted.kind,
        LessonFinished.kind,
        QuestionAnswered.kind,
        AttemptStarted.kind,
        AttemptSubmitted.kind,
    }
)
