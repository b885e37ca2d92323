"""Writing many names at once. Names stand in no event, so they are written beside them."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import delete, select

from lms.base.database import db
from lms.people.rosters.rules import Names
from lms.people.rules import clean_login, fold_text
from lms.people.sounds import clean_phone, sound_of
from lms.people.tables import PersonRow

_MANY: Final = 400


def write_names(names: Sequence[Names]) -> None:
    """Writes or replaces the names of these persons, in the present write transaction. The caller
    has made sure that none of them was erased."""
    session = db.session()
    for start in range(0, len(names), _MANY):
        some = {each.person: each for each in names[start : start + _MANY]}
        rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(list(some))))
        known = {row.id: row for row in rows}
        for person, written in some.items():
            row = known.get(person) or PersonRow(id=person)
            _fill(row, written)
            if person not in known:
                session.add(row)
        session.flush()


def _fill(row: PersonRow, names: Names) -> None:
    row.given_name, row.family_name = names.given_name.strip(), names.family_name.strip()
    row.staff_number, row.email = clean_login(names.staff_number), clean_login(names.email)
    row.phone = clean_phone(names.phone)
    row.sound = sound_of(f"{row.given_name} {row.family_name}")
    row.search = fold_text(
        f"{row.given_name} {row.family_name} {row.staff_number} {row.email} {row.phone}"
    )


def forget_names(persons: Collection[str]) -> None:
    """Removes the names of people who were registered by mistake."""
    wanted = sorted(persons)
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        db.session().execute(delete(PersonRow).where(PersonRow.id.in_(some)))
    db.session().flush()
