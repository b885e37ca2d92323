"""Puts what is kept about a person on paper."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from lms.base.paper import Press

_PRESS: Final = Press(Path(__file__).with_name("own_data.typ"))


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
    """A4, black and white."""
    data = {
        "lang": language,
        "title": title,
        "subtitle": subtitle,
        "sections": [asdict(each) for each in sections],
    }
    return _PRESS.pdf(data, at=at)
