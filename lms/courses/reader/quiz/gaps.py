"""Gaps to fill in: `[[12|douze]]`, `[[12±0.5]]`, `[[...]]`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lms.base.language import sentence
from lms.courses.reader.notes import Notes
from lms.courses.reader.quiz.pieces import GAP_TEXT, Block, words_of
from lms.courses.rules.course import GAP
from lms.courses.rules.questions import Kind

_NUMBER: Final = re.compile(r"[-+]?\d{1,15}([.]\d{1,15})?")
_OPEN: Final = ("...", "…")


@dataclass(frozen=True, slots=True)
class Gap:
    """What one gap accepts; `position` is its block's place in the question."""

    position: int
    kind: Kind
    accepted: tuple[str, ...] = ()
    number: str = ""
    tolerance: str = ""


def find_gap(blocks: Sequence[Block], notes: Notes) -> Gap | None:
    """The gap of a question, if it has one; more than one is a problem."""
    gaps = [
        (position, found[1])
        for position, block in enumerate(blocks)
        if block.kind == "paragraph"
        for found in GAP_TEXT.finditer(words_of(block))
    ]
    if not gaps:
        return None
    if len(gaps) > 1:
        notes.add(blocks[gaps[1][0]].start, _ONE_GAP)
    position, inner = gaps[0]
    return _read(position, inner.strip(), blocks[position].start, notes)


def _read(position: int, inner: str, line: int, notes: Notes) -> Gap:
    if inner in _OPEN:
        return Gap(position, Kind.OPEN)
    if "±" in inner:
        return _read_number(position, inner, line, notes)
    accepted = tuple(word.strip() for word in inner.split("|") if word.strip())
    if not accepted:
        notes.add(line, sentence("The gap is empty. Write the accepted words: [[twelve|12]]."))
    return Gap(position, Kind.FILL, accepted)


def _read_number(position: int, inner: str, line: int, notes: Notes) -> Gap:
    number, tolerance = (part.strip() for part in inner.split("±", 1))
    if not _NUMBER.fullmatch(number) or not _NUMBER.fullmatch(tolerance) or tolerance[0] == "-":
        notes.add(line, _NOT_A_NUMBER)
        return Gap(position, Kind.NUMBER)
    return Gap(position, Kind.NUMBER, (), number, tolerance)


def without_gap(markdown: str) -> str:
    """The paragraph with the sign `GAP` where the gap is."""
    return GAP_TEXT.sub(GAP, markdown, count=1)


_ONE_GAP: Final = sentence("A question has one gap only. Make two questions, or write one gap.")
_NOT_A_NUMBER: Final = sentence(
    "This number cannot be read. Write figures with a point and no spaces: [[12.5±0.5]]."
)
