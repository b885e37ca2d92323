"""Where one is in a long list."""

from dataclasses import dataclass
from typing import Any, Final

from flask import request, url_for

_NO_LIST_IS_LONGER: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages count from 1."""

    number: int
    last: int
    previous_url: str | None
    next_url: str | None


def page_asked() -> int:
    """The page of a list that the address asks for, from 1: the first where it names none."""
    return min(max(1, request.args.get("page", 1, int)), _NO_LIST_IS_LONGER)


def sheet_of(endpoint: str, number: int, total: int, on_a_page: int, **asked: Any) -> Sheet:
    """The sheet `number` of a list of `total`; `asked` stays in the addresses."""
    last = max(1, -(-total // on_a_page))

    def url(page: int) -> str | None:
        return url_for(endpoint, **asked, page=page) if 1 <= page <= last else None

    return Sheet(number, last, url(min(number - 1, last)), url(number + 1))
