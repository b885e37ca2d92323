"""Values about one learner in one course."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lms.people.assistance.rules import most_help


@dataclass(frozen=True, slots=True)
class Answered:
    """The learner's latest answer to a question, whether it is right, and when they first gave
    one."""

    answer: Mapping[str, Any]
    right: bool
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go at the final test. Points stay 0 until it is submitted.

    `help` is how most of the help in it was given: "self" where a helper only looked on,
    "read-aloud", "typed"; empty where no helper was there.
    """

    id: str
    edition: str
    started_at: datetime
    questions: tuple[str, ...]
    answers: Mapping[str, Answered]
    submitted_at: datetime | None = None
    points: int = 0
    out_of: int = 0
    passed: bool = False
    help: str = ""

    @property
    def percent(self) -> int:
        """Points of those to be had, rounded down."""
        return self.points * 100 // self.out_of if self.out_of else 0

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Questions without an answer yet, in their order."""
        return tuple(q for q in self.questions if q not in self.answers)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a learner is in a course. `edition` is the one they began with.

    `help_in_lessons` maps each mode in which a helper was there, in the lessons and their
    questions, to the first moment of it.
    """

    learner: str
    course: str
    edition: str
    started_at: datetime
    last_at: datetime
    seconds: int = 0
    finished: Mapping[str, datetime] = field(default_factory=dict)
    answers: Mapping[str, Answered] = field(default_factory=dict)
    attempts: tuple[Attempt, ...] = ()
    lessons_done: Mapping[str, datetime] = field(default_factory=dict)
    lessons_required: int = 0
    language: str = "fr"
    evidence: tuple[str, ...] = ()
    help_in_lessons: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def help(self) -> str:
        """How most of the help in the course was given, as an attempt's; empty without any."""
        return most_help([*self.help_in_lessons, *(a.help for a in self.attempts if a.help)])

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt that was begun and not handed in."""
        return next((a for a in reversed(self.attempts) if a.submitted_at is None), None)

    @property
    def passed_attempt(self) -> Attempt | None:
        """The first attempt that passed."""
        passed = [a for a in self.attempts if a.passed and a.submitted_at]
        return min(passed, key=lambda a: (a.submitted_at, a.id)) if passed else None

    @property
    def lessons_are_done(self) -> bool:
        """Whether every required lesson is done."""
        return len(self.lessons_done) >= self.lessons_required

    def attempt(self, attempt_id: str) -> Attempt | None:
        """One of the learner's attempts."""
        return next((a for a in self.attempts if a.id == attempt_id), None)


@dataclass(frozen=True, slots=True)
class Completion:
    """A course done: all required lessons, and the test passed where there is one.

    `percent` is of the first attempt that passed, None where the course has no test. `help` is
    how most of the help was given in the lessons until then and in that attempt; empty where the
    learner did all of it alone.
    """

    learner: str
    course: str
    edition: str
    completed_at: datetime
    completed_on: date
    percent: int | None
    minutes: int
    evidence: tuple[str, ...]
    help: str = ""
