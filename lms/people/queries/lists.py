"""Lists of people, and finding somebody in them, as fast among a million as among a hundred."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select

from lms.base.database import db
from lms.people.queries.persons import PERSON, person_numbered
from lms.people.queries.scope import also_in, at_home_in, belongs_in
from lms.people.queries.search import Found, found_by
from lms.people.rules import Person
from lms.people.tables import LearnerRow, PersonRow
from lms.record.aliases import merged_into

MOST_FOUND: Final = 1000
"""A search that finds more is too vague to read through; the rest is not looked for."""
_FEW: Final = 5000
_BY_NAME: Final = (PersonRow.family_name, PersonRow.given_name, PersonRow.id)


def people_in(
    paths: Collection[str],
    *,
    search: str = "",
    limit: int = 50,
    offset: int = 0,
    closed: bool = False,
) -> tuple[list[Person], int]:
    """(persons who belong to the subtrees, how many in all), by family name; those whose account
    is open, or those whose account is `closed`.

    What is searched for comes with exact numbers first, then names, then names that sound so; the
    count ends at `MOST_FOUND`.
    """
    is_listed = and_(LearnerRow.closed == closed, ~LearnerRow.erased)
    if search.strip():
        return _found(and_(belongs_in(paths), is_listed), search, limit, offset)
    total = _count(paths, is_listed)
    if total <= _FEW:
        return _few(paths, is_listed, limit, offset), total
    return _of_many(and_(belongs_in(paths), is_listed), limit, offset), total


def _found(
    is_listed: ColumnElement[bool], search: str, limit: int, offset: int
) -> tuple[list[Person], int]:
    ranks: Found = {}
    for rank, kind in found_by(search, person_numbered(search)):
        inside = kind.join(LearnerRow, LearnerRow.id == kind.selected_columns.person)
        wanted = inside.where(is_listed).limit(MOST_FOUND)
        merged = select(LearnerRow.id).where(LearnerRow.id.in_(merged_into(kind)), is_listed)
        for person in (*db.session().scalars(wanted), *db.session().scalars(merged)):
            ranks.setdefault(person, rank)
    ids = list(ranks)[:MOST_FOUND]
    statement = PERSON.where(LearnerRow.id.in_(ids)).order_by(*_BY_NAME)
    people = [Person(*row) for row in db.session().execute(statement)]
    people.sort(key=lambda person: ranks[person.id])
    return people[offset : offset + limit], len(people)


def _count(paths: Collection[str], is_listed: ColumnElement[bool]) -> int:
    home = select(func.count()).where(at_home_in(paths), is_listed)
    further = select(func.count()).where(
        LearnerRow.id.in_(also_in(paths)), ~at_home_in(paths), is_listed
    )
    return (db.session().scalar(home) or 0) + (db.session().scalar(further) or 0)


def _few(
    paths: Collection[str], is_listed: ColumnElement[bool], limit: int, offset: int
) -> list[Person]:
    """From the offices to their people."""
    here = select(LearnerRow.id).where(at_home_in(paths), is_listed)
    further = select(LearnerRow.id).where(LearnerRow.id.in_(also_in(paths)), is_listed)
    statement = PERSON.where(LearnerRow.id.in_(here.union(further))).order_by(*_BY_NAME)
    return [Person(*row) for row in db.session().execute(statement.limit(limit).offset(offset))]


def _of_many(is_listed: ColumnElement[bool], limit: int, offset: int) -> list[Person]:
    """Along the names in their order until the page is full."""
    is_one = select(LearnerRow.id).where(LearnerRow.id == PersonRow.id, is_listed).exists()
    walk: Any = select(PersonRow.id).where(is_one).order_by(*_BY_NAME).limit(limit).offset(offset)
    walk = walk.with_hint(PersonRow, "INDEXED BY ix_person_name", "sqlite")
    ids = list(db.session().scalars(walk))
    statement = PERSON.where(LearnerRow.id.in_(ids)).order_by(*_BY_NAME)
    return [Person(*row) for row in db.session().execute(statement)]
