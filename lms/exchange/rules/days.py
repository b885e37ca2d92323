"""Days as people write them. The order of day and month is guessed for no one. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from lms.base.language import Sentence, sentence
from lms.people.rules import is_birth_year

Order = Literal["day", "month", ""]
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO: Final = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[T ][\d:.]+Z?)?")
_EARLIEST: Final = 1900
_LATEST: Final = 2100
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was read, or the sentence that says why not."""

    day: date | None = None
    problem: Sentence | None = None


def order_in(column: Iterable[str]) -> Order:
    """Which number comes first in the days of a column: known as soon as one of them is above
    12; not known where none is, or where they contradict each other."""
    found = {_proof(text) for text in column} - {""}
    return found.pop() if len(found) == 1 else ""


def _proof(text: str) -> Order:
    numbers = _NUMBERS.fullmatch(text.strip())
    if numbers is None:
        return ""
    first, second = int(numbers[1]), int(numbers[2])
    if first > MONTHS >= second:
        return "day"
    return "month" if second > MONTHS >= first else ""


def day_in(text: str, order: Order) -> Day:
    """2026-03-04, 04/03/2026 or 4.3.2026; a day that may be read in two ways is asked for."""
    text = text.strip()
    iso = _ISO.fullmatch(text)
    if iso:
        return _day(text, int(iso[1]), int(iso[2]), int(iso[3]))
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        return Day(problem=_not_a_day(text))
    first, second, year = (int(number) for number in numbers.groups())
    alone = _proof(text) or ("day" if first == second else "")
    chosen = alone or order
    if not chosen:
        return Day(
            problem=sentence(
                "“%(text)s” can be read as two different days. Write it as year-month-day, for "
                "example 2026-03-04.",
                text=text[:40],
            )
        )
    day, month = (first, second) if chosen == "day" else (second, first)
    return _day(text, year, month, day)


def _day(text: str, year: int, month: int, day: int) -> Day:
    try:
        found = date(year, month, day)
    except ValueError:
        return Day(problem=_not_a_day(text))
    return Day(found) if _EARLIEST <= year < _LATEST else Day(problem=_not_a_day(text))


def _not_a_day(text: str) -> Sentence:
    return sentence(
        "“%(text)s” is not a day. Write it as year-month-day, for example 2026-03-04.",
        text=text[:40],
    )


def birth_year_in(text: str, today: date) -> int | None:
    """The year of a birth date or year, whatever the order of day and month; None for nonsense."""
    text = text.strip()
    found = re.fullmatch(r"\d{4}", text) or _NUMBERS.fullmatch(text) or _ISO.fullmatch(text)
    if found is None:
        return None
    years = re.findall(r"\d{4}", text)
    year = int(years[0])
    return year if year_is_of_a_day(text) and is_birth_year(year, today) else None


def year_is_of_a_day(text: str) -> bool:
    """Whether a text that holds a day holds one that exists in some order."""
    if re.fullmatch(r"\d{4}", text):
        return True
    return any(day_in(text, order).day is not None for order in ("day", "month"))
