"""Reading answers: one's own, or counts of many. There is no list of who said what, and no office
in any of it."""

import json
from collections import Counter
from collections.abc import Collection

from sqlalchemy import select

from lms.base.clock import from_text
from lms.base.database import db
from lms.people.functioning.rules import DISABILITIES, Disability, Told, disability
from lms.people.functioning.tables import FunctioningRow
from lms.record.aliases import aliases_of, canonical_among


def told_by(person: str) -> Told | None:
    """What the person told, for their own eyes; None where they were never asked."""
    statement = select(FunctioningRow).where(FunctioningRow.person.in_(aliases_of(person)))
    rows = db.session().scalars(statement.order_by(FunctioningRow.at.desc())).all()
    if not rows:
        return None
    row = rows[0]
    return Told(json.loads(row.answers), row.language, row.consent, from_text(row.at))


def counts_among(persons: Collection[str]) -> dict[Disability, int]:
    """How many of these persons (canonical ids) have a disability by the rule of the set, have
    none, were not asked, would not say. Whoever prints it hides small groups."""
    told: dict[str, tuple[str, str]] = {}
    wanted = sorted(set(persons))
    for row in _rows_of(wanted):
        told[row[0]] = max(told.get(row[0], ("", "")), (row[2], row[1]))
    found: Counter[Disability] = Counter(
        disability(json.loads(told[each][1]) if each in told else None) for each in wanted
    )
    return {each: found[each] for each in DISABILITIES}


def _rows_of(wanted: list[str]) -> list[tuple[str, str, str]]:
    asked = set(wanted)
    rows = db.session().execute(
        select(FunctioningRow.person, FunctioningRow.answers, FunctioningRow.at)
    )
    found = [(row.person, row.answers, row.at) for row in rows]
    one = canonical_among([person for person, _, _ in found])
    named = [(one.get(person, person), answers, at) for person, answers, at in found]
    return [row for row in named if row[0] in asked]
