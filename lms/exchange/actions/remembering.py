"""Who a staff number means, also where the site no longer knows the number itself."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from lms.base.database import db
from lms.base.ids import derived_id
from lms.exchange.tables import RosterPersonRow

_MANY: Final = 400


def person_of(operator: str, staff_number: str) -> str:
    """The person that a list brings into being: the same on every server."""
    return derived_id("person", operator, staff_number)


def _key(operator: str, staff_number: str) -> str:
    return derived_id("staff number", operator, staff_number)


def remembered(operator: str, numbers: Collection[str]) -> dict[str, str]:
    """Staff number → the person it meant when a list named it, for those who were registered in
    another way than by a list."""
    keys = {_key(operator, number): number for number in numbers}
    wanted, found = list(keys), {}
    for start in range(0, len(wanted), _MANY):
        some = RosterPersonRow.key.in_(wanted[start : start + _MANY])
        columns = select(RosterPersonRow.key, RosterPersonRow.person).where(some)
        found.update({keys[row.key]: row.person for row in db.session().execute(columns)})
    return found


def remember(operator: str, persons: Mapping[str, str]) -> None:
    """Keeps who these staff numbers mean, in the present write transaction."""
    rows = [
        {"key": _key(operator, number), "person": person}
        for number, person in persons.items()
        if person != person_of(operator, number)
    ]
    for start in range(0, len(rows), _MANY):
        _insert(rows[start : start + _MANY])


def _insert(rows: Sequence[dict[str, str]]) -> None:
    session = db.session()
    insert = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    session.execute(insert(RosterPersonRow).values(rows).on_conflict_do_nothing())
