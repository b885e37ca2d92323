"""Marking: from a key and an answer to points. Pure, and the same on every server."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lms.courses.rules.questions import Kind, QuestionKey

Answer = dict[str, object]
"""What was answered, as JSON: {"chosen": [ids]}, {"order": [ids]}, {"pairs": {left: right}} or
{"text": "…"}. Ids, never positions."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer is worth. `pending` means that a trainer has to read it first."""

    points: int
    out_of: int
    right: bool
    pending: bool = False


def mark(key: QuestionKey, answer: Mapping[str, object]) -> Mark:
    """The mark of `answer`; all points or none. An answer of another shape is a wrong one."""
    if key.kind is Kind.OPEN:
        return Mark(points=0, out_of=key.points, right=False, pending=True)
    right = _judges[key.kind](key, answer)
    return Mark(points=key.points if right else 0, out_of=key.points, right=right)


def _choice_is_right(key: QuestionKey, answer: Mapping[str, object]) -> bool:
    chosen = _ids(answer.get("chosen"))
    return len(set(chosen)) == len(chosen) and set(chosen) == set(key.right)


def _order_is_right(key: QuestionKey, answer: Mapping[str, object]) -> bool:
    return _ids(answer.get("order")) == list(key.right)


def _pairs_are_right(key: QuestionKey, answer: Mapping[str, object]) -> bool:
    return answer.get("pairs") == dict(key.pairs)


def _word_is_right(key: QuestionKey, answer: Mapping[str, object]) -> bool:
    typed = folded(str(answer.get("text", "")))
    return typed != "" and typed in {folded(word) for word in key.accepted}


def _number_is_right(key: QuestionKey, answer: Mapping[str, object]) -> bool:
    wanted = read_numbers(key.number)
    tolerance = (*read_numbers(key.tolerance), Decimal(0))[0]
    typed = read_numbers(str(answer.get("text", "")))
    return bool(wanted) and any(abs(one - wanted[0]) <= tolerance for one in typed)


_judges: Final[Mapping[Kind, Callable[[QuestionKey, Mapping[str, object]], bool]]] = {
    Kind.ONE: _choice_is_right,
    Kind.SEVERAL: _choice_is_right,
    Kind.ORDER: _order_is_right,
    Kind.MATCH: _pairs_are_right,
    Kind.FILL: _word_is_right,
    Kind.NUMBER: _number_is_right,
}


def _ids(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def folded(text: str) -> str:
    """What is compared of a typed word: no case, accents, spaces, marks or kinds of apostrophe."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("œ", "oe").replace("æ", "ae")
    kept = (c for c in plain if not unicodedata.combining(c) and not c.isspace())
    return "".join(kept).translate(_SAME_SIGN)


_SAME_SIGN: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "‑": "-", "–": "-"}
)
_NUMBER: Final = re.compile(r"[+-]?(\d{1,15}([.]\d{0,15})?|[.]\d{1,15})")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(,\d{3}){1,4}([.]\d{0,15})?")


def read_numbers(text: str) -> tuple[Decimal, ...]:
    """What a typed text can mean as a number; empty if it is none.

    Spaces of any width, a decimal comma or point and thousands commas are understood, so that
    1,500 is both one and a half and one thousand five hundred. Units are not understood.
    """
    plain = unicodedata.normalize("NFKC", text).translate({ord("−"): "-", ord("–"): "-"})
    plain = "".join(c for c in plain if not c.isspace() and c not in "'’_")
    readings = [plain.replace(",", ".")]
    if _GROUPED.fullmatch(plain):
        readings.append(plain.replace(",", ""))
    return tuple(Decimal(one) for one in readings if one.isascii() and _NUMBER.fullmatch(one))
