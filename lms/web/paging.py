"""Where one is in a long list."""

from dataclasses import dataclass
from typing import Any

from flask import url_for


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages count from 1."""

    number: int
    last: int
    previous_url: str | None
    next_url: str | None


def sheet_of(endpoint: str, number: int, total: int, on_a_page: int, **asked: Any) -> Sheet:
    """The sheet `number` of a list of `total`; `asked` stays in the addresses."""
    last = max(1, -(-total // on_a_page))

    def url(page: int) -> str | None:
        return url_for(endpoint, **asked, page=page) if 1 <= page <= last else None

    return Sheet(number, last, url(min(number - 1, last)), url(number + 1))
