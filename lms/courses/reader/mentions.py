"""What a text is built from and refers to, with lines: for the checker."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from markdown_it.token import Token

from lms.base.markdown import block_tokens
from lms.courses.rules.course import Mention

_ANY_MARKER: Final = re.compile(r"\{\{([^{}\n]*)\}\}")
_HTML: Final = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<!--")
_CALLOUT_LINE: Final = re.compile(r"\[!([A-Za-z]+)\]")


def mentions_in(markdown: str, first_line: int) -> list[Mention]:
    """Headings, pictures, links, glossary terms, call-outs and raw HTML of a Markdown text."""
    found: list[Mention] = []
    tokens = block_tokens(markdown)
    line = first_line
    for position, token in enumerate(tokens):
        if token.map:
            line = first_line + token.map[0]
        if token.type == "callout_open":
            found.append(Mention("callout", token.meta["callout"], line))
        elif token.type == "inline":
            found.extend(_in_block(tokens, position, line))
    return found


def _in_block(tokens: Sequence[Token], position: int, line: int) -> Iterator[Mention]:
    token, before = tokens[position], tokens[position - 1]
    if before.type == "heading_open":
        yield Mention("heading", token.content, line, level=int(before.tag[1]))
    elif unknown := _CALLOUT_LINE.match(token.content):
        yield Mention("callout", unknown[1].lower(), line)
    yield from _inline(token.children or [], line)


def _inline(children: Sequence[Token], line: int) -> Iterator[Mention]:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "image":
            source = unquote(str(child.attrGet("src") or ""))
            yield Mention("image", source, line, alt=child.content.strip())
        elif child.type == "link_open":
            yield Mention("link", unquote(str(child.attrGet("href") or "")), line)
        elif child.type == "term":
            yield Mention("term", child.meta["term"], line)
        elif child.type == "text" and (html := _HTML.search(child.content)):
            yield Mention("html", html[0], line)


def values_in(text: str) -> list[Mention]:
    """Every `{{ name }}` of a whole file, well written or not."""
    return [
        Mention("value", found[1].strip(), number)
        for number, line in enumerate(text.split("\n"), start=1)
        for found in _ANY_MARKER.finditer(line)
    ]
