"""Reading about persons."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select

from lms.base.database import Rows, db
from lms.base.ids import clean_code
from lms.people.events import LEARNER_KINDS
from lms.people.queries.organisations import within
from lms.people.rules import (
    Person,
    PersonUnknown,
    Profile,
    clean_login,
    fold_text,
    profile_on,
)
from lms.people.tables import (
    LearnerRow,
    OrganisationRow,
    PersonRow,
)
from lms.record.queries import events_about


def demo_people_among(persons: Collection[str]) -> set[str]:
    """Those of the persons who exist in the demonstration only."""
    statement = select(LearnerRow.id).where(LearnerRow.id.in_(sorted(persons)), LearnerRow.demo)
    return set(db.session().scalars(statement))


_PERSON: Rows = select(
    LearnerRow.id,
    LearnerRow.number,
    PersonRow.given_name,
    PersonRow.family_name,
    PersonRow.staff_number,
    PersonRow.email,
    LearnerRow.office,
    LearnerRow.employment,
    LearnerRow.language,
    LearnerRow.sex,
    LearnerRow.birth_year,
    LearnerRow.demo,
).join(PersonRow, PersonRow.id == LearnerRow.id)


def find_person(person: str) -> Person | None:
    """One person by pseudonym."""
    row = db.session().execute(_PERSON.where(LearnerRow.id == person)).one_or_none()
    return Person(*row) if row else None


def current_person(person: str) -> Person:
    """One person by pseudonym, or a refusal."""
    found = find_person(person)
    if found is None:
        raise PersonUnknown
    return found


def people_known_as(login: str) -> list[Person]:
    """Everybody registered with this staff number or e-mail address, wherever they are."""
    wanted = clean_login(login)
    if not wanted:
        return []
    known = or_(PersonRow.email == wanted, PersonRow.staff_number == wanted)
    return [Person(*row) for row in db.session().execute(_PERSON.where(known))]


def count_of_learners(*, demo: bool | None = None) -> int:
    """How many people there are: all, or only demo people, or only real ones."""
    statement = select(func.count()).select_from(LearnerRow)
    if demo is not None:
        statement = statement.where(LearnerRow.demo == demo)
    return db.session().scalar(statement) or 0


def people_with_ids(ids: Collection[str]) -> dict[str, Person]:
    """Persons by pseudonym."""
    found: dict[str, Person] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        statement = _PERSON.where(LearnerRow.id.in_(wanted[start : start + 500]))
        found.update((row.id, Person(*row)) for row in db.session().execute(statement))
    return found


def people_numbered(typed: str) -> list[Person]:
    """Persons with this number on their card, or this staff number; several operators may use
    the same one."""
    staff, card = clean_login(typed), clean_code(typed)
    if not staff:
        return []
    known = or_(PersonRow.staff_number == staff, LearnerRow.number == (card or "-"))
    return [Person(*row) for row in db.session().execute(_PERSON.where(known).limit(20))]


def people_in(
    paths: Collection[str], *, search: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[Person], int]:
    """(persons whose office lies in the subtrees, how many in all), by family name."""
    statement = _scoped(_PERSON, paths, search)
    order = statement.order_by(PersonRow.family_name, PersonRow.given_name, LearnerRow.id)
    rows = db.session().execute(order.limit(limit).offset(offset))
    counted = select(func.count()).select_from(statement.subquery())
    return [Person(*row) for row in rows], db.session().scalar(counted) or 0


def find_person_in(paths: Collection[str], person: str) -> Person | None:
    """One person, only if their office lies in the subtrees."""
    statement = _scoped(_PERSON, paths, "").where(LearnerRow.id == person)
    row = db.session().execute(statement).one_or_none()
    return Person(*row) if row else None


def _scoped(statement: Rows, paths: Collection[str], search: str) -> Rows:
    statement = statement.join(OrganisationRow, OrganisationRow.id == LearnerRow.office)
    statement = statement.where(within(OrganisationRow.path, paths))
    for word in fold_text(search).split():
        statement = statement.where(PersonRow.search.contains(word, autoescape=True))
    return statement


def profile_of(person: str, at: datetime) -> Profile | None:
    """The person's profile on a day, from the record itself."""
    return profile_on(events_about(learner=person, kinds=LEARNER_KINDS), at)
