"""Periods a figure is asked for: a month, a quarter, a year, the plan, or any two dates."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from lms.base.language import Sentence, sentence
from lms.base.refusals import Refusal

Kind = Literal["month", "quarter", "year", "plan", "dates"]
PLAN: Final = "plan"
_EARLIEST: Final = 2000
_LATEST: Final = 2100
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_TYPED: Final = re.compile(r"(\d{4})(?:-?[QT]([1-4])|-(\d{2}))?")


class PeriodUnknown(Refusal):
    says = sentence(
        "“%(text)s” is not a period. Write a year such as 2026, a quarter such as 2026-Q1 or a "
        "month such as 2026-03."
    )


class DateUnknown(Refusal):
    says = sentence("“%(text)s” is not a date. Write year, month and day, such as 2026-03-31.")


class DatesReversed(Refusal):
    says = sentence(
        "The last day, %(last)s, is before the first day, %(first)s. Exchange the two dates."
    )


@dataclass(frozen=True, slots=True)
class Period:
    """All days from `first` to `last`, both counted. `code` is how an address names it."""

    first: date
    last: date
    kind: Kind
    code: str

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.first <= day <= self.last

    @property
    def number(self) -> int:
        """Which quarter or month of its year it is; 0 for other kinds."""
        if self.kind == "quarter":
            return (self.first.month + 2) // 3
        return self.first.month if self.kind == "month" else 0


def plan_cycle(plan_from: str, plan_to: str) -> Period:
    """The cycle of the action plan, from the two dates of the settings (YYYY-MM-DD)."""
    between = period_between(plan_from, plan_to)
    return Period(between.first, between.last, "plan", PLAN)


def period_from(text: str, plan: Period) -> Period:
    """The period somebody typed: 2026, 2026-Q1 (or T1), 2026-03, plan, 2026-01-01..2026-02-15.

    Refuses with `PeriodUnknown`, `DateUnknown` or `DatesReversed`.
    """
    clean = re.sub(r"\s+", "", text).upper()
    if clean == PLAN.upper():
        return plan
    if ".." in clean:
        first, _, last = clean.partition("..")
        return period_between(first, last)
    found = _TYPED.fullmatch(clean)
    if not found or not _EARLIEST <= int(found[1]) <= _LATEST:
        raise PeriodUnknown(text=text.strip())
    year, quarter, month = int(found[1]), found[2], found[3]
    if month and not 1 <= int(month) <= 12:
        raise PeriodUnknown(text=text.strip())
    if quarter:
        return quarter_of(date(year, int(quarter) * 3, 1))
    return month_of(date(year, int(month), 1)) if month else year_of(date(year, 1, 1))


def period_between(first: str, last: str) -> Period:
    """The days from one written date to another. Refuses as `period_from` does."""
    begin, end = date_from(first), date_from(last)
    if end < begin:
        raise DatesReversed(first=begin.isoformat(), last=end.isoformat())
    return Period(begin, end, "dates", f"{begin.isoformat()}..{end.isoformat()}")


def date_from(text: str) -> date:
    """A date written YYYY-MM-DD, or `DateUnknown`."""
    clean = re.sub(r"\s+", "", text)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", clean, re.ASCII):
            raise ValueError
        day = date.fromisoformat(clean)
    except ValueError:
        raise DateUnknown(text=text.strip()) from None
    if not _EARLIEST <= day.year <= _LATEST:
        raise DateUnknown(text=text.strip())
    return day


def month_of(day: date) -> Period:
    """The month a day lies in."""
    return _whole("month", date(day.year, day.month, 1), f"{day:%Y-%m}")


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    number = (day.month + 2) // 3
    return _whole("quarter", date(day.year, number * 3 - 2, 1), f"{day.year}-Q{number}")


def year_of(day: date) -> Period:
    """The year a day lies in."""
    return _whole("year", date(day.year, 1, 1), f"{day.year}")


def _whole(kind: Literal["month", "quarter", "year"], first: date, code: str) -> Period:
    month = first.month + _MONTHS[kind] - 1
    last = date(first.year, month, calendar.monthrange(first.year, month)[1])
    return Period(first, last, kind, code)


def previous(period: Period) -> Period | None:
    """The period of the same kind just before; None for the plan and before the year 2000."""
    return _neighbour(period, period.first - timedelta(days=1))


def following(period: Period) -> Period | None:
    """The period of the same kind just after; None for the plan and after the year 2100."""
    return _neighbour(period, period.last + timedelta(days=1))


def _neighbour(period: Period, day: date) -> Period | None:
    length = period.last - period.first
    first, last = (day - length, day) if day < period.first else (day, day + length)
    if period.kind == PLAN or first.year < _EARLIEST or last.year > _LATEST:
        return None
    if period.kind == "dates":
        return period_between(first.isoformat(), last.isoformat())
    of = {"month": month_of, "quarter": quarter_of, "year": year_of}[period.kind]
    return of(day)


def in_words(period: Period) -> Sentence:
    """The period's name; dates stay as they are written in the record."""
    match period.kind:
        case "plan":
            return sentence("The plan cycle")
        case "year":
            return sentence("Year %(year)s", year=str(period.first.year))
        case "quarter":
            return sentence(
                "Quarter %(number)s of %(year)s", number=period.number, year=str(period.first.year)
            )
        case "month":
            return sentence(
                "Month %(number)s of %(year)s", number=period.number, year=str(period.first.year)
            )
        case _:
            return sentence("Own dates")
