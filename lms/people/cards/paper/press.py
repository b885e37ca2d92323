"""Puts cards on paper with Typst. Nothing a person typed ever becomes markup: all of it goes in as
data and is set as text."""

import io
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from lms.base.letters import FONTS, printable
from lms.people.cards.paper.words import WORDS

_FOLDER: Final = Path(__file__).resolve().parent
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class PaperCard:
    """One card. `name` is empty unless the person wishes their first name on it; `place` is the
    office's name in the card's language."""

    number: str
    name: str
    place: str
    language: str


def cards_pdf(
    cards: Sequence[PaperCard], *, site_name: str, language: str, at: datetime, ten: bool
) -> bytes:
    """A4 portrait, black and white, tagged (PDF/UA-1): one large A7 card on each sheet, or `ten`
    small ones. `language` is the document's. The same values give the same bytes."""
    words = WORDS[language]
    alone = cards[0].number if len(cards) == 1 else ""
    data = {
        "lang": language,
        "document": words.document.format(in_two(alone)) if alone else words.documents,
        "site": printable(site_name),
        "ten": ten,
        "cards": [_card(card) for card in cards],
    }
    with _one_at_a_time:
        pdf: bytes = _compiler().compile(
            sys_inputs={"data": json.dumps(data)},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
        )
    return pdf


def in_two(number: str) -> str:
    """The number as it is read aloud: two groups of four."""
    return f"{number[:4]} {number[4:]}".strip()


def _card(card: PaperCard) -> dict[str, Any]:
    words = WORDS[card.language]
    shown = in_two(card.number)
    return {
        "lang": card.language,
        "title": words.card,
        "label": words.number,
        "number": shown,
        "name": printable(card.name),
        "place": printable(card.place),
        "secret": words.secret,
        "lost": words.lost,
        "cut": words.cut,
        "qr": qr_svg(card.number),
        "code": words.code.format(shown),
    }


def qr_svg(text: str) -> str:
    """A QR code in black, without a border."""
    import segno  # wanted by few pages only

    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, omitsize=True
    )
    return drawing.getvalue().decode()


@cache
def _compiler() -> Any:
    import typst  # heavy, and wanted by few pages only

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(
        str(_FOLDER / "card.typ"), root=str(_FOLDER), font_paths=fonts, ignore_system_fonts=True
    )
