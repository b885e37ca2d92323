"""Puts a first sign-in sheet on paper."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from lms.base.paper import Press, day_in_words
from lms.people.access.paper.words import WORDS

_PRESS: Final = Press(Path(__file__).with_name("sheet.typ"))


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
    """A5, black and white. Nothing of it is kept."""
    return _PRESS.pdf(_data(sheet, language), at=sheet.made_at)


def _data(sheet: Sheet, language: str) -> dict[str, Any]:
    words = WORDS[language]
    return {
        "lang": language,
        "words": asdict(words),
        "document": words.document.format(sheet.name),
        "facts": [
            [words.name, sheet.name],
            [words.office, sheet.office],
            [words.site, sheet.site],
            [words.login, " / ".join(sheet.logins)],
        ],
        "code": sheet.code,
        "valid": words.valid.format(day_in_words(sheet.valid_until.date(), language)),
        "notice": words.specimen if sheet.demo else "",
    }
