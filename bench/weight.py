"""Bytes on the wire of a page and all it needs, at the first visit and at the next."""

import re
from dataclasses import dataclass
from typing import Final

from bench.browser import Browser

_NEEDED: Final = re.compile(r'<(?:link[^>]+rel="(?:stylesheet|icon)"[^>]*|script|img|use)\b[^>]*>')
_ADDRESS: Final = re.compile(r'(?:href|src)="([^"#]+)')


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of all answers, headers with them, and how many answers there were."""

    bytes: int
    answers: int
    page: int


def needed_by(html: str) -> list[str]:
    """What a browser fetches for a page: styles, scripts, icons, pictures."""
    found = [_ADDRESS.search(tag) for tag in _NEEDED.findall(html)]
    return sorted({each[1] for each in found if each})


def first_view(browser: Browser, path: str) -> Weight:
    """A browser that has nothing yet."""
    page = browser.get(path, "br")
    parts = [browser.get(each, "br") for each in needed_by(browser.get(path).text)]
    whole = page.wire + sum(part.wire for part in parts)
    return Weight(whole, 1 + len(parts), page.wire)


def repeat_view(browser: Browser, path: str) -> Weight:
    """The next visit: what never changes is kept, the page itself is asked for again."""
    kept = browser.get(path, "br").headers["ETag"]
    parts = [browser.get(each) for each in needed_by(browser.get(path).text)]
    again = [part for part in parts if "immutable" not in part.headers.get("Cache-Control", "")]
    page = browser.get(path, "br", **{"If-None-Match": kept})
    return Weight(page.wire + sum(part.wire for part in again), 1 + len(again), page.wire)
