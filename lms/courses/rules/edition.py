"""Editions: what publishing makes, and what never changes afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lms.courses.rules.questions import Question


@dataclass(frozen=True, slots=True)
class EditionModule:
    """A module: its id and its lessons in their order."""

    id: str
    lesson_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionLesson:
    """A lesson's facts. `question_ids` are in the order of the page."""

    id: str
    minutes: int
    question_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FinalTest:
    """The final test: all its questions, and how many of them one attempt draws."""

    question_ids: tuple[str, ...]
    pool: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Edition:
    """The facts of one published edition, the same in every language.

    `hash` is the SHA-256 of the content, in hexadecimal. `attempts_max` 0 means without limit,
    `certificate` is "none" or "completion", `certificate_valid_months` 0 means without end.
    `pass_mark` is in percent. `number` is 0 and `published_at` None in a preview. Unless
    `assisted_test`, the final test is taken without a helper.
    """

    slug: str
    course_id: str
    number: int
    hash: str
    published_at: datetime | None
    note: str
    languages: tuple[str, ...]
    status: str
    audience: tuple[str, ...]
    track: str
    competences: tuple[str, ...]
    minutes: int
    level: str
    pass_mark: int
    attempts_max: int
    pause_minutes: int
    prerequisites: tuple[str, ...]
    certificate: str
    certificate_valid_months: int
    recognised: bool
    checked_on: str
    sources: tuple[str, ...]
    licence: str
    contact: str
    modules: tuple[EditionModule, ...]
    lessons: tuple[EditionLesson, ...]
    test: FinalTest | None
    assisted_test: bool = True

    @property
    def source_language(self) -> str:
        """The language the course was written in first."""
        return self.languages[0]

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        """All lessons in their order."""
        return tuple(lesson.id for lesson in self.lessons)

    @property
    def required_lesson_ids(self) -> tuple[str, ...]:
        """The lessons that a completion needs: all of them."""
        return self.lesson_ids

    @property
    def questions_by_lesson(self) -> Mapping[str, tuple[str, ...]]:
        """Lesson id → its question ids."""
        return {lesson.id: lesson.question_ids for lesson in self.lessons}

    @property
    def pool_size(self) -> int:
        """How many questions one attempt at the final test draws; 0 without a test."""
        return self.test.pool if self.test else 0


@dataclass(frozen=True, slots=True)
class ModuleText:
    """A module in one language."""

    id: str
    title: str
    summary: str
    html: str


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson in one language, rendered and sanitised.

    `fallback` says that the translation is missing and `language` is the source language;
    `stale` that the source text changed after it was translated. `picture_bytes` is the weight
    of the pictures in it.
    """

    id: str
    module_id: str
    language: str
    title: str
    summary: str
    minutes: int
    objectives: tuple[str, ...]
    html: str
    questions: tuple[Question, ...] = ()
    fallback: bool = False
    stale: bool = False
    picture_bytes: int = 0

    def question(self, question_id: str) -> Question | None:
        """The question of that id in this lesson, if it is there."""
        return next((q for q in self.questions if q.id == question_id), None)


@dataclass(frozen=True, slots=True)
class FinalTestText:
    """The final test in one language: the whole pool; `draw_questions` says which to show."""

    language: str
    title: str
    summary: str
    html: str
    minutes: int
    questions: tuple[Question, ...]
    fallback: bool = False
    stale: bool = False

    def question(self, question_id: str) -> Question | None:
        """The question of that id in the test, if it is there."""
        return next((q for q in self.questions if q.id == question_id), None)


@dataclass(frozen=True, slots=True)
class EditionText:
    """An edition in one language, without any key.

    `audience_sentence` says who it is for. `fallback` is True when the edition does not have the
    language that was asked for, so `language` is another one.
    """

    hash: str
    language: str
    title: str
    summary: str
    audience_sentence: str
    objectives: tuple[str, ...]
    html: str
    modules: tuple[ModuleText, ...]
    lessons: tuple[LessonText, ...]
    test: FinalTestText | None
    fallback: bool = False
    stale: bool = False

    def lesson(self, lesson_id: str) -> LessonText | None:
        """The lesson of that id, if the edition has it."""
        return next((lesson for lesson in self.lessons if lesson.id == lesson_id), None)

    def module(self, module_id: str) -> ModuleText | None:
        """The module of that id, if the edition has it."""
        return next((module for module in self.modules if module.id == module_id), None)

    def question(self, question_id: str) -> Question | None:
        """The question of that id in any lesson or in the test, if it is there."""
        pages = (*self.lessons, *((self.test,) if self.test else ()))
        found = (page.question(question_id) for page in pages)
        return next((question for question in found if question), None)


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course as the catalogue shows it, in the language that was asked for if it has it."""

    slug: str
    edition: Edition
    language: str
    title: str
    summary: str
    audience_sentence: str
    lesson_count: int
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """A picture as it is served: `name` is `<hash>.<ext>`, `data` its bytes."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileChange:
    """What became of one file between two editions: added, removed or changed.

    `lines` is a unified diff, empty for pictures.
    """

    path: str
    change: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    id: str
    category: str
    term_en: str
    term_fr: str
    definition_en: str
    definition_fr: str

    def name(self, language: str) -> str:
        """The term; in English where the language is neither French nor English."""
        return self.term_fr if language == "fr" else self.term_en

    def definition(self, language: str) -> str:
        """The definition, chosen as the name is."""
        return self.definition_fr if language == "fr" else self.definition_en
