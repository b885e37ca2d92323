"""The fonts of every paper, and which characters they draw. PDF/UA allows no missing glyph."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).resolve().parent / "fonts"
UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
_JOINERS: Final = "\u200c\u200d"
_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
"""Those at which a line may be broken: French keeps the other two before its marks."""


@cache
def drawable() -> frozenset[int]:
    """Every code point that one of the bundled fonts draws."""
    lines = (FONTS / "coverage.txt").read_text(encoding="ascii").split()
    pairs = (line.split("-") for line in lines)
    return frozenset(c for first, last in pairs for c in range(int(first, 16), int(last, 16) + 1))


def printable(text: str) -> str:
    """One line of NFC text whose every character can be drawn.

    Control and direction marks fall away, spaces become single (no-break spaces stay), what no
    bundled font draws becomes U+FFFD.
    """
    line = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    kept = (c for c in line if c in _JOINERS or unicodedata.category(c)[0] != "C")
    return "".join(c if ord(c) in drawable() else UNKNOWN for c in kept)
