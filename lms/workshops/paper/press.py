"""Puts a workshop's list on paper."""

from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

from lms.base.paper import Press
from lms.workshops.paper.sheet import Sheet, SheetLine
from lms.workshops.paper.words import WORDS, days_in_words, short_day
from lms.workshops.rules import Sitting

WALK_IN_LINES: Final = 8
_BESIDE: Final = {True: 4, False: 6}
"""How many sittings stand beside each other: fewer where people sign."""

_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_PRESS: Final = Press(Path(__file__).with_name("attendance.typ"))


def attendance_pdf(sheet: Sheet, language: str, *, blank: bool) -> bytes:
    """A4 portrait. `blank`: boxes to sign in and lines for people who are not on the list; else
    who was present."""
    workshop = sheet.workshop
    day = datetime.combine(workshop.last_day, time(), UTC) if workshop.sittings else _DAY
    return _PRESS.pdf(_data(sheet, language, blank=blank), at=day)


def _data(sheet: Sheet, language: str, *, blank: bool) -> dict[str, Any]:
    words, workshop = WORDS[language], sheet.workshop
    facts = [
        [words.organiser, sheet.organiser],
        [words.place, workshop.plan.place],
        [words.dates, days_in_words(workshop.first_day, workshop.last_day, language)],
    ]
    beside = _BESIDE[blank]
    sittings = workshop.sittings
    groups = [sittings[start : start + beside] for start in range(0, len(sittings), beside)]
    return {
        "lang": language,
        "blank": blank,
        "words": asdict(words),
        "document": words.document.format(workshop.title),
        "title": workshop.title,
        "facts": [fact for fact in facts if fact[1]],
        "notice": words.specimen if workshop.demo else "",
        "groups": [_group(sheet, group, language, blank=blank) for group in groups or [()]],
        "walk_in_lines": WALK_IN_LINES if blank else 0,
    }


def _group(
    sheet: Sheet, sittings: tuple[Sitting, ...], language: str, *, blank: bool
) -> dict[str, Any]:
    return {
        "sittings": [
            [short_day(s.on, language), f"{s.starts:%H:%M}–{s.ends:%H:%M}"] for s in sittings
        ],
        "lines": [_line(line, sittings, language, blank=blank) for line in sheet.lines],
    }


def _line(
    line: SheetLine, sittings: tuple[Sitting, ...], language: str, *, blank: bool
) -> dict[str, Any]:
    words = WORDS[language]
    places = dict.fromkeys(place for place in (line.sender, line.state) if place)
    role = "" if line.role == "participant" else words.roles.get(line.role, line.role)
    ticks = [words.present if s.id in line.present_at else words.absent for s in sittings]
    return {
        "name": line.name,
        "card": line.number,
        "role": role,
        "sender": ", ".join(places),
        "ticks": [""] * len(sittings) if blank else ticks,
    }
