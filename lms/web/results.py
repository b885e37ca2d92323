"""What is shown about an answer that was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.courses.rules import KeyWords, Kind, Question, QuestionKey
from lms.learning.rules import Answered
from lms.web.shelf import words_of


@dataclass(frozen=True, slots=True)
class Result:
    """What is shown once a question is answered. `right` is None while a trainer marks it."""

    right: bool | None
    chosen: tuple[str, ...]
    right_ids: tuple[str, ...]
    words: KeyWords
    typed: str
    pairs: tuple[tuple[str, str, str, bool], ...] = ()
    order: tuple[tuple[str, str, bool], ...] = ()


def result_of(
    question: Question, key: QuestionKey, answered: Answered | None, edition: str, language: str
) -> Result:
    """The result of one question; no answer is a wrong one."""
    answer: Mapping[str, Any] = answered.answer if answered else {}
    return Result(
        right=None if question.kind == Kind.OPEN else bool(answered and answered.right),
        chosen=tuple(answer.get("chosen", ())),
        right_ids=tuple(key.right) if question.kind in (Kind.ONE, Kind.SEVERAL) else (),
        words=words_of(edition, question.id, language),
        typed=str(answer.get("text", "")),
        pairs=_pairs(question, key, answer),
        order=_order(question, key, answer),
    )


def _pairs(
    question: Question, key: QuestionKey, answer: Mapping[str, Any]
) -> tuple[tuple[str, str, str, bool], ...]:
    if question.kind != Kind.MATCH:
        return ()
    rights = {option.id: option.html for option in question.rights}
    given = answer.get("pairs", {})
    return tuple(
        (
            left.html,
            rights[key.pairs[left.id]],
            rights.get(given.get(left.id, ""), ""),
            given.get(left.id) == key.pairs[left.id],
        )
        for left in question.lefts
    )


def _order(
    question: Question, key: QuestionKey, answer: Mapping[str, Any]
) -> tuple[tuple[str, str, bool], ...]:
    if question.kind != Kind.ORDER:
        return ()
    html = {option.id: option.html for option in question.options}
    given = list(answer.get("order", ()))
    return tuple(
        (
            html[right],
            html.get(given[place], "") if place < len(given) else "",
            given[place : place + 1] == [right],
        )
        for place, right in enumerate(key.right)
    )
