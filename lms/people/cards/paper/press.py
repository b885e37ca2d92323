"""Puts cards on paper."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from lms.base.paper import Press, qr_code
from lms.people.cards.paper.words import WORDS

_PRESS: Final = Press(Path(__file__).with_name("card.typ"))


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
    """A4 portrait, black and white: one large A7 card on each sheet, or `ten` small ones.
    `language` is the document's."""
    words = WORDS[language]
    alone = cards[0].number if len(cards) == 1 else ""
    data = {
        "lang": language,
        "document": words.document.format(in_two(alone)) if alone else words.documents,
        "site": site_name,
        "ten": ten,
        "cards": [_card(card) for card in cards],
    }
    return _PRESS.pdf(data, at=at)


def in_two(number: str) -> str:
    """The number as it is read aloud: two groups of four."""
    return f"{number[:4]} {number[4:]}".strip()


def _card(card: PaperCard) -> dict[str, Any]:
    words, shown = WORDS[card.language], in_two(card.number)
    return {
        "lang": card.language,
        "words": asdict(words),
        "number": shown,
        "name": card.name,
        "place": card.place,
        "qr": qr_code(card.number),
        "code": words.code.format(shown),
    }
