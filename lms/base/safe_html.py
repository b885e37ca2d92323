"""The one place that decides which HTML may leave the server when people wrote its source.

bleach is used here and nowhere else, so that another sanitiser can take its place.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

import bleach

_Check = Callable[[str], object]

_TAGS: Final = """
    a blockquote br code del div em figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre s span
    strong sub sup table tbody td th thead tr ul
"""
_CLASSES: Final = """
    callout callout-note callout-tip callout-important callout-warning callout-title
    table-wrap term gap align-right align-center
"""
_OWN_PATH: Final = re.compile(r"/(?![/\\])[\w./~-]*")
_SRCSET: Final = re.compile(r"/(?![/\\])[\w./~-]+ \d{1,5}w(, /(?![/\\])[\w./~-]+ \d{1,5}w)*")
_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:|#|/(?![/\\]))[^\s\\]*", re.IGNORECASE)
_ID: Final = re.compile(r"s-[\w-]{1,80}")
_NUMBER: Final = re.compile(r"\d{1,9}")
_SIZES: Final = re.compile(r"[\w(): .,-]{1,100}")


def _classes(value: str) -> bool:
    return bool(value) and set(value.split()) <= set(_CLASSES.split())


def _one_of(*allowed: str) -> _Check:
    return lambda value: value in allowed


def _anything(_value: str) -> bool:
    return True


_IMAGE: Final[Mapping[str, _Check]] = {
    "src": _OWN_PATH.fullmatch,
    "srcset": _SRCSET.fullmatch,
    "sizes": _SIZES.fullmatch,
    "alt": _anything,
    "width": _NUMBER.fullmatch,
    "height": _NUMBER.fullmatch,
    "loading": _one_of("lazy"),
    "decoding": _one_of("async"),
    "data-bytes": _NUMBER.fullmatch,
}
_ATTRIBUTES: Final[Mapping[str, Mapping[str, _Check]]] = {
    "a": {"href": _LINK.fullmatch, "class": _classes},
    "img": _IMAGE,
    "ol": {"start": _NUMBER.fullmatch},
    "div": {"class": _classes, "tabindex": _one_of("0")},
    "p": {"class": _classes},
    "span": {"class": _classes},
    "li": {"class": _classes},
    "th": {"class": _classes, "scope": _one_of("col", "row")},
    "td": {"class": _classes},
    **{f"h{level}": {"id": _ID.fullmatch} for level in range(2, 7)},
}


def safe_html(html: str) -> str:
    """The HTML with nothing left but known tags, attributes and addresses.

    Pictures only come from this site; links go to http, https, mailto, tel or into the site.
    Scripts, styles, frames, forms, comments and event attributes are taken out.
    """
    cleaner = bleach.Cleaner(
        tags=frozenset(_TAGS.split()),
        attributes=_allowed,
        protocols=frozenset({"http", "https", "mailto", "tel"}),
        strip=True,
        strip_comments=True,
    )
    return cleaner.clean(html)


def _allowed(tag: str, name: str, value: str) -> bool:
    check = _ATTRIBUTES.get(tag, {}).get(name)
    return bool(check and check(value))
