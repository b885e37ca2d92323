"""Puts what is kept about a person on paper with Typst. Nothing that was typed ever becomes markup:
all of it goes in as data and is set as text."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from lms.base.letters import FONTS, printable

_FOLDER: Final = Path(__file__).resolve().parent
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said below it, its facts as (label, value), and its table."""

    heading: str
    text: str = ""
    facts: Sequence[tuple[str, str]] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def own_data_pdf(
    title: str, subtitle: str, sections: Sequence[Section], *, language: str, at: datetime
) -> bytes:
    """A4, black and white, tagged (PDF/UA-1). The same values give the same bytes."""
    data = {
        "lang": language,
        "title": printable(title),
        "subtitle": printable(subtitle),
        "sections": [_section(each) for each in sections],
    }
    with _one_at_a_time:
        made: bytes = _compiler().compile(
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int(at.timestamp()),
        )
    return made


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": printable(section.heading),
        "text": printable(section.text),
        "facts": [[printable(label), printable(value)] for label, value in section.facts],
        "head": [printable(cell) for cell in section.head],
        "rows": [[printable(cell) for cell in row] for row in section.rows],
    }


@cache
def _compiler() -> Any:
    import typst  # heavy, and wanted by one page only

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(
        str(_FOLDER / "own_data.typ"),
        root=str(_FOLDER),
        font_paths=fonts,
        ignore_system_fonts=True,
    )
