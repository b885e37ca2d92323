"""What the public templates are given."""

from dataclasses import dataclass

from lms.certificates.rules import Certificate
from lms.courses.rules import CourseCard, Edition, EditionText, Term
from lms.learning.rules import Progress, Step
from lms.web.outline import ModuleLines


@dataclass(frozen=True, slots=True)
class CardPage:
    """A course as a card: its facts, and how far the visitor is."""

    card: CourseCard
    lessons_done: int | None
    completed: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page."""

    cards: tuple[CardPage, ...]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Courses that fit the filters. Filters are what was chosen, empty for all."""

    cards: tuple[CardPage, ...]
    search: str
    audience: str
    language: str
    minutes: str
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course: what it is for, its lessons, and what the visitor does next."""

    edition: Edition
    text: EditionText
    modules: tuple[ModuleLines, ...]
    progress: Progress | None
    step: Step
    step_title: str
    ticket: str
    certificate: str
    newer_edition: bool
    better_after: tuple[tuple[str, str], ...] = ()
    """(title, slug) of the courses that are better done before."""


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """All terms, by name in the page's language."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """The answer about a serial: what the paper shows, and no more. `help` is empty where the
    holder learned alone."""

    typed: str
    asked: bool
    certificate: Certificate | None
    name: str
    title: str
    help: str = ""
