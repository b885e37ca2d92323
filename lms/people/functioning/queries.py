"""Reading answers: one's own, or counts of many. There is no list of who said what, and no office
in any of it."""

import json
from collections import Counter
from collections.abc import Collection, Iterable

from sqlalchemy import select

from lms.base.clock import from_text
from lms.base.database import db
from lms.people.functioning.rules import DISABILITIES, Disability, Told, disability
from lms.people.functioning.tables import FunctioningRow
from lms.record.aliases import aliases_of, all_merged


def told_by(person: str) -> Told | None:
    """What the person told, for their own eyes; None where they were never asked."""
    statement = select(FunctioningRow).where(FunctioningRow.person.in_(aliases_of(person)))
    rows = db.session().scalars(statement.order_by(FunctioningRow.at.desc())).all()
    if not rows:
        return None
    row = rows[0]
    return Told(json.loads(row.answers), row.language, row.consent, from_text(row.at))


def counts_among(persons: Iterable[str]) -> dict[Disability, int]:
    """How many of these persons (canonical ids) have a disability by the rule of the set, have
    none, were not asked, would not say. Whoever prints it hides small groups."""
    wanted = set(persons)
    told = _told_last(wanted)
    found: Counter[Disability] = Counter({"not-asked": len(wanted) - len(told)})
    for answers, many in Counter(told.values()).items():
        found[disability(json.loads(answers))] += many
    return {each: found[each] for each in DISABILITIES}


def _told_last(wanted: Collection[str]) -> dict[str, str]:
    """Person → the answers they gave last under any of their ids."""
    merged = all_merged()
    columns = FunctioningRow.person, FunctioningRow.answers
    told = db.session().execute(select(*columns).order_by(FunctioningRow.at, FunctioningRow.person))
    named = ((merged.get(row.person, row.person), row.answers) for row in told)
    return {person: answers for person, answers in named if person in wanted}
