"""A course as it would be published, before it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lms.courses.checking import problems_before_publishing
from lms.courses.library import library_of
from lms.courses.queries.files import earlier_texts
from lms.courses.reader import read_course
from lms.courses.rendering import edition_from, render_course
from lms.courses.rules.course import Problem
from lms.courses.rules.edition import Edition, EditionText, Media
from lms.courses.rules.questions import QuestionKey


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing would store, with what stands in its way. `edition.number` is 0; pictures
    are in `media` by the name their address ends with."""

    edition: Edition
    texts: Mapping[str, EditionText]
    keys: Mapping[str, QuestionKey]
    media: Mapping[str, Media]
    problems: tuple[Problem, ...]


def preview_of(folder: Path) -> Preview:
    """The folder's course rendered exactly as publishing renders it."""
    course = read_course(folder)
    shelf = library_of(folder)
    rendered = render_course(course, shelf)
    return Preview(
        edition=edition_from(course),
        texts=rendered.texts,
        keys=rendered.keys,
        media=rendered.media,
        problems=problems_before_publishing(course, shelf, rendered=rendered),
    )


def problems_in(folder: Path) -> tuple[Problem, ...]:
    """What `check_course` says, and for stale translations also which paragraphs changed, where
    an earlier edition knows."""
    course = read_course(folder)
    return problems_before_publishing(course, library_of(folder), earlier_texts(course.slug))
