"""A course as its folder says it, in all languages, before anything is rendered."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from lms.base.language import Sentence
from lms.courses.rules.questions import Kind

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to correct: where, what is wrong and what to do. Lines count from 1."""

    path: str
    line: int
    sentence: Sentence
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the folder; `path` is relative, with forward slashes."""

    path: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """Something a text refers to or is built from: `what` is heading, image, link, term, value,
    html or callout. `text` is the address, the name or the words."""

    what: str
    text: str
    line: int
    level: int = 0
    alt: str = ""


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One line of a question's list, in Markdown. `other` is the right-hand side of a match."""

    id: str
    text: str
    line: int
    right: bool = False
    feedback: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class SourceQuestion:
    """A question as it was written, in Markdown. `kind` is None where it could not be told.

    In `statement` the gap of a fill or number question is the character `GAP`.
    """

    id: str
    kind: Kind | None
    points: int
    title: str
    line: int
    statement: str = ""
    hint: str = ""
    items: tuple[SourceItem, ...] = ()
    accepted: tuple[str, ...] = ()
    number: str = ""
    tolerance: str = ""
    explanation: str = ""


GAP = "\ue000"
DIGEST_LENGTH = 10


def digest_of(text: str) -> str:
    """First ten hexadecimal digits of the SHA-256 of a text, whatever its line ends, the spaces
    at their end and the form of its accents."""
    lines = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).splitlines()
    normal = "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
    return hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]


@dataclass(frozen=True, slots=True)
class Front:
    """What the front matter of any page may hold; empty where the page's kind has no such key."""

    title: str = ""
    summary: str = ""
    audience_sentence: str = ""
    objectives: tuple[str, ...] = ()
    minutes: int = 0
    pool: int = 0
    sources: tuple[str, ...] = ()
    translated_from: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file. `body` is what stands before the quiz and begins on line `body_line`;
    `digest` names its text; `lines` maps front matter keys to lines."""

    path: str
    language: str
    front: Front
    body: str
    body_line: int
    digest: str
    text: str = field(repr=False, default="")
    lines: Mapping[str, int] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    questions: tuple[SourceQuestion, ...] = ()


Pages = Mapping[str, Page]
"""Language → page."""


@dataclass(frozen=True, slots=True)
class SourceLesson:
    """A lesson: its id, its module's, its number in the file name and where it stands."""

    id: str
    module_id: str
    number: int
    stem: str
    pages: Pages


@dataclass(frozen=True, slots=True)
class SourceModule:
    """A module with its lessons in order. `folder` is empty where lessons stand without one."""

    id: str
    number: int
    folder: str
    pages: Pages
    lessons: tuple[SourceLesson, ...]


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What course.yaml says. The defaults stand for a file that could not be read."""

    id: str = ""
    languages: tuple[str, ...] = ("fr", "en")
    status: str = "draft"
    audience: tuple[str, ...] = ()
    track: str = ""
    competences: tuple[str, ...] = ()
    minutes: int = 0
    level: str = ""
    pass_mark: int = 70
    attempts_max: int = 0
    pause_minutes: int = 0
    prerequisites: tuple[str, ...] = ()
    certificate: str = "none"
    certificate_valid_months: int = 0
    checked_on: str = ""
    sources: tuple[str, ...] = ()
    licence: str = ""
    contact: str = ""
    recognised: bool = False
    assisted_test: bool = True


@dataclass(frozen=True)
class Course:
    """A whole folder. `problems` are those met while reading; a course can be looked at in spite
    of them, and is published only without errors."""

    slug: str
    facts: CourseFacts
    fact_lines: Mapping[str, int]
    pages: Pages
    modules: tuple[SourceModule, ...]
    test: Pages
    files: Mapping[str, SourceFile]
    problems: tuple[Problem, ...] = ()
    recordings: Mapping[str, SourceFile] = field(default_factory=dict)
    """Lessons as a trainer has spoken them. They stand beside the text, not in its hash: they can
    be added later."""

    @property
    def source_language(self) -> str:
        """The language that was written first."""
        return self.facts.languages[0]

    @property
    def lessons(self) -> tuple[SourceLesson, ...]:
        """All lessons in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over every file's path and hash, sorted by path: the name of an edition."""
        lines = (f"{path}\0{file.sha256}\n" for path, file in sorted(self.files.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def parts(self) -> list[tuple[str, Pages]]:
        """Every page that is written in each language, with its path without language."""
        parts: list[tuple[str, Pages]] = [("index", self.pages)]
        for module in self.modules:
            if module.folder:
                parts.append((f"{module.folder}/index", module.pages))
            parts.extend((lesson.stem, lesson.pages) for lesson in module.lessons)
        if self.test:
            parts.append(("test", self.test))
        return parts


@dataclass(frozen=True, slots=True)
class Library:
    """What every course may refer to. `terms` maps language → folded term → glossary id;
    `sources` maps codes of facts to whether they may be taught."""

    terms: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, str]]
    sources: Mapping[str, bool]
