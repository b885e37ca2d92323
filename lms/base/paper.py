"""Putting words on paper with Typst. Nothing a person typed ever becomes markup: all of it goes in
as data and is set as text.

What a paper says is not in the site's catalogues: it can bear both languages at once, and must say
the same on every server. Each room keeps its own words, and hands them over with its document.
"""

import io
import json
import threading
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date

from lms.base.letters import FONTS, printable

LOCALES: Final[Mapping[str, str]] = {"fr": "fr", "en": "en_GB"}
_ROOT: Final = Path(__file__).resolve().parents[1]
"""The package: every document may use `/base/paper.typ`."""


class Drawing(str):
    """An SVG. It goes in as it is; every other text is set in letters that the fonts have."""

    __slots__ = ()


class Press:
    """Prints one Typst document. It is made ready at the first paper, and prints one at a time."""

    def __init__(self, document: Path) -> None:
        self._document = document
        self._free = threading.Lock()

    def pdf(self, data: Mapping[str, Any], *, at: datetime) -> bytes:
        """A tagged PDF (PDF/UA-1); the document finds `data` in `sys.inputs.data`. The same values
        give the same bytes."""
        with self._free:
            made: bytes = self._compiler.compile(
                sys_inputs={"data": json.dumps(_in_letters(data))},
                format="pdf",
                pdf_standards=["ua-1"],
                timestamp=int(at.timestamp()),
            )
        return made

    @cached_property
    def _compiler(self) -> Any:
        import typst  # heavy, and wanted by few pages only

        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
        )
        return typst.Compiler(
            str(self._document), root=str(_ROOT), font_paths=fonts, ignore_system_fonts=True
        )


def _in_letters(value: Any) -> Any:
    if isinstance(value, Drawing):
        return value
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _in_letters(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_in_letters(each) for each in value]
    return value


def qr_code(text: str, colour: str = "#000") -> Drawing:
    """A QR code without a border, as large as it is given room."""
    import segno  # wanted by few pages only

    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, omitsize=True, dark=colour
    )
    return Drawing(drawing.getvalue().decode())


def day_in_words(day: date, language: str) -> str:
    """« 1er novembre 2026 », “1 November 2026”."""
    text: str = format_date(day, "long", locale=LOCALES[language])
    return "1er" + text[1:] if language == "fr" and day.day == 1 else text
