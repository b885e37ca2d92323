"""Questions of a quiz block, one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lms.base.language import sentence
from lms.base.markdown import block_tokens
from lms.courses.reader.notes import Notes
from lms.courses.reader.quiz.block import QuizBlock
from lms.courses.reader.quiz.gaps import Gap, find_gap, without_gap
from lms.courses.reader.quiz.items import find_list, read_items
from lms.courses.reader.quiz.pieces import (
    Attributes,
    Block,
    attributes_of,
    bad_id,
    blocks_of,
    is_usable_id,
    words_of,
)
from lms.courses.rules.course import SourceQuestion
from lms.courses.rules.questions import Kind

_POINTS_LIMIT: Final = 100


@dataclass(frozen=True, slots=True)
class _Parts:
    """A question cut in three; `answer` holds the fields of `SourceQuestion` that answer it."""

    kind: Kind | None
    before: Sequence[str]
    hint: str
    after: Sequence[str]
    answer: dict[str, Any]


def questions_in(quiz: QuizBlock, notes: Notes) -> list[SourceQuestion]:
    """The questions of a block; `notes` count lines from where the block's text begins."""
    lines = quiz.text.split("\n")
    questions = [
        _question(blocks, lines, notes) for blocks in _by_heading(quiz.text, notes) if blocks
    ]
    if not questions:
        notes.add(-1, sentence("The quiz has no question. Begin one with “## Question {#id}”."))
    return questions


def _by_heading(text: str, notes: Notes) -> Iterator[list[Block]]:
    gathered: list[Block] = []
    for block in blocks_of(block_tokens(text)):
        if block.kind == "heading" and block.tokens[0].tag == "h2":
            yield gathered
            gathered = [block]
        elif not gathered:
            notes.add(block.start, _BEFORE_FIRST)
        elif block.kind == "heading":
            notes.add(block.start, _OTHER_HEADING)
        else:
            gathered.append(block)
    yield gathered


def _question(blocks: Sequence[Block], lines: Sequence[str], notes: Notes) -> SourceQuestion:
    heading, rest = blocks[0], blocks[1:]
    attributes = attributes_of(words_of(heading))
    _check_heading(attributes, heading.start, notes)
    parts = _parts(rest, lines, notes)
    if parts.kind is None:
        notes.add(heading.start, _NO_ANSWER)
    return SourceQuestion(
        id=attributes.id,
        kind=parts.kind,
        points=_points(attributes, heading.start, notes),
        title=attributes.text,
        line=notes.offset + heading.start + 1,
        statement="\n\n".join(parts.before),
        hint=parts.hint,
        explanation="\n\n".join(parts.after),
        **parts.answer,
    )


def _check_heading(attributes: Attributes, line: int, notes: Notes) -> None:
    if not attributes.id:
        notes.add(line, _NO_ID)
    elif not is_usable_id(attributes.id):
        notes.add(line, bad_id(attributes.id))
    if not attributes.text:
        notes.add(line, sentence("This question has no text. Write it after “## ”."))
    unknown = [*attributes.wrong, *(name for name in attributes.values if name != "points")]
    if unknown:
        what = sentence("“%(name)s” is not understood here. Write {#id points=1}.", name=unknown[0])
        notes.add(line, what)


def _points(attributes: Attributes, line: int, notes: Notes) -> int:
    written = attributes.values.get("points", "1")
    if written.isascii() and written.isdigit() and 1 <= int(written[:4]) <= _POINTS_LIMIT:
        return int(written)
    notes.add(line, sentence("Points must be a whole number from 1 to 100: points=1."))
    return 1


def _parts(blocks: Sequence[Block], lines: Sequence[str], notes: Notes) -> _Parts:
    gap = find_gap(blocks, notes)
    found = find_list(blocks, notes) if gap is None else None
    if gap:
        return _around_gap(gap, blocks, lines)
    if found is None:
        before, hint = _before(blocks, lines)
        return _Parts(None, before, hint, (), {})
    position, kind = found
    before, hint = _before(blocks[:position], lines)
    after = blocks[position + 1 :]
    for block in after:
        if block.kind == "blockquote":
            notes.add(block.start, _QUOTE_AFTER)
    items = read_items(blocks[position], kind, lines, notes)
    return _Parts(kind, before, hint, [block.markdown(lines) for block in after], {"items": items})


def _around_gap(gap: Gap, blocks: Sequence[Block], lines: Sequence[str]) -> _Parts:
    before, hint = _before(blocks[: gap.position], lines)
    after, late_hint = _before(blocks[gap.position + 1 :], lines)
    if gap.kind is not Kind.OPEN:
        before = [*before, without_gap(blocks[gap.position].markdown(lines))]
    answer = {"accepted": gap.accepted, "number": gap.number, "tolerance": gap.tolerance}
    return _Parts(gap.kind, before, hint or late_hint, after, answer)


def _before(blocks: Sequence[Block], lines: Sequence[str]) -> tuple[list[str], str]:
    quotes = [block for block in blocks if block.kind == "blockquote"]
    hint = quotes[0].quoted(lines) if quotes else ""
    kept = [block for block in blocks if not quotes or block is not quotes[0]]
    return [block.markdown(lines) for block in kept], hint


_BEFORE_FIRST: Final = sentence(
    "This stands before the first question. Begin a question with “## ”, or move it before the "
    "quiz."
)
_OTHER_HEADING: Final = sentence(
    "In a quiz every heading is a question. Use “## ” for questions, and no other heading."
)
_NO_ID: Final = sentence(
    "This question has no id. Add one at the end of the line, such as {#short-name}, the same in "
    "every language."
)
_NO_ANSWER: Final = sentence(
    "This question has nothing to answer. Add a list with [ ] and [x], a list to put in order, "
    "lines with “::”, or a gap such as [[word]]."
)
_QUOTE_AFTER: Final = sentence(
    "This quotation belongs to no option. For feedback, indent it under its option: three "
    "spaces, then “>”. For an explanation, remove the “>”."
)
