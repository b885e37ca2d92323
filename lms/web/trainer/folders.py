"""The course folders of this server as they stand now, published or not.

Reading and rendering a folder takes a moment, so it is kept until one of its files changes.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from flask import current_app

from lms.courses.checking import problems_before_publishing
from lms.courses.library import library_of
from lms.courses.preview import Preview, preview_of, problems_in
from lms.courses.queries import CourseUnknown, editions_of
from lms.courses.reader import read_course
from lms.courses.rules.course import Problem
from lms.settings import Settings

Signature = tuple[tuple[str, int, int], ...]
"""(path, time of change, bytes) of every file: what has to differ for a folder to be read again."""

_T = TypeVar("_T")
_FACTS: Final = "course.yaml"
_SHARED: Final = ("glossary.csv", "values.yaml", "sources.csv")


@dataclass(frozen=True, slots=True)
class CourseFolder:
    """What a folder holds now. `hash` names its content as it would name the edition."""

    slug: str
    hash: str
    status: str
    languages: tuple[str, ...]
    titles: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many problems prevent publishing."""
        return sum(problem.severity == "error" for problem in self.problems)

    def title(self, language: str) -> str:
        """Its title in the language, or in the first one written, or the folder's name."""
        written = self.titles.get(language) or next(filter(None, self.titles.values()), "")
        return written or self.slug


def home() -> Path:
    """Where this server's course folders stand."""
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    return settings.courses_dir


def slugs() -> list[str]:
    """The names of all course folders."""
    if not home().is_dir():
        return []
    return sorted(
        path.name
        for path in home().iterdir()
        if not path.name.startswith((".", "_")) and not path.is_symlink() and path.is_dir()
    )


def folder_named(slug: str) -> Path:
    """The folder of that name; refuses what is not among the course folders."""
    if slug not in slugs():
        raise CourseUnknown(slug=slug)
    return home() / slug


def current_folder(slug: str) -> CourseFolder:
    """What the folder holds now, checked."""
    folder = folder_named(slug)
    return _folder(folder, _signature(folder))


def current_preview(slug: str) -> Preview:
    """The folder rendered as publishing would render it."""
    folder = folder_named(slug)
    return _preview(folder, _signature(folder))


def problems_of(slug: str) -> tuple[Problem, ...]:
    """The checker's list, with the paragraphs that changed where an earlier edition knows them."""
    folder = folder_named(slug)
    known = tuple(edition.hash for edition in editions_of(slug))
    return _problems(folder, _signature(folder), known)


@lru_cache(maxsize=64)
def _problems(folder: Path, _signature: Signature, _known: tuple[str, ...]) -> tuple[Problem, ...]:
    return problems_in(folder)


@lru_cache(maxsize=64)
def _folder(folder: Path, _signature: Signature) -> CourseFolder:
    course = read_course(folder)
    return CourseFolder(
        slug=course.slug,
        hash=course.content_hash,
        status=course.facts.status,
        languages=course.facts.languages,
        titles={language: page.front.title for language, page in course.pages.items()},
        problems=problems_before_publishing(course, library_of(folder)),
    )


@lru_cache(maxsize=4)
def _preview(folder: Path, _signature: Signature) -> Preview:
    return preview_of(folder)


def _signature(folder: Path) -> Signature:
    shared = (folder.parent / name for name in _SHARED)
    paths = sorted(path for path in (*folder.rglob("*"), *shared) if path.is_file())
    found = ((path, path.stat()) for path in paths)
    return tuple((str(path), facts.st_mtime_ns, facts.st_size) for path, facts in found)


def readdressed(value: _T, change: Callable[[str], str]) -> _T:
    """The same frozen value with every text passed through `change`."""
    result: _T = _readdressed(value, change)
    return result


def _readdressed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_readdressed(item, change) for item in value)
    if isinstance(value, Mapping):
        return {key: _readdressed(item, change) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _readdressed(getattr(value, field.name), change)
            for field in dataclasses.fields(value)
            if field.name not in ("id", "module_id", "language", "kind", "hash")
        }
        return dataclasses.replace(value, **changed)
    return value
