"""Puts a first sign-in sheet on paper with Typst. Nothing a person typed ever becomes markup: all
of it goes in as data and is set as text."""

import json
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst
from babel.dates import format_date

from lms.base.letters import FONTS, printable
from lms.people.access.words import SHEETS

_LOCALES: Final = {"fr": "fr", "en": "en_GB"}
_FOLDER: Final = Path(__file__).resolve().parent
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet. `logins`: number, staff number, e-mail address, those there are;
    `valid_until` is the code's last moment."""

    name: str
    office: str
    site: str
    logins: tuple[str, ...]
    code: str
    valid_until: datetime
    made_at: datetime
    demo: bool


def sheet_pdf(sheet: Sheet, language: str) -> bytes:
    """A5, black and white, tagged (PDF/UA-1). Nothing of it is kept."""
    data = json.dumps(_data(sheet, language))
    with _one_at_a_time:
        made: bytes = _compiler().compile(
            sys_inputs={"data": data},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int(sheet.made_at.timestamp()),
        )
    return made


def _data(sheet: Sheet, language: str) -> dict[str, Any]:
    words = SHEETS[language]
    day = format_date(sheet.valid_until.date(), "long", locale=_LOCALES[language])
    return {
        "lang": language,
        "heading": words.heading,
        "document": words.document.format(printable(sheet.name)),
        "facts": [
            [words.name, printable(sheet.name)],
            [words.office, printable(sheet.office)],
            [words.site, printable(sheet.site)],
            [words.login, printable(" / ".join(sheet.logins))],
        ],
        "code_label": words.code,
        "code": sheet.code,
        "valid": words.valid.format(day),
        "steps": words.steps,
        "keep": words.keep,
        "notice": words.specimen if sheet.demo else "",
    }


@cache
def _compiler() -> Any:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(
        str(_FOLDER / "sheet.typ"), root=str(_FOLDER), font_paths=fonts, ignore_system_fonts=True
    )
