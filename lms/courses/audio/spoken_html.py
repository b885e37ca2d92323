"""From a lesson's safe HTML to the words that are said, block by block."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

BLOCKS: Final = ("h2", "h3", "h4", "h5", "h6", "p", "li", "tr", "img", "pre", "figcaption")
"""What is said in one breath. The script on the page counts the same tags in the same order."""
_CELLS: Final = ("td", "th")
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {"img": "Image\u202f: ", "gap": "mot qui manque"},
    "en": {"img": "Picture: ", "gap": "missing word"},
}
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
"""Not those that keep a figure or a sign together."""
_GAP: Final = re.compile(r"\[\s*…\s*\]")
_BEFORE_CELL_END: Final = re.compile(r"[,;]?\s*$")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one block: `block` is its number among the blocks of the HTML, from 0."""

    text: str
    block: int


def said_in(html: str, language: str) -> tuple[Said, ...]:
    """What is said of an HTML text, in its order.

    Headings, paragraphs, items, call-outs (their title first), tables row by row, what pictures
    show. Boxes to tick and empty blocks are left out.
    """
    reader = _Reader(_WORDS.get(language, _WORDS["en"]))
    reader.feed(html)
    reader.close()
    reader.flush()
    return tuple(reader.said)


@dataclass(slots=True)
class _List:
    """A list that is being read; `number` is None without numbers."""

    number: int | None


@dataclass(slots=True)
class _Open:
    """A block that is being read."""

    tag: str
    block: int
    is_title: bool = False
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[Said] = []
        self._own_words = words
        self._count = 0
        self._open: list[_Open] = []
        self._lists: list[_List] = []
        self._before = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins a block; what was said before it in the block around it is a part of its own."""
        given = {name: value or "" for name, value in attrs}
        if tag in ("ol", "ul"):
            self.flush()
            start = int(given.get("start") or 1)
            self._lists.append(_List(start if tag == "ol" else None))
        elif tag in BLOCKS:
            self._begin(tag, given)
        elif tag == "br":
            self.handle_data(" ")

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        self.flush()
        block = _Open(tag, self._count, "callout-title" in given.get("class", ""))
        self._count += 1
        self._open.append(block)
        if tag == "img":
            alt = given.get("alt", "").strip()
            block.words.append(self._own_words["img"] + alt if alt else "")
            self._end_block()
        elif tag == "li" and self._lists and self._lists[-1].number is not None:
            self._before = f"{self._lists[-1].number}. "
            self._lists[-1].number += 1

    def handle_endtag(self, tag: str) -> None:
        """Ends a block, a cell or a list."""
        if tag in ("ol", "ul") and self._lists:
            self.flush()
            self._lists.pop()
        elif tag in _CELLS and self._open:
            words = _BEFORE_CELL_END.sub("", "".join(self._open[-1].words))
            self._open[-1].words = [words, ", " if words else ""]
        elif tag in BLOCKS and tag != "img" and self._open:
            self._end_block()

    def _end_block(self) -> None:
        self.flush()
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Words of the block that is open; what stands outside of any is not said."""
        if self._open:
            self._open[-1].words.append(data)

    def flush(self) -> None:
        """Says what the open block holds by now."""
        if not self._open:
            return
        block = self._open[-1]
        text = self._cleaned("".join(block.words))
        block.words = []
        if not text:
            return
        if block.is_title:
            self._before += text.rstrip(".") + ". "
            return
        self.said.append(Said(self._before + text, block.block))
        self._before = ""

    def _cleaned(self, text: str) -> str:
        gap = f"… {self._own_words['gap']} …"
        text = _GAP.sub(gap, text.replace("☐", "").replace("☑", ""))
        return _SPACES.sub(" ", text).strip().removesuffix(",").strip()
