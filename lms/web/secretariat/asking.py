"""From an address to the question it asks, and what is wrong with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask import current_app, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.refusals import Refusal
from lms.people.rules import local_date
from lms.reports.periods import (
    Period,
    date_from,
    period_between,
    period_from,
    plan_cycle,
    quarter_of,
)
from lms.reports.queries import place_in
from lms.reports.rules import GROUPINGS, Group, GroupUnknown, Place, Question
from lms.settings import Settings
from lms.web.desk import at_the_desk, say

LONGEST: Final = 60
R = TypeVar("R")
Problem = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address, as it was typed. Own dates win over `period`."""

    period: str
    first: str
    last: str
    place: str

    @property
    def has_dates(self) -> bool:
        """Whether own dates were typed, or one of them."""
        return bool(self.first or self.last)

    def arguments(self) -> dict[str, Any]:
        """The same again, for an address; what is empty is left out."""
        typed = {"first": self.first, "last": self.last} if self.has_dates else {}
        if not typed:
            typed = {"period": self.period}
        return {name: text for name, text in {**typed, "place": self.place}.items() if text}


def asked() -> Asked:
    """What this request's address asks for."""
    given = request.args
    period, first, last, place = (
        given.get(name, "").strip()[:LONGEST] for name in ("period", "first", "last", "place")
    )
    return Asked(period, first, last, place)


def settings() -> Settings:
    """This server's settings."""
    known: Settings = current_app.settings  # type: ignore[attr-defined]
    return known


def plan() -> Period:
    """The plan cycle of this server."""
    return plan_cycle(settings().plan_from, settings().plan_to)


def my_scope() -> tuple[str, ...]:
    """The subtrees this visitor sees as the secretariat."""
    return at_the_desk().paths_as("secretariat")


def try_question(typed: Asked) -> tuple[Question | None, tuple[Problem, ...]]:
    """The question, or what is wrong with what was typed: (link to the field, sentence)."""
    problems: list[Problem] = []
    period = _period(typed, problems)
    place = _attempt(problems, "#place", lambda: _place(typed.place))
    if period is None or problems:
        return None, tuple(problems)
    question = Question(
        period=period,
        plan=plan(),
        at=now(),
        scope=my_scope(),
        place=place,
        include_demo=settings().demo,
    )
    return question, ()


def question() -> Question:
    """The question of an address that a page of ours has made; refuses what is wrong in it."""
    typed = asked()
    place = _place(typed.place)
    return Question(_strict_period(typed), plan(), now(), my_scope(), place, settings().demo)


def group_asked(code: str) -> Group | None:
    """The group whose rows are asked for, None for all of the figure."""
    by, key = request.args.get("by", ""), request.args.get("key", "")[:LONGEST]
    if not by:
        return None
    found = next((each for each in GROUPINGS.get(code, ()) if each == by), None)
    if found is None or not key:
        raise GroupUnknown
    return Group(found, key)


def _period(typed: Asked, problems: list[Problem]) -> Period | None:
    if not typed.has_dates:
        return _attempt(problems, "#period", lambda: _strict_period(typed))
    for name, text in (("first", typed.first), ("last", typed.last)):
        if not text:
            problems.append((f"#{name}", _("Write both dates: the first day and the last day.")))
        else:
            _attempt(problems, f"#{name}", lambda text=text: date_from(text))  # type: ignore[misc]
    return None if problems else _attempt(problems, "#last", lambda: _strict_period(typed))


def _strict_period(typed: Asked) -> Period:
    if typed.has_dates:
        return period_between(typed.first, typed.last)
    if typed.period:
        return period_from(typed.period, plan())
    return quarter_of(local_date(now(), ""))


def _place(code: str) -> Place | None:
    return place_in(code, my_scope()) if code else None


def _attempt(problems: list[Problem], field: str, do: Callable[[], R]) -> R | None:
    try:
        return do()
    except Refusal as refusal:
        problems.append((field, say(refusal.sentence)))
        return None


def address_of(typed: Asked, period: Period) -> dict[str, Any]:
    """The arguments of an address that asks for this period in the same place."""
    if period.kind != "dates":
        return {"period": period.code, "place": typed.place or None}
    dates = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return {**dates, "place": typed.place or None}
