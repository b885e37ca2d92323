"""Where the quiz block of a page begins and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lms.base.language import sentence
from lms.courses.reader.notes import Notes

_OPEN: Final = re.compile(r":{3,}[ \t]*quiz[ \t]*")
_CLOSE: Final = re.compile(r":{3,}[ \t]*")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class QuizBlock:
    """The text inside `::: quiz` … `:::`; `line` is the line of its first text line, from 0."""

    text: str
    line: int


def split_quiz(body: str, notes: Notes) -> tuple[str, QuizBlock | None]:
    """The body without its quiz block, and the block if there is one."""
    lines = body.split("\n")
    opening = _find(lines, 0, _OPEN)
    if opening is None:
        stray = _find(lines, 0, _CLOSE)
        if stray is not None:
            notes.add(stray, _STRAY)
        return body, None
    closing = _find(lines, opening + 1, _CLOSE)
    if closing is None:
        notes.add(opening, _NOT_CLOSED)
        closing = len(lines)
    after = next((i for i in range(closing + 1, len(lines)) if lines[i].strip()), None)
    if after is not None:
        notes.add(after, _AFTER)
    block = QuizBlock("\n".join(lines[opening + 1 : closing]), opening + 1)
    return "\n".join(lines[:opening]), block


def _find(lines: Sequence[str], start: int, pattern: re.Pattern[str]) -> int | None:
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence and number >= start and pattern.fullmatch(line.rstrip()):
            return number
    return None


_STRAY: Final = sentence("This line closes a quiz that was not opened. Write “::: quiz” before it.")
_NOT_CLOSED: Final = sentence("The quiz is not closed. Write “:::” on a line after it.")
_AFTER: Final = sentence(
    "Text after the quiz is not shown. Move it before “::: quiz”; one quiz stands at the end."
)
