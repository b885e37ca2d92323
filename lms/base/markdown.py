"""Markdown to safe HTML: CommonMark, tables, task lists, GitHub's call-outs, glossary links.

Raw HTML is never passed through. What a text refers to outside itself (pictures, links, terms)
is asked of `References`, so that this floor knows neither courses nor addresses.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from lms.base.safe_html import safe_html
from lms.base.typography import typographed

CALLOUT: Final = re.compile(r"\[!([A-Za-z]+)\][ \t]*(?:\n|$)")
CALLOUT_KINDS: Final = ("note", "tip", "important", "warning")
_TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {"note": "Note", "tip": "Conseil", "important": "Important", "warning": "Attention"},
    "en": {"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning"},
}
_TERM: Final = re.compile(r"\[\[term:([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_BOX: Final = re.compile(r"\[([ xX])\][ \t]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page shows it: sizes in pixels, weight in bytes."""

    src: str
    width: int
    height: int
    size: int
    srcset: str = ""


def _no_picture(_source: str) -> Picture | None:
    return None


def _same_link(address: str) -> str | None:
    return address


def _no_term(_name: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class References:
    """Answers what a text points at. None means unknown: the words stay, the link goes."""

    picture: Callable[[str], Picture | None] = _no_picture
    link: Callable[[str], str | None] = _same_link
    term: Callable[[str], str | None] = _no_term
    callout_titles: Mapping[str, str] = field(default_factory=dict)


def markdown_to_html(text: str, *, language: str, references: References = References()) -> str:
    """Safe HTML of a Markdown text, with the typography of `language`."""
    return safe_html(_parser().render(text, _environment(language, references)))


def inline_to_html(text: str, *, language: str, references: References = References()) -> str:
    """Safe HTML of one line of Markdown, without a paragraph around it."""
    return safe_html(_parser().renderInline(text, _environment(language, references)))


def _environment(language: str, references: References) -> dict[str, Any]:
    return {"language": language, "asks": references, "ids": set()}


def block_tokens(text: str) -> list[Token]:
    """The tokens of a text as this site reads Markdown, before any typography."""
    return _parser().parse(text, {})


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("link", "term", _read_term)
    parser.core.ruler.after("block", "callouts", _read_callouts)
    parser.core.ruler.after("callouts", "boxes", _read_boxes)
    parser.core.ruler.after("inline", "typography", _set_typography)
    parser.core.ruler.after("typography", "figures", _mark_figures)
    for name, rule in _RENDERERS.items():
        parser.add_render_rule(name, rule)
    return parser


# Reading


def _read_term(state: StateInline, silent: bool) -> bool:
    found = _TERM.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("term", "a", 0)
        token.content = (found[2] or found[1]).strip()
        token.meta = {"term": found[1].strip()}
    state.pos = found.end()
    return True


def _read_callouts(state: StateCore) -> None:
    tokens = state.tokens
    for position in range(len(tokens) - 3, -1, -1):
        three = [token.type for token in tokens[position : position + 3]]
        if three != ["blockquote_open", "paragraph_open", "inline"]:
            continue
        inline = tokens[position + 2]
        found = CALLOUT.match(inline.content)
        if found and found[1].lower() in CALLOUT_KINDS:
            inline.content = inline.content[found.end() :]
            _make_callout(tokens, position, found[1].lower())


def _make_callout(tokens: list[Token], position: int, kind: str) -> None:
    opening = tokens[position]
    opening.type, opening.tag, opening.meta = "callout_open", "div", {"callout": kind}
    closing = _closing_of(tokens, position)
    tokens[closing].type, tokens[closing].tag = "callout_close", "div"
    if not tokens[position + 2].content:
        del tokens[position + 1 : position + 4]


def _closing_of(tokens: Sequence[Token], position: int) -> int:
    level = tokens[position].level
    later = range(position + 1, len(tokens))
    return next(i for i in later if tokens[i].level == level and tokens[i].nesting == -1)


def _read_boxes(state: StateCore) -> None:
    for before, _, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        found = _BOX.match(inline.content) if inline.type == "inline" else None
        if found and before.type == "list_item_open":
            before.meta = {**before.meta, "checked": found[1] != " "}
            if state.env.get("asks"):
                mark = "☐" if found[1] == " " else "☑"
                inline.content = f"{mark} {inline.content[found.end() :]}"


def _set_typography(state: StateCore) -> None:
    language = state.env.get("language")
    if not language:
        return
    for token in state.tokens:
        if token.type == "inline":
            _typograph(token.children or [], language, "")


def _typograph(children: Sequence[Token], language: str, before: str) -> None:
    in_address = False
    for token in children:
        if token.type == "link_open":
            in_address = token.info == "auto"
        elif token.type in ("softbreak", "hardbreak"):
            before = " "
        elif token.type in ("text", "term") and not in_address:
            token.content = typographed(token.content, language, before)
            before = token.content[-1:] or before
        elif token.type == "image":
            _typograph(token.children or [], language, "")
            before = "x"
        elif token.content:
            before = "x"


def _mark_figures(state: StateCore) -> None:
    for opening, inline, closing in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        children = inline.children or []
        alone = len(children) == 1 and children[0].type == "image"
        if opening.type == "paragraph_open" and not opening.hidden and alone:
            opening.tag = closing.tag = "figure"
            children[0].meta = {"figure": True}


# Writing


def _open_callout(
    _self: RendererHTML, tokens: Sequence[Token], i: int, _options: Any, env: Any
) -> str:
    kind = tokens[i].meta["callout"]
    titles = env["asks"].callout_titles or _TITLES.get(env["language"], _TITLES["en"])
    title = escape(titles[kind])
    return f'<div class="callout callout-{kind}"><p class="callout-title">{title}</p>\n'


def _open_heading(
    self: RendererHTML, tokens: Sequence[Token], i: int, options: Any, env: Any
) -> str:
    words = "".join(child.content for child in tokens[i + 1].children or [])
    tokens[i].attrSet("id", _fresh_id(words, env["ids"]))
    return self.renderToken(tokens, i, options, env)


def _fresh_id(words: str, taken: set[str]) -> str:
    spaced = words.replace("’", " ").replace("\u202f", " ")
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    slug = "s-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "part")
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    taken.add(candidate)
    return candidate


def _open_link(self: RendererHTML, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
    token = tokens[i]
    address = env["asks"].link(str(token.attrGet("href") or ""))
    token.attrs = {"href": address} if address else {}
    return self.renderToken(tokens, i, options, env)


def _show_term(
    _self: RendererHTML, tokens: Sequence[Token], i: int, _options: Any, env: Any
) -> str:
    address = env["asks"].term(tokens[i].meta["term"])
    words = escape(tokens[i].content)
    return f'<a class="term" href="{escape(address)}">{words}</a>' if address else words


def _show_image(self: RendererHTML, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
    token = tokens[i]
    alt = self.renderInlineAsText(token.children, options, env) if token.children else ""
    picture = env["asks"].picture(str(token.attrGet("src") or ""))
    shown = _image_tag(picture, alt) if picture else escape(alt)
    caption = typographed(str(token.attrGet("title") or ""), env["language"])
    if token.meta.get("figure") and caption:
        shown += f"<figcaption>{escape(caption)}</figcaption>"
    return shown


def _image_tag(picture: Picture, alt: str) -> str:
    attributes = {
        "src": picture.src,
        "srcset": picture.srcset,
        "sizes": "(max-width: 40rem) 100vw, 40rem" if picture.srcset else "",
        "width": str(picture.width),
        "height": str(picture.height),
        "loading": "lazy",
        "decoding": "async",
        "data-bytes": str(picture.size),
    }
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f'<img alt="{escape(alt)}"{written}>'


def _open_table(
    _self: RendererHTML, _tokens: Sequence[Token], _i: int, _options: Any, _env: Any
) -> str:
    return '<div class="table-wrap" tabindex="0"><table>\n'


def _close_table(
    _self: RendererHTML, _tokens: Sequence[Token], _i: int, _options: Any, _env: Any
) -> str:
    return "</table></div>\n"


def _open_cell(self: RendererHTML, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
    token = tokens[i]
    side = str(token.attrGet("style") or "").removeprefix("text-align:")
    token.attrs = {"class": f"align-{side}"} if side in ("right", "center") else {}
    if token.tag == "th":
        token.attrSet("scope", "col")
    return self.renderToken(tokens, i, options, env)


_RENDERERS: Final[Mapping[str, Callable[..., str]]] = {
    "callout_open": _open_callout,
    "heading_open": _open_heading,
    "link_open": _open_link,
    "term": _show_term,
    "image": _show_image,
    "table_open": _open_table,
    "table_close": _close_table,
    "th_open": _open_cell,
    "td_open": _open_cell,
}
