"""How a course is built: lessons, numbers, minutes, headings, the final test."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from lms.base.language import Sentence, sentence
from lms.base.markdown import CALLOUT_KINDS
from lms.courses.rules.course import Course, Page, Problem, SourceLesson
from lms.courses.rules.questions import Kind

SMALL_POOL: Final = 20
_RESERVED: Final = ("certificate", "continue", "index", "questions", "start", "test")


def problems(course: Course) -> Iterator[Problem]:
    """What is wrong with the parts of a course and how they fit together."""
    yield from _lessons(course)
    yield from _minutes(course)
    yield from _test(course)
    for _, pages in course.parts():
        for page in pages.values():
            yield from _headings(page)
            yield from _writing(page)


def _lessons(course: Course) -> Iterator[Problem]:
    if not course.lessons:
        yield Problem("course.yaml", 1, _NO_LESSON)
    seen: dict[str, SourceLesson] = {}
    for lesson in course.lessons:
        path = _any_page(lesson).path
        if lesson.id in seen:
            other = _any_page(seen[lesson.id]).path
            yield Problem(path, 1, _same_id(lesson.id, other))
        elif lesson.id in _RESERVED:
            yield Problem(path, 1, _reserved(lesson.id))
        seen.setdefault(lesson.id, lesson)
    for module in course.modules:
        if not module.lessons:
            yield Problem(f"{module.folder}", 1, _EMPTY_MODULE, "warning")
        for one, other_lesson in pairwise(module.lessons):
            if one.number == other_lesson.number:
                yield Problem(_any_page(other_lesson).path, 1, _SAME_NUMBER, "warning")
    for before, after in pairwise(course.modules):
        if before.number == after.number:
            yield Problem(after.folder or "index", 1, _SAME_NUMBER, "warning")


def _any_page(lesson: SourceLesson) -> Page:
    return next(iter(lesson.pages.values()))


def _minutes(course: Course) -> Iterator[Problem]:
    source = course.source_language
    pages = [lesson.pages.get(source) for lesson in course.lessons] + [course.test.get(source)]
    total = sum(page.front.minutes for page in pages if page)
    said = course.facts.minutes
    if said and total and total != said:
        line = course.fact_lines.get("minutes", 1)
        what = sentence(
            "The lessons and the test take %(total)s minutes together, not %(said)s. Correct one "
            "or the other.",
            total=total,
            said=said,
        )
        yield Problem("course.yaml", line, what, "warning")


def _test(course: Course) -> Iterator[Problem]:
    page = course.test.get(course.source_language)
    if page is None:
        if not course.test:
            yield Problem("course.yaml", 1, _NO_TEST, "warning")
        return
    count, line = len(page.questions), page.lines.get("pool", 1)
    if count < page.front.pool:
        yield Problem(page.path, line, _pool_too_small(count, page.front.pool))
    elif count < SMALL_POOL:
        yield Problem(page.path, line, _few_questions(count), "warning")
    for question in page.questions:
        if question.kind is Kind.OPEN:
            yield Problem(page.path, question.line, _OPEN_IN_TEST, "warning")


def _headings(page: Page) -> Iterator[Problem]:
    level = 1
    for heading in (one for one in page.mentions if one.what == "heading"):
        if heading.level == 1:
            yield Problem(page.path, heading.line, _TITLE_IN_TEXT)
        elif heading.level > level + 1:
            yield Problem(page.path, heading.line, _skipped(level + 1))
        level = max(heading.level, 1)


def _writing(page: Page) -> Iterator[Problem]:
    for one in page.mentions:
        if one.what == "html":
            yield Problem(page.path, one.line, _raw_html(one.text), "warning")
        elif one.what == "callout" and one.text not in CALLOUT_KINDS:
            yield Problem(page.path, one.line, _UNKNOWN_CALLOUT)


_NO_LESSON: Final = sentence(
    "This course has no lesson. Add one, such as 01-module/01-lesson.fr.md."
)
_EMPTY_MODULE: Final = sentence("This module has no lesson. Add one, or remove the folder.")
_SAME_NUMBER: Final = sentence(
    "Another one beside it has the same number. Give each its own, in the order to read them."
)
_NO_TEST: Final = sentence(
    "This course has no final test, so reading every lesson completes it. Add test.fr.md if "
    "that is not what you want."
)
_OPEN_IN_TEST: Final = sentence(
    "A trainer has to read this answer before the test has a result. Better ask a question that "
    "is marked at once."
)
_TITLE_IN_TEXT: Final = sentence(
    "The title stands in the front matter. Begin the sections of the text with “## ”."
)
_UNKNOWN_CALLOUT: Final = sentence(
    "This kind of call-out is not known. Use [!NOTE], [!TIP], [!IMPORTANT] or [!WARNING]."
)


def _same_id(lesson_id: str, other: str) -> Sentence:
    return sentence(
        "The lesson name “%(id)s” is also used by %(other)s. Give one of them another name.",
        id=lesson_id,
        other=other,
    )


def _reserved(lesson_id: str) -> Sentence:
    return sentence("A lesson cannot be named “%(id)s”. Give it another name.", id=lesson_id)


def _pool_too_small(count: int, pool: int) -> Sentence:
    return sentence(
        "The test draws %(pool)s questions and has only %(count)s. Write more, or lower “pool”.",
        pool=pool,
        count=count,
    )


def _few_questions(count: int) -> Sentence:
    return sentence(
        "Questions in the test: %(count)s. Write 20 or more, so that two attempts differ.",
        count=count,
    )


def _skipped(level: int) -> Sentence:
    return sentence(
        "A heading level is skipped here. Begin this line with “%(signs)s ”.", signs="#" * level
    )


def _raw_html(tag: str) -> Sentence:
    return sentence(
        "“%(tag)s” is shown to the reader as it is: HTML does not work here. Use Markdown.",
        tag=tag[:40],
    )
