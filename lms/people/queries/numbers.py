"""Reading whom a typed number means, among the people of one's own offices."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from lms.base.database import Rows, db
from lms.people.queries.persons import PERSON, ids_numbered
from lms.people.queries.scope import belongs_in
from lms.people.rules import Person
from lms.people.tables import LearnerRow, PersonRow

Meaning = Literal["one", "several", "closed", "erased", "nobody"]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a number means: one person; several who share it; one whose account is closed, or whose
    name was removed; or nobody of these offices."""

    meaning: Meaning
    persons: tuple[Person, ...] = ()


def meant_by_number(typed: str, paths: Collection[str]) -> Meant:
    """Whom a card or staff number means in the subtrees, however it was typed. Of people elsewhere
    nothing is told."""
    known = LearnerRow.id.in_(ids_numbered(typed))
    state = select(LearnerRow.id, LearnerRow.closed, LearnerRow.erased)
    rows = db.session().execute(state.where(known, belongs_in(paths))).all()
    open_ones = [row.id for row in rows if not row.closed]
    if open_ones:
        found = tuple(Person(*row) for row in db.session().execute(_named(open_ones)))
        return Meant("one" if len(found) == 1 else "several", found)
    if any(not row.erased for row in rows):
        return Meant("closed")
    return Meant("erased" if rows else "nobody")


def _named(persons: list[str]) -> Rows:
    return PERSON.where(LearnerRow.id.in_(persons)).order_by(PersonRow.family_name, LearnerRow.id)
