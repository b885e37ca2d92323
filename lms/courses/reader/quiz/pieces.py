"""The pieces of Markdown that questions are made of: blocks, list items, `{#id}` and gaps."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it.token import Token

from lms.base.language import Sentence, sentence

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID_LENGTH: Final = 60
_ATTRIBUTES: Final = re.compile(r"(?P<text>.*?)(?<!\{)\{(?P<inner>[^{}]*)\}", re.DOTALL)
_BOX: Final = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_QUOTE: Final = re.compile(r"^[ \t]*>[ ]?")
GAP_TEXT: Final = re.compile(r"\[\[(?!term:)([^\[\]\n]*)\]\]")


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of a quiz: its token type without `_open`, its tokens, its lines."""

    kind: str
    tokens: Sequence[Token]
    start: int
    end: int

    def markdown(self, lines: Sequence[str]) -> str:
        """The block as it was written."""
        return "\n".join(lines[self.start : self.end]).strip("\n")

    def quoted(self, lines: Sequence[str]) -> str:
        """The text inside a quotation."""
        inner = (_QUOTE.sub("", line).rstrip() for line in lines[self.start : self.end])
        return "\n".join(inner).strip("\n")


@dataclass(frozen=True, slots=True)
class Item:
    """One list item: `box` is None without a box, else whether it is ticked. `extra` counts
    blocks that do not belong in an item."""

    text: str
    line: int
    box: bool | None
    quotes: tuple[Block, ...] = ()
    extra: int = 0


@dataclass(frozen=True, slots=True)
class Attributes:
    """What `{#id points=2}` says, and the text before it."""

    text: str
    id: str = ""
    values: dict[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


def blocks_of(tokens: Sequence[Token], level: int = 0) -> Iterator[Block]:
    """The blocks that stand at one level of nesting."""
    start = None
    for position, token in enumerate(tokens):
        if token.level != level:
            continue
        if token.nesting == 1:
            start = position
        elif start is not None and token.nesting == -1:
            yield _block(tokens[start : position + 1])
            start = None
        elif token.nesting == 0:
            yield _block([token])


def _block(tokens: Sequence[Token]) -> Block:
    span = tokens[0].map or [0, 0]
    return Block(tokens[0].type.removesuffix("_open"), tokens, span[0], span[1])


def items_of(block: Block) -> list[Item]:
    """The items of a list."""
    inner = block.tokens[1:-1]
    level = block.tokens[0].level + 1
    return [_item(one, level + 1) for one in blocks_of(inner, level) if one.kind == "list_item"]


def _item(one: Block, level: int) -> Item:
    parts = list(blocks_of(one.tokens[1:-1], level))
    first = parts[0] if parts and parts[0].kind == "paragraph" else None
    text = first.tokens[1].content if first else ""
    box = _BOX.match(text)
    quotes = tuple(part for part in parts if part.kind == "blockquote")
    return Item(
        text=text[box.end() :] if box else text,
        line=one.start,
        box=None if box is None else box[1] != " ",
        quotes=quotes,
        extra=len(parts) - len(quotes) - (1 if first else 0),
    )


def attributes_of(text: str) -> Attributes:
    """Splits `Text {#id points=2}`."""
    found = _ATTRIBUTES.fullmatch(text.strip())
    if not found:
        return Attributes(text.strip())
    ids, values, wrong = [], {}, []
    for part in found["inner"].split():
        name, equals, value = part.partition("=")
        if part.startswith("#"):
            ids.append(part[1:])
        elif equals:
            values[name] = value
        else:
            wrong.append(part)
    wrong += ids[1:]
    return Attributes(found["text"].strip(), ids[0] if ids else "", values, tuple(wrong))


def words_of(block: Block) -> str:
    """The source text of a paragraph or a heading; empty for other blocks."""
    if block.kind not in ("paragraph", "heading"):
        return ""
    return str(block.tokens[1].content)


def is_usable_id(text: str) -> bool:
    """Whether a question or an option may be named so."""
    return bool(_ID.fullmatch(text)) and len(text) <= _ID_LENGTH


def bad_id(text: str) -> Sentence:
    """What to do about an id that cannot be used."""
    return sentence(
        "The id “%(id)s” cannot be used. Use small letters, figures and hyphens, 60 signs at most.",
        id=text,
    )
