"""Everything to correct before a course is published, in both languages at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from lms.courses.checking import (
    pictures,
    questions,
    recordings,
    references,
    structure,
    translations,
    twins,
    weight,
)
from lms.courses.library import library_of
from lms.courses.reader import read_course
from lms.courses.rendering import Rendered, render_course
from lms.courses.rules.course import Course, Library, Problem

__all__ = ["check_course", "problems_before_publishing"]


def problems_before_publishing(
    course: Course,
    library: Library,
    earlier: Mapping[str, str] | None = None,
    rendered: Rendered | None = None,
) -> tuple[Problem, ...]:
    """Every problem of a course, sorted by file and line. Errors prevent publishing.

    `earlier` maps digests of source texts to those texts as they once were, so that a stale
    translation can be told which paragraphs changed. `rendered` saves rendering the course again.
    """
    rendered = rendered or render_course(course, library)
    found = [*course.problems, *_problems(course, library, earlier or {}, rendered)]
    once = {(one.path, one.line, one.severity, str(one)): one for one in found}
    return tuple(once[key] for key in sorted(once))


def check_course(folder: Path) -> list[Problem]:
    """The same for a folder on disk; an empty list when nothing is to be corrected."""
    return list(problems_before_publishing(read_course(folder), library_of(folder)))


def _problems(
    course: Course, library: Library, earlier: Mapping[str, str], rendered: Rendered
) -> Iterator[Problem]:
    if not course.files:
        return
    yield from structure.problems(course)
    yield from translations.problems(course, earlier)
    yield from twins.problems(course)
    yield from questions.problems(course)
    yield from references.problems(course, library)
    yield from pictures.problems(course)
    yield from recordings.problems(course)
    yield from weight.problems(course, rendered)
