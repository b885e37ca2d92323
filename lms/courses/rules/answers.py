"""From what a form sent to an answer that can be recorded, or a refusal that says what to do."""

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.courses.rules.marking import Answer, read_numbers
from lms.courses.rules.questions import Kind, Option, Question

MAX_LETTERS: Final = 200
MAX_LETTERS_OPEN: Final = 10_000


class AnswerNotUnderstood(Refusal):
    """Base of what can be wrong with an answer's shape. Nothing was marked."""

    says = sentence("This answer could not be read. Open the question again and answer once more.")


class NothingChosen(AnswerNotUnderstood):
    says = sentence("Choose an answer first.")


class OneAnswerOnly(AnswerNotUnderstood):
    says = sentence("Choose one answer only.")


class UnknownOption(AnswerNotUnderstood):
    says = sentence("One of these answers is not in the question. Open the question again.")


class OrderIncomplete(AnswerNotUnderstood):
    says = sentence("Give each line a place of its own, from 1 to %(count)s.")


class PairsIncomplete(AnswerNotUnderstood):
    says = sentence("Choose what belongs to each line.")


class NothingWritten(AnswerNotUnderstood):
    says = sentence("Write your answer first.")


class TooLong(AnswerNotUnderstood):
    says = sentence("Your answer is too long. Use %(count)s letters at most.")


class NotANumber(AnswerNotUnderstood):
    says = sentence("Write a number in figures, for example 12 or 12.5.")


def clean_answer(question: Question, raw: Mapping[str, object]) -> Answer:
    """The answer in its recorded form.

    `raw` has the key of the kind: `chosen` (an id or several), `order` (ids in order, or a mapping
    id → place typed), `pairs` (mapping left id → right id) or `text`.
    Refuses with an `AnswerNotUnderstood`.
    """
    return _cleaners[question.kind](question, raw)


def _clean_one(question: Question, raw: Mapping[str, object]) -> Answer:
    chosen = _known(_texts(raw.get("chosen")), question.options)
    if len(chosen) > 1:
        raise OneAnswerOnly
    return {"chosen": chosen}


def _clean_several(question: Question, raw: Mapping[str, object]) -> Answer:
    chosen = _known(_texts(raw.get("chosen")), question.options)
    return {"chosen": sorted(set(chosen))}


def _known(chosen: Sequence[str], options: Sequence[Option]) -> list[str]:
    if not chosen:
        raise NothingChosen
    if set(chosen) - {option.id for option in options}:
        raise UnknownOption
    return list(chosen)


def _clean_order(question: Question, raw: Mapping[str, object]) -> Answer:
    given = raw.get("order")
    if isinstance(given, Mapping):
        given = _by_place(given, len(question.options))
    ids = _texts(given)
    wanted = {option.id for option in question.options}
    if set(ids) - wanted:
        raise UnknownOption
    if len(ids) != len(wanted) or set(ids) != wanted:
        raise OrderIncomplete(count=len(wanted))
    return {"order": ids}


def _by_place(places: Mapping[object, object], count: int) -> list[str]:
    by_place = {str(place).strip(): str(option) for option, place in places.items()}
    wanted = [str(number) for number in range(1, count + 1)]
    if set(by_place) != set(wanted):
        raise OrderIncomplete(count=count)
    return [by_place[place] for place in wanted]


def _clean_match(question: Question, raw: Mapping[str, object]) -> Answer:
    given = raw.get("pairs")
    pairs = {str(k): str(v) for k, v in given.items()} if isinstance(given, Mapping) else {}
    lefts = {option.id for option in question.lefts}
    pairs = {left: right for left, right in pairs.items() if right}
    if set(pairs) - lefts or set(pairs.values()) - {option.id for option in question.rights}:
        raise UnknownOption
    if set(pairs) != lefts:
        raise PairsIncomplete
    return {"pairs": pairs}


def _clean_text(question: Question, raw: Mapping[str, object]) -> Answer:
    limit = MAX_LETTERS_OPEN if question.kind is Kind.OPEN else MAX_LETTERS
    text = unicodedata.normalize("NFC", str(raw.get("text") or "")).strip()
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    if not text:
        raise NothingWritten
    if len(text) > limit:
        raise TooLong(count=limit)
    return {"text": text}


def _clean_number(question: Question, raw: Mapping[str, object]) -> Answer:
    answer = _clean_text(question, raw)
    if not read_numbers(str(answer["text"])):
        raise NotANumber
    return answer


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    is_list = isinstance(value, Collection) and not isinstance(value, Mapping | bytes)
    return [str(item) for item in value] if is_list and isinstance(value, Sequence) else []


_cleaners: Final[Mapping[Kind, Callable[[Question, Mapping[str, object]], Answer]]] = {
    Kind.ONE: _clean_one,
    Kind.SEVERAL: _clean_several,
    Kind.ORDER: _clean_order,
    Kind.MATCH: _clean_match,
    Kind.FILL: _clean_text,
    Kind.NUMBER: _clean_number,
    Kind.OPEN: _clean_text,
}
