"""Reading about persons."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from lms.base.database import Rows, db
from lms.base.ids import clean_code
from lms.people.events import LEARNER_KINDS
from lms.people.queries.scope import belongs_in
from lms.people.rules import (
    Person,
    PersonUnknown,
    Profile,
    clean_login,
    profile_on,
)
from lms.people.tables import (
    LearnerRow,
    NumberRow,
    PersonRow,
)
from lms.record.aliases import canonical_among, canonical_of
from lms.record.queries import events_about


def demo_people_among(persons: Collection[str]) -> set[str]:
    """Those of the persons who exist in the demonstration only."""
    statement = select(LearnerRow.id).where(LearnerRow.id.in_(sorted(persons)), LearnerRow.demo)
    return set(db.session().scalars(statement))


PERSON: Rows = select(
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
    """One person by pseudonym, or by one they had before they were merged."""
    return _found_by(PERSON, person)


def _found_by(statement: Rows, person: str) -> Person | None:
    row = db.session().execute(statement.where(LearnerRow.id == person)).one_or_none()
    if row:
        return Person(*row)
    canonical = canonical_of(person)
    return _found_by(statement, canonical) if canonical != person else None


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
    known = select(PersonRow.id).where(
        or_(PersonRow.email == wanted, PersonRow.staff_number == wanted)
    )
    return list(people_with_ids(set(db.session().scalars(known))).values())


def count_of_learners(*, demo: bool | None = None) -> int:
    """How many people there are: all, or only demo people, or only real ones."""
    statement = select(func.count()).select_from(LearnerRow)
    if demo is not None:
        statement = statement.where(LearnerRow.demo == demo)
    return db.session().scalar(statement) or 0


def people_with_ids(ids: Collection[str]) -> dict[str, Person]:
    """Pseudonym → person; one they had before they were merged gives the person they are now."""
    found = _with_ids(list(ids))
    missing = canonical_among(set(ids) - set(found))
    now = _with_ids(sorted(set(missing.values())))
    found.update((old, now[new]) for old, new in missing.items() if new in now)
    return found


def _with_ids(wanted: list[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), 500):
        statement = PERSON.where(LearnerRow.id.in_(wanted[start : start + 500]))
        found.update((row.id, Person(*row)) for row in db.session().execute(statement))
    return found


def people_numbered(typed: str) -> list[Person]:
    """Persons with this number on a card of theirs, or this staff number; several operators may
    use the same one. Nobody whose account is closed."""
    known = LearnerRow.id.in_(ids_numbered(typed))
    return [Person(*row) for row in db.session().execute(PERSON.where(known, ~LearnerRow.closed))]


def ids_numbered(typed: str) -> list[str]:
    """The canonical ids of whoever has this number on a card of theirs, or this staff number,
    closed or not."""
    staff, card = clean_login(typed), clean_code(typed)
    if not staff:
        return []
    carded = select(NumberRow.person).where(NumberRow.number == (card or "-"))
    numbered = select(PersonRow.id).where(PersonRow.staff_number == staff)
    ids = {*db.session().scalars(carded.limit(20)), *db.session().scalars(numbered.limit(20))}
    one = canonical_among(ids)
    return sorted({one.get(each, each) for each in ids})


def find_person_in(paths: Collection[str], person: str) -> Person | None:
    """One person, only if their office lies in the subtrees."""
    return _found_by(PERSON.where(belongs_in(paths), ~LearnerRow.erased), person)


def person_numbered(typed: str) -> str | None:
    """Who has this number, on whatever card or list, however it was typed: the canonical id; None
    where two people have it."""
    known = select(NumberRow.person).where(NumberRow.number == clean_code(typed))
    persons = {canonical_of(each) for each in db.session().scalars(known)}
    return persons.pop() if len(persons) == 1 else None


def name_alikes(person: str) -> list[Person]:
    """Who may be the same person: the same staff number, telephone, or sound of name with the same
    year of birth."""
    mine = db.session().get(PersonRow, person)
    me = db.session().get(LearnerRow, person)
    if mine is None or me is None:
        return []
    alike = [
        and_(PersonRow.staff_number == mine.staff_number, PersonRow.staff_number != ""),
        and_(PersonRow.phone == mine.phone, PersonRow.phone != ""),
        and_(
            PersonRow.sound == mine.sound,
            PersonRow.sound != "",
            LearnerRow.birth_year == me.birth_year,
        ),
    ]
    statement = PERSON.where(or_(*alike), LearnerRow.id != person, ~LearnerRow.closed)
    return [Person(*row) for row in db.session().execute(statement.limit(20))]


def profile_of(person: str, at: datetime) -> Profile | None:
    """The person's profile on a day, from the record itself."""
    return profile_on(events_about(learner=person, kinds=LEARNER_KINDS), at)
