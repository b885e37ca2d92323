"""What is said once a question was answered. Pure.

One recording holds every part that any answer may call for; which of them are heard, and in which
order, is chosen by the answer.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lms.courses.audio.rules import Part, Wanted
from lms.courses.audio.spoken_html import said_in
from lms.courses.rules.questions import KeyWords, Kind, Question, QuestionKey

AFTER: Final = "after"
RIGHT, WRONG, PENDING = "right", "wrong", "pending"
MINE_RIGHT, MINE_WRONG, THEIRS = "mine-right", "mine-wrong", "theirs"
_WORD, _OPTION, _SAID, _PAIR, _ANSWER, _WHY = "w", "o", "f", "p", "a", "e"
_CHOSEN: Final = frozenset({Kind.ONE, Kind.SEVERAL})
_PHRASES: Final[Mapping[bool, tuple[str, ...]]] = {
    True: (RIGHT, WRONG, MINE_RIGHT, MINE_WRONG, THEIRS),
    False: (RIGHT, WRONG),
}


def outcome_aloud(
    question: Question,
    key: QuestionKey,
    words: KeyWords,
    language: str,
    page: str,
    phrases: Mapping[str, str],
) -> Wanted:
    """Every part; `phrases` are the site's own words, such as what `RIGHT` is called. `page` is
    the lesson's id, or "test"."""
    names = (PENDING,) if question.kind == Kind.OPEN else _PHRASES[question.kind in _CHOSEN]
    parts = (
        *(Part(phrases[name], _WORD + name) for name in names),
        *_choices(question, key, words, language),
        *((Part(words.answer, _ANSWER),) if words.answer else ()),
        *_parts(words.explanation_html, language, _WHY),
    )
    return Wanted(language, f"{page}/{question.id}/{AFTER}", parts)


def _choices(
    question: Question, key: QuestionKey, words: KeyWords, language: str
) -> Iterator[Part]:
    for option in question.options:
        yield from _parts(f"<p>{option.html}</p>", language, _OPTION + option.id)
        yield from _parts(words.feedback_html.get(option.id, ""), language, _SAID + option.id)
    rights = {option.id: option.html for option in question.rights}
    for left in question.lefts:
        pair = f"<p>{left.html}</p><p>{rights.get(key.pairs.get(left.id, ''), '')}</p>"
        yield from _parts(pair, language, _PAIR + left.id)


def _parts(html: str, language: str, place: str) -> Iterator[Part]:
    return (Part(one.text, place) for one in said_in(html, language))


def places_after(
    question: Question, key: QuestionKey, answer: Mapping[str, Any], right: bool | None
) -> tuple[str, ...]:
    """The places that are heard after this answer, in order: first whether it is right, then what
    the page shows, in the page's order, and why."""
    outcome = PENDING if right is None else RIGHT if right else WRONG
    middle: tuple[str, ...] = ()
    if question.kind in _CHOSEN:
        middle = tuple(_chosen(question, key, answer))
    elif not right:
        middle = tuple(_solution(question, key))
    return (_WORD + outcome, *middle, _WHY)


def _chosen(question: Question, key: QuestionKey, answer: Mapping[str, Any]) -> Iterator[str]:
    mine = answer.get("chosen", ())
    for option in question.options:
        if option.id in mine or option.id in key.right:
            is_right = option.id in key.right
            name = (MINE_RIGHT if is_right else MINE_WRONG) if option.id in mine else THEIRS
            yield from (_WORD + name, _OPTION + option.id, _SAID + option.id)


def _solution(question: Question, key: QuestionKey) -> Iterator[str]:
    if question.kind == Kind.ORDER:
        yield from (_OPTION + each for each in key.right)
    yield from (_PAIR + left.id for left in question.lefts)
    yield _ANSWER
