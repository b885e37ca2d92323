"""Finding persons by what was typed: words of the name, a number, an address, a telephone, or how
the name sounds.

The words stand in the database's own full text index, kept by the database itself whenever a name
is written, so that finding somebody among a million takes no longer than among a thousand.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    column,
    func,
    literal_column,
    select,
    table,
)

from lms.base.database import db
from lms.people.rules import clean_login, fold_text
from lms.people.sounds import clean_phone, sound_of
from lms.people.tables import PersonKeyRow, PersonRow

_WORD: Final = re.compile(r"[^\W_]+")
_MARKS: Final = ".,:;@_/()+'-"
_INDEX: Final = table("person_search", column("rowid"), column("person_search"))


Found = dict[str, int]
"""Person → rank: 0 for a number or address of theirs, 1 for their name, 2 where it sounds so."""


def found_by(search: str, number: str | None) -> Iterator[tuple[int, Select[Any]]]:
    """(rank, select of `person`) for each way in which something typed may mean somebody. `number`
    is who has it on a card."""
    exact = [PersonRow.staff_number == clean_login(search), PersonRow.email == clean_login(search)]
    if phone := clean_phone(search):
        exact.append(PersonRow.phone == phone)
    if number:
        exact.append(PersonRow.id == number)
    for same in exact:
        yield 0, select(PersonRow.id.label("person")).where(same)
    if words := _WORD.findall(fold_text(search)):
        yield 1, _with("words", words)
    sounds = sound_of(" ".join(words)).split()
    if sounds and len(sounds) == len(words) and all(len(sound) > 1 for sound in sounds):
        yield 2, _with("sounds", sounds)


def _with(where: str, words: list[str]) -> Select[Any]:
    """Words of a name may be begun only; a sound is whole."""
    if db.engine.dialect.name == "sqlite":
        star = " *" if where == "words" else ""
        asked = " AND ".join(f'"{word}"{star}' for word in words)
        fits: ColumnElement[bool] = _INDEX.c.person_search.match(f"{where} : ({asked})")
        found: Select[Any] = select(PersonKeyRow.person)
        return found.join(_INDEX, _INDEX.c.rowid == PersonKeyRow.no).where(fits)
    star = ":*" if where == "words" else ""
    asked = " & ".join(f"{word}{star}" for word in words)
    text: Any = PersonRow.sound
    if where == "words":
        text = func.translate(PersonRow.search, _literal(_MARKS), _literal(" " * len(_MARKS)))
    fits = func.to_tsvector(_literal("simple"), text).op("@@")(func.to_tsquery("simple", asked))
    return select(PersonRow.id.label("person")).where(fits)


def _literal(text: str) -> Any:
    """Written out, not a parameter: the index is found by the very same words."""
    quoted = text.replace("'", "''")
    return literal_column(f"'{quoted}'")
