"""What is said of a lesson, a question or a screen, part by part, and what a recording is."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from lms.courses.audio.spoken_html import said_in
from lms.courses.rules.edition import EditionText, FinalTestText, LessonText
from lms.courses.rules.questions import Option, Question

HEAVIEST: Final = 24_000
"""Bits a second of sound that a slow line carries."""
BLOCK: Final = "b"
CHOICE: Final = "c"
HINT: Final = "h"
COURSE: Final = "/course"
DOOR: Final = "/test"
TEST: Final = "test"
_OBJECTIVES: Final[Mapping[str, tuple[str, str]]] = {
    "fr": ("Après cette leçon, vous saurez\u202f: ", "\u202f; "),
    "en": ("After this lesson you will be able to: ", "; "),
}
"""What is said before the objectives, and between them."""
_RECORDED: Final = re.compile(
    r"media/(?P<lesson>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\.(?:ogg|opus|mp3)"
)
_ENDINGS: Final = frozenset({".ogg", ".opus", ".mp3"})


@dataclass(frozen=True, slots=True)
class Part:
    """What is said in one breath, and can be heard again alone: a heading, a paragraph, an item.

    `place` says what it belongs to on the page: "" for the title and what stands under it, b12
    for the block with number 12 of the lesson's text, c and an id for a choice of a question, h
    for its hint; in what is said after an answer see `outcomes`.
    """

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that is to be read aloud. `place` is a lesson's id, or a page's and a question's
    with a slash between."""

    language: str
    place: str
    parts: tuple[Part, ...]

    @property
    def digest(self) -> str:
        """Names what is said: the same words in the same parts, the same digest."""
        said = "\x1e".join((self.language, *(f"{one.place}\x1f{one.text}" for one in self.parts)))
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound, ready to serve. `starts` are the milliseconds at which each part begins; empty where
    it is not known, as in what a trainer has recorded."""

    media_type: str
    milliseconds: int
    starts: tuple[int, ...]
    data: bytes = field(repr=False)

    @property
    def bits_a_second(self) -> int:
        """Its weight on the line."""
        return len(self.data) * 8000 // max(self.milliseconds, 1)


@dataclass(frozen=True, slots=True)
class Audio:
    """A recording as it is known to a page: `name` is its address under /media/. `by_trainer`
    says that a person has spoken it, so that its words may differ a little from the text."""

    name: str
    milliseconds: int
    size: int
    starts: tuple[int, ...]
    digest: str
    by_trainer: bool


def lesson_aloud(lesson: LessonText) -> Wanted:
    """A lesson: its title, summary and objectives, then its text block by block."""
    head = [lesson.title, lesson.summary]
    if lesson.objectives:
        before, between = _OBJECTIVES.get(lesson.language, _OBJECTIVES["en"])
        head.append(before + between.join(lesson.objectives))
    body = (Part(one.text, f"{BLOCK}{one.block}") for one in said_in(lesson.html, lesson.language))
    parts = (*(Part(text) for text in head if text), *body)
    return Wanted(lesson.language, lesson.id, parts)


def question_aloud(question: Question, language: str, page: str) -> Wanted:
    """A question, its choices and its hint, never its answer. `page` is the lesson's id, or
    "test"."""
    asked = f"<p>{question.title_html}</p>{question.statement_html}"
    choices = (*question.options, *question.lefts, *question.rights)
    parts = (
        *(Part(one.text) for one in said_in(asked, language)),
        *(part for option in choices for part in _choice(option, language)),
        *(Part(one.text, HINT) for one in said_in(question.hint_html, language)),
    )
    return Wanted(language, f"{page}/{question.id}", parts)


def _choice(option: Option, language: str) -> Iterator[Part]:
    for said in said_in(f"<p>{option.html}</p>", language):
        yield Part(said.text, CHOICE + option.id)


def screen_aloud(screen: str, language: str, sentences: Iterable[str]) -> Wanted:
    """A screen's own sentences."""
    return Wanted(language, screen, tuple(Part(each) for each in sentences))


def course_aloud(text: EditionText) -> Wanted:
    """What a course is about, where one chooses it."""
    said = (text.title, text.summary)
    return Wanted(text.language, COURSE, tuple(Part(each) for each in said if each))


def door_aloud(test: FinalTestText) -> Wanted:
    """What stands at the door of the final test."""
    head = (Part(each) for each in (test.title, test.summary) if each)
    body = (Part(one.text, f"{BLOCK}{one.block}") for one in said_in(test.html, test.language))
    return Wanted(test.language, DOOR, (*head, *body))


def questions_of(text: EditionText) -> Iterator[tuple[Question, str, str]]:
    """(question, its language, its page) of every question: lesson by lesson, then the test."""
    for lesson in text.lessons:
        for question in lesson.questions:
            yield question, lesson.language, lesson.id
    if text.test:
        for question in text.test.questions:
            yield question, text.test.language, TEST


def everything_aloud(text: EditionText) -> Iterator[Wanted]:
    """All that is read aloud of an edition in one language before an answer: what it is about,
    its lessons, the questions, the test."""
    yield course_aloud(text)
    for lesson in text.lessons:
        yield lesson_aloud(lesson)
    if text.test:
        yield door_aloud(text.test)
    for question, language, page in questions_of(text):
        yield question_aloud(question, language, page)


def is_recording(path: str) -> bool:
    """Whether a file's name says that it is sound."""
    return PurePosixPath(path).suffix.lower() in _ENDINGS


def recorded_place(path: str) -> tuple[str, str] | None:
    """(lesson id, language) of a trainer's recording: media/<lesson>.<language>.ogg, .opus or
    .mp3; None where the name says neither."""
    found = _RECORDED.fullmatch(path)
    return (found["lesson"], found["language"]) if found else None
