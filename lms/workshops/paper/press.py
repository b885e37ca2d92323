"""Puts a list on paper with Typst. Nothing a person typed ever becomes markup: all of it goes in
as data and is set as text."""

import json
import threading
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from lms.base.letters import FONTS, printable
from lms.workshops.paper.sheet import Sheet, SheetLine
from lms.workshops.paper.words import WORDS, days_in_words, short_day
from lms.workshops.rules import Sitting

WALK_IN_LINES: Final = 8
_BESIDE: Final = {True: 4, False: 6}
"""How many sittings stand beside each other: fewer where people sign."""

_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_FOLDER: Final = Path(__file__).resolve().parent
_one_at_a_time = threading.Lock()


def attendance_pdf(sheet: Sheet, language: str, *, blank: bool) -> bytes:
    """A4 portrait, tagged (PDF/UA-1). `blank`: boxes to sign in and lines for people who are not
    on the list; else who was present. The same values give the same bytes."""
    data = _data(sheet, language, blank=blank)
    day = (
        datetime.combine(sheet.workshop.last_day, time(), UTC) if sheet.workshop.sittings else _DAY
    )
    with _one_at_a_time:
        pdf: bytes = _compiler().compile(
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(day.timestamp()),
        )
    return pdf


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
        "document": words.document.format(printable(workshop.title)),
        "heading": words.blank_heading if blank else words.heading,
        "title": printable(workshop.title),
        "facts": [[label, printable(value)] for label, value in facts if value],
        "head": [words.number, words.name, words.sender],
        "sign": words.sign if blank else "",
        "walk_ins": words.walk_ins,
        "signature": words.signature,
        "page": words.page,
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
        "name": printable(line.name),
        "card": printable(line.number),
        "role": role,
        "sender": printable(", ".join(places)),
        "ticks": [""] * len(sittings) if blank else ticks,
    }


@cache
def _compiler() -> Any:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(
        str(_FOLDER / "attendance.typ"),
        root=str(_FOLDER),
        font_paths=fonts,
        ignore_system_fonts=True,
    )
