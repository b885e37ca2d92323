"""Lists of a question: options, lines to put in order, pairs."""

import re
from collections.abc import Sequence
from typing import Final

from lms.base.language import sentence
from lms.courses.reader.notes import Notes
from lms.courses.reader.quiz.pieces import (
    Block,
    Item,
    attributes_of,
    bad_id,
    is_usable_id,
    items_of,
)
from lms.courses.rules.course import SourceItem
from lms.courses.rules.questions import Kind

_PAIR: Final = re.compile(r"\s+::\s+")
_LISTS: Final = ("bullet_list", "ordered_list")


def find_list(blocks: Sequence[Block], notes: Notes) -> tuple[int, Kind] | None:
    """Which block is the list to answer with, and the kind of question it makes."""
    lists = [(i, block) for i, block in enumerate(blocks) if block.kind in _LISTS]
    boxed = [(i, b) for i, b in lists if any(item.box is not None for item in items_of(b))]
    for _, extra in boxed[1:]:
        notes.add(extra.start, _TWO_LISTS)
    if boxed:
        position, block = boxed[0]
        return position, Kind.ONE if block.kind == "ordered_list" else Kind.SEVERAL
    pairs = [i for i, b in lists if any(_PAIR.search(item.text) for item in items_of(b))]
    if pairs:
        return pairs[-1], Kind.MATCH
    ordered = [i for i, b in lists if b.kind == "ordered_list"]
    return (ordered[-1], Kind.ORDER) if ordered else None


def read_items(
    block: Block, kind: Kind, lines: Sequence[str], notes: Notes
) -> tuple[SourceItem, ...]:
    """The items of an answer list, with a problem for each one that is not complete."""
    return tuple(_read_item(item, kind, lines, notes) for item in items_of(block))


def _read_item(item: Item, kind: Kind, lines: Sequence[str], notes: Notes) -> SourceItem:
    attributes = attributes_of(item.text)
    text, _, other = (
        _split_pair(attributes.text) if kind is Kind.MATCH else (attributes.text, "", "")
    )
    if not attributes.id:
        notes.add(item.line, _NO_ID)
    elif not is_usable_id(attributes.id):
        notes.add(item.line, bad_id(attributes.id))
    if attributes.wrong or attributes.values:
        notes.add(item.line, _ONLY_ID)
    _check_shape(item, kind, text, other, notes)
    return SourceItem(
        id=attributes.id,
        text=text,
        line=notes.offset + item.line + 1,
        right=bool(item.box),
        feedback="\n\n".join(quote.quoted(lines) for quote in item.quotes),
        other=other,
    )


def _split_pair(text: str) -> tuple[str, str, str]:
    found = _PAIR.search(text)
    return (text[: found.start()], "::", text[found.end() :]) if found else (text, "", "")


def _check_shape(item: Item, kind: Kind, text: str, other: str, notes: Notes) -> None:
    if not text or (kind is Kind.MATCH and not other):
        notes.add(item.line, _NO_OTHER if kind is Kind.MATCH else _NO_TEXT)
    if kind in (Kind.ONE, Kind.SEVERAL) and item.box is None:
        notes.add(item.line, _NO_BOX)
    if kind in (Kind.ORDER, Kind.MATCH) and item.quotes:
        notes.add(item.line, _NO_FEEDBACK_HERE)
    if item.extra:
        notes.add(item.line, _EXTRA)


_TWO_LISTS: Final = sentence(
    "This is a second list with boxes. Keep one list for each question. If a feedback line cut "
    "the list in two, indent it: three spaces, then “>”."
)
_NO_ID: Final = sentence(
    "This line has no id. Add one at its end, such as {#short-name}, the same in every language."
)
_ONLY_ID: Final = sentence("Only an id is understood here. Write it as {#short-name}.")
_NO_TEXT: Final = sentence("This line is empty. Write its text before the id.")
_NO_OTHER: Final = sentence("A pair has two sides. Write “left :: right {#id}”.")
_NO_BOX: Final = sentence("This line has no box. Begin it with [ ] or, where it is right, [x].")
_NO_FEEDBACK_HERE: Final = sentence(
    "Feedback is not shown here. Write the explanation after the list, as a paragraph."
)
_EXTRA: Final = sentence(
    "This line holds more than its text and its feedback. Write the text on one line and the "
    "feedback under it with “>”."
)
