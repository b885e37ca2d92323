"""Questions: ids, right answers, feedback."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lms.base.language import Sentence, sentence
from lms.courses.rules.course import Course, Page, Problem, SourceQuestion
from lms.courses.rules.marking import folded
from lms.courses.rules.questions import Kind

_CHOICES: Final = (Kind.ONE, Kind.SEVERAL)
_USUAL: Final = {Kind.ORDER: (3, 6), Kind.MATCH: (3, 5)}
_TELLING: Final = frozenset({"right", "wrong", "correct", "incorrect"})
_COUNTED: Final = re.compile(r"(?:[a-z]+-?)?\d{1,2}|[a-h]")


def problems(course: Course) -> Iterator[Problem]:
    """What is wrong with the questions of every page, and ids used twice in the course."""
    seen: dict[tuple[str, str], str] = {}
    for _, pages in course.parts():
        for page in pages.values():
            for question in page.questions:
                yield from _question(page, question)
                first = seen.setdefault(
                    (page.language, question.id), f"{page.path}:{question.line}"
                )
                if question.id and first != f"{page.path}:{question.line}":
                    yield Problem(page.path, question.line, _used(question.id, first))


def _question(page: Page, question: SourceQuestion) -> Iterator[Problem]:
    for what in (*_right_answers(question), *_ids(question)):
        yield Problem(page.path, question.line, what)
    for what in (*_telling(question), *_count(question)):
        yield Problem(page.path, question.line, what, "warning")
    if question.kind in _CHOICES:
        for item in question.items:
            if not item.feedback:
                yield Problem(page.path, item.line, _NO_FEEDBACK, "warning")


def _right_answers(question: SourceQuestion) -> Iterator[Sentence]:
    right = sum(item.right for item in question.items)
    if question.kind is Kind.ONE and right != 1:
        yield _not_one(right)
    if question.kind is Kind.SEVERAL and right in (0, len(question.items)):
        yield _ALL_OR_NONE
    if question.kind in (Kind.ONE, *_USUAL) and len(question.items) < 2:
        yield _TOO_FEW
    if question.kind is Kind.MATCH:
        sides = Counter(folded(item.other) for item in question.items)
        if max(sides.values(), default=0) > 1:
            yield _SAME_SIDE


def _ids(question: SourceQuestion) -> Iterator[Sentence]:
    counts = Counter(item.id for item in question.items if item.id)
    for item_id, count in counts.items():
        if count > 1:
            yield _repeated(item_id)


def _telling(question: SourceQuestion) -> Iterator[Sentence]:
    ids = [item.id for item in question.items]
    if question.kind in _CHOICES:
        for item_id in ids:
            if item_id in _TELLING:
                yield _tells(item_id)
    if question.kind is Kind.ORDER and ids and all(_COUNTED.fullmatch(one) for one in ids):
        yield _COUNTED_IDS


def _count(question: SourceQuestion) -> Iterator[Sentence]:
    usual = _USUAL.get(question.kind) if question.kind else None
    if usual and len(question.items) >= 2 and not usual[0] <= len(question.items) <= usual[1]:
        yield _unusual(*usual)


_ALL_OR_NONE: Final = sentence(
    "With several answers, at least one is right and at least one is wrong. Put [x] before the "
    "right ones only."
)
_TOO_FEW: Final = sentence("This question has fewer than two lines. Add what is missing.")
_SAME_SIDE: Final = sentence(
    "Two pairs have the same right-hand side, so the answer is not clear. Make each one different."
)
_COUNTED_IDS: Final = sentence(
    "These ids give the order away. Name each line by what it says, such as {#call} or {#unplug}."
)
_NO_FEEDBACK: Final = sentence(
    "This option has no feedback. Add a line under it, with three spaces and “>”, that says why."
)


def _used(question_id: str, first: str) -> Sentence:
    return sentence(
        "The id “%(id)s” is already used in %(first)s. Give this question another one.",
        id=question_id,
        first=first,
    )


def _not_one(right: int) -> Sentence:
    return sentence(
        "A numbered list has exactly one right answer, and this one has %(count)s. Put [x] before "
        "one line, or use dashes instead of numbers for several answers.",
        count=right,
    )


def _repeated(item_id: str) -> Sentence:
    return sentence(
        "The id “%(id)s” stands twice in this question. Give each line its own.", id=item_id
    )


def _tells(item_id: str) -> Sentence:
    return sentence(
        "The id “%(id)s” gives the answer away: it is in the page. Name the line by what it says.",
        id=item_id,
    )


def _unusual(least: int, most: int) -> Sentence:
    return sentence(
        "This list works best with %(least)s to %(most)s lines. Shorten or extend it.",
        least=least,
        most=most,
    )
