"""Who is the same person: one person may have come into being twice.

A merge says so and nothing is rewritten. Wherever the record is read, the events of all members of
a group are those of its canonical member (the smallest id), as if they had never been two. Voiding
the merge parts them again.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, or_, select
from sqlalchemy.orm import aliased

from lms.base.database import db
from lms.record.events import EventVoided, LearnerMerged
from lms.record.tables import AliasRow, EventRow

_MANY = 500
_OWN = select(AliasRow.canonical).where(AliasRow.person == bindparam("person")).scalar_subquery()
_GROUP = select(AliasRow.person).where(AliasRow.canonical == _OWN)
_AMONG = select(AliasRow.person, AliasRow.canonical).where(
    AliasRow.person.in_(bindparam("persons", expanding=True))
)


def aliases_of(person: str) -> tuple[str, ...]:
    """All members of the person's group, the canonical one first; alone, the person."""
    return tuple(sorted(db.session().scalars(_GROUP, {"person": person}))) or (person,)


def canonical_of(person: str) -> str:
    """The id under which everything about the person is shown and counted."""
    statement = select(AliasRow.canonical).where(AliasRow.person == person)
    return db.session().scalar(statement) or person


def canonical_among(persons: Iterable[str | None]) -> dict[str, str]:
    """Person → canonical id, for those of them who were merged."""
    wanted = sorted({person for person in persons if person})
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _MANY):
        rows = db.session().execute(_AMONG, {"persons": wanted[start : start + _MANY]})
        found.update((row.person, row.canonical) for row in rows)
    return found


def members_of(canonical: Collection[str]) -> dict[str, str]:
    """Member → canonical id, for the groups of these canonical ids."""
    statement = select(AliasRow.person, AliasRow.canonical).where(
        AliasRow.canonical.in_(list(canonical))
    )
    return {row.person: row.canonical for row in db.session().execute(statement)}


def all_merged() -> dict[str, str]:
    """Member → canonical id, for every group."""
    rows = db.session().execute(select(AliasRow.person, AliasRow.canonical))
    return {row.person: row.canonical for row in rows}


def merged_into(persons: Select[Any]) -> Select[Any]:
    """The canonical ids of those among the selected persons (the column `person`) who were merged
    into another id."""
    asked = persons.subquery()
    into = select(AliasRow.canonical).join(asked, asked.c.person == AliasRow.person)
    return into.where(AliasRow.person != AliasRow.canonical)


def regroup(persons: Iterable[str]) -> set[str]:
    """Folds the groups of these persons anew; everybody whose group may have changed."""
    waiting = {member for person in persons for member in aliases_of(person)}
    touched: set[str] = set()
    while waiting:
        group = _connected(waiting.pop())
        _replace(group)
        touched |= group
        waiting -= group
    return touched


def regroup_all() -> None:
    """Folds every group anew."""
    db.session().execute(delete(AliasRow))
    merges = select(EventRow.learner).where(EventRow.kind == LearnerMerged.kind)
    regroup({person for person in db.session().scalars(merges) if person})


def _replace(group: set[str]) -> None:
    session = db.session()
    session.execute(delete(AliasRow).where(AliasRow.person.in_(group)))
    if len(group) > 1:
        rows = [{"person": person, "canonical": min(group)} for person in sorted(group)]
        session.execute(insert(AliasRow), rows)


def _connected(person: str) -> set[str]:
    """Everybody who is joined to the person by merges that are not voided."""
    group, edge = {person}, {person}
    while edge:
        met = {end for pair in _merges_with(edge) for end in pair}
        edge = met - group
        group |= met
    return group


def _merges_with(persons: set[str]) -> list[tuple[str, str]]:
    void = aliased(EventRow)
    voided = select(void.id).where(void.kind == EventVoided.kind, void.subject == EventRow.id)
    statement = select(EventRow.learner, EventRow.subject).where(
        EventRow.kind == LearnerMerged.kind,
        or_(EventRow.learner.in_(persons), EventRow.subject.in_(persons)),
        ~voided.exists(),
    )
    return [(row.learner, row.subject) for row in db.session().execute(statement)]
