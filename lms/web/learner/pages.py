"""What the templates of the learner desk are given."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lms.base.language import Sentence
from lms.certificates.rules import Certificate
from lms.courses.rules import Edition, EditionText, FinalTestText, LessonText, Question
from lms.learning.rules import Attempt, Progress
from lms.web.listening import Listen
from lms.web.outline import ModuleLines
from lms.web.results import Result


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One lesson to read, and the form that leaves it."""

    course: str
    course_title: str
    module_title: str
    lesson: LessonText
    number: int
    total: int
    done: bool
    previous: Link | None
    next: Link
    edition: str
    ticket: str
    listen: Listen | None = None


@dataclass(frozen=True, slots=True)
class ListenPage:
    """A lesson part by part, each with its words and its sound."""

    course: str
    lesson: LessonText
    listen: Listen


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question of a lesson's quiz or of the test, before or after answering."""

    course: str
    course_title: str
    title: str
    question: Question
    number: int
    total: int
    ticket: str
    back: Link
    next: Link
    result: Result | None
    given: dict[str, Any] = field(default_factory=dict)
    refused: Sentence | None = None
    edition: str = ""
    lesson: str = ""
    in_test: bool = False
    attempt: str = ""
    helper_must_leave: bool = False
    listen: Listen | None = None

    @property
    def problems(self) -> bool:
        """Whether the answer must be put right."""
        return self.refused is not None


@dataclass(frozen=True, slots=True)
class TestPage:
    """The door of the final test: what to expect, and the way in."""

    course: str
    text: EditionText
    test: FinalTestText
    edition: Edition
    progress: Progress | None
    ticket: str
    refused: Sentence | None
    listen: Listen | None = None

    @property
    def problems(self) -> bool:
        """Nothing is to be put right here."""
        return False


@dataclass(frozen=True, slots=True)
class AlonePage:
    """A test that waits until the helper has left. `back` is the course."""

    title: str
    sentence: Sentence
    back: Link


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One question of an attempt, before handing in."""

    number: int
    title: str
    url: str
    answered: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All questions of the attempt, and the button that hands it in."""

    course: str
    course_title: str
    lines: tuple[ReviewLine, ...]
    unanswered: int
    ticket: str
    attempt: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question of an attempt that was handed in."""

    number: int
    question: Question
    result: Result
    listen: Listen | None = None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The test's result in words, question by question, and what comes next."""

    course: str
    course_title: str
    attempt: Attempt
    edition: Edition
    needed: int
    lines: tuple[AnswerLine, ...]
    lessons_open: int
    certificate: str
    next: Link | None


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course of mine: how far, and the next step."""

    slug: str
    title: str
    summary: str
    done: int
    total: int
    passed: bool
    has_test: bool
    completed: bool
    next: Link
    last_at: Any


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One course that I am asked to do, in words; `path` leads to the path it belongs to."""

    slug: str
    title: str
    url: str
    words: str
    late: bool
    path: Link | None


@dataclass(frozen=True, slots=True)
class PathStep:
    """One course of a path. `tone` is done, current or todo."""

    title: str
    url: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class PathPage:
    """A path that I am asked to follow: its courses in order, and how far I am."""

    title: str
    done: int
    steps: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class MyLearningPage:
    """Where I was, what I am asked to do, what I have begun, what I have finished."""

    name: str
    asked: tuple[AskedLine, ...]
    current: CourseLine | None
    begun: tuple[CourseLine, ...]
    completed: tuple[CourseLine, ...]
    others: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One course in my record."""

    title: str
    slug: str
    started_at: Any
    completed_on: Any
    help: str
    percent: int | None
    minutes: int
    attempts: int
    modules: tuple[ModuleLines, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RecordPage:
    """My record: everything this site knows that I learned. `workshops`: (title, first day);
    `trainings`: (title, day) of those followed elsewhere; `helped`: how often a helper was there,
    and their minutes."""

    name: str
    number: str
    lines: tuple[RecordLine, ...]
    workshops: tuple[tuple[str, date | None], ...]
    trainings: tuple[tuple[str, date], ...]
    helped: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    """My certificates."""

    certificates: tuple[Certificate, ...]
