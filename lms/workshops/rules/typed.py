"""From what people type to sittings and persons, and what is wrong with a plan. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from lms.base.language import LANGUAGES
from lms.workshops.rules.refusals import (
    FamilyNameMissing,
    LanguageMissing,
    ModeMissing,
    NothingTyped,
    OrganiserMissing,
    PlaceMissing,
    SittingDayWrong,
    SittingEndsBeforeStart,
    SittingMissing,
    SittingsOverlap,
    SittingTimeWrong,
    ThemeMissing,
    TitleMissing,
    TooManySittings,
    WorkshopRefusal,
)
from lms.workshops.rules.values import MODES, MOST_SITTINGS, THEMES, Plan, Sitting

_DAY_FIRST = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
_PARTICLES = re.compile(
    "abd|abdel|aït|al|bel|ben|bin|bint|bou|da|das|de|del|dos|du|el|ibn|la|le|mint|ould|van|von",
    re.IGNORECASE,
)
"""Words that begin a family name of several words: Ould Daddah, Ben Salah, da Costa."""
_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:hH.]\s*(\d{2})?)?(?:\s*(?:min|h))?")


@dataclass(frozen=True, slots=True)
class Line:
    """One person as typed in one line: names, and a staff or card number, each maybe empty."""

    given_name: str
    family_name: str
    number: str


def day_from(text: str) -> date | None:
    """2026-11-21, or 21/11/2026 with any of . / - between."""
    text = text.strip()
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def time_from(text: str) -> time | None:
    """09:30, 9h30, 9.30, 9h, 9."""
    found = _CLOCK.fullmatch(text.strip())
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        return None


def sitting_from_typed(number: int, id: str, on: str, starts: str, ends: str) -> Sitting:
    """A sitting, or the refusal that says what is wrong with the `number`th."""
    day, begin, end = day_from(on), time_from(starts), time_from(ends)
    if day is None or day.year < 2000:
        raise SittingDayWrong(number=number)
    if begin is None or end is None:
        raise SittingTimeWrong(number=number)
    if end <= begin:
        raise SittingEndsBeforeStart(number=number)
    return Sitting(id, day, begin, end)


def problems_in(plan: Plan) -> list[WorkshopRefusal]:
    """Everything that keeps a plan from being recorded, in the order of the form."""
    found: list[WorkshopRefusal] = []
    if not plan.title.strip():
        found.append(TitleMissing())
    if plan.theme not in THEMES:
        found.append(ThemeMissing())
    if not plan.organiser:
        found.append(OrganiserMissing())
    if plan.language not in LANGUAGES:
        found.append(LanguageMissing())
    if plan.mode not in MODES:
        found.append(ModeMissing())
    if plan.mode != "online" and not plan.place.strip():
        found.append(PlaceMissing())
    return [*found, *_problems_in_sittings(plan.sittings)]


def _problems_in_sittings(sittings: Iterable[Sitting]) -> list[WorkshopRefusal]:
    in_order = sorted(sittings, key=lambda s: (s.on, s.starts, s.ends))
    if not in_order:
        return [SittingMissing()]
    if len(in_order) > MOST_SITTINGS:
        return [TooManySittings(most=MOST_SITTINGS)]
    for number, sitting in enumerate(in_order, start=1):
        if sitting.minutes <= 0:
            return [SittingEndsBeforeStart(number=number)]
    if any(a.on == b.on and b.starts < a.ends for a, b in pairwise(in_order)):
        return [SittingsOverlap()]
    return []


def line_from(text: str) -> Line:
    """“Awa Diop, 4471”, “Awa Diop”, or a number alone. The last word is the family name, with
    the particles before it (“Zoé da Costa”), or all words in capitals are."""
    names, comma, number = text.strip().rpartition(",") if "," in text else (text.strip(), "", "")
    names, number = " ".join(names.split()), number.strip()
    if not names and not number:
        raise NothingTyped
    if not comma and any(c.isdigit() for c in names):
        return Line("", "", names)
    if not names:
        return Line("", "", number)
    words = names.split(" ")
    if len(words) < 2:
        raise FamilyNameMissing(line=text.strip()[:80])
    return _named(words, number)


def _named(words: list[str], number: str) -> Line:
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        given = [word for word in words if word not in capitals]
        return Line(" ".join(given), " ".join(capitals), number)
    first = len(words) - 1
    while first > 1 and _PARTICLES.fullmatch(words[first - 1]):
        first -= 1
    return Line(" ".join(words[:first]), " ".join(words[first:]), number)
