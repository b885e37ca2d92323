"""Reading many members of staff at once."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, TypeVar

from sqlalchemy import func, select

from lms.base.database import Rows, db
from lms.people.events import LearnerErased
from lms.people.queries.organisations import within
from lms.people.rosters.rules import Names, StaffMember
from lms.people.rules import EMPLOYEES
from lms.people.tables import CredentialRow, LearnerRow, OrganisationRow, PersonRow
from lms.record.aliases import canonical_among
from lms.record.events import Stored
from lms.record.queries import events_of_learners

_MANY: Final = 400
T = TypeVar("T")

_MEMBER: Rows = (
    select(
        LearnerRow.id,
        PersonRow.staff_number,
        PersonRow.given_name,
        PersonRow.family_name,
        PersonRow.email,
        func.coalesce(func.nullif(PersonRow.telephone, ""), PersonRow.phone),
        LearnerRow.office,
        LearnerRow.employment,
        LearnerRow.sex,
        LearnerRow.birth_year,
        LearnerRow.language,
        LearnerRow.closed,
    )
    .join(PersonRow, PersonRow.id == LearnerRow.id)
    .join(OrganisationRow, OrganisationRow.id == LearnerRow.office)
)


def _batches(wanted: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(wanted), _MANY):
        yield wanted[start : start + _MANY]


def staff_numbered(numbers: Collection[str], operator_path: str) -> dict[str, StaffMember]:
    """Staff number → who has it in the operator; numbers as `clean_login` writes them."""
    holders: dict[str, list[str]] = {}
    for some in _batches(sorted(numbers)):
        columns = select(PersonRow.id, PersonRow.staff_number)
        for row in db.session().execute(columns.where(PersonRow.staff_number.in_(some))):
            holders.setdefault(row.staff_number, []).append(row.id)
    same = canonical_among(person for persons in holders.values() for person in persons)
    wanted = {same.get(person, person) for persons in holders.values() for person in persons}
    members = staff_with_ids(wanted, [operator_path])
    return {
        number: members[found[0]]
        for number, persons in holders.items()
        if (found := sorted({same.get(p, p) for p in persons} & members.keys()))
    }


def staff_with_ids(
    persons: Collection[str], paths: Collection[str] = ("",)
) -> dict[str, StaffMember]:
    """Members of staff by pseudonym, those whose office lies in the subtrees."""
    found: dict[str, StaffMember] = {}
    for some in _batches(sorted(persons)):
        statement = _MEMBER.where(LearnerRow.id.in_(some), within(OrganisationRow.path, paths))
        for row in db.session().execute(statement):
            found[row.id] = StaffMember(*row)
    return found


def staff_in(paths: Collection[str]) -> list[StaffMember]:
    """All employees with a staff number and an open account whose office lies in the subtrees."""
    statement = _MEMBER.where(
        within(OrganisationRow.path, paths),
        PersonRow.staff_number != "",
        LearnerRow.employment.in_(EMPLOYEES),
        LearnerRow.closed.is_(False),
    )
    return [StaffMember(*row) for row in db.session().execute(statement)]


def erased_among(persons: Collection[str]) -> set[str]:
    """Those whose names were erased, for ever."""
    histories = events_of_learners(persons, (LearnerErased.kind,))
    return {person for person, history in histories.items() if history}


def holders_of_emails(emails: Collection[str]) -> dict[str, str]:
    """E-mail address → the person registered with it; addresses as `clean_login` writes them."""
    found: dict[str, str] = {}
    for some in _batches(sorted(emails)):
        columns = select(PersonRow.id, PersonRow.email).order_by(PersonRow.id.desc())
        for row in db.session().execute(columns.where(PersonRow.email.in_(some))):
            found[row.email] = row.id
    same = canonical_among(found.values())
    return {email: same.get(person, person) for email, person in found.items()}


def names_of(persons: Collection[str]) -> dict[str, Names]:
    """What stands in the erasable table about these persons."""
    columns = select(
        PersonRow.id,
        PersonRow.given_name,
        PersonRow.family_name,
        PersonRow.staff_number,
        PersonRow.email,
        PersonRow.phone,
        PersonRow.telephone,
    )
    found: dict[str, Names] = {}
    for some in _batches(sorted(persons)):
        for row in db.session().execute(columns.where(PersonRow.id.in_(some))):
            found[row.id] = Names(*row)
    return found


def people_with_passwords(persons: Collection[str]) -> set[str]:
    """Those who can sign in with a password."""
    found: set[str] = set()
    for some in _batches(sorted(persons)):
        statement = select(CredentialRow.person).where(CredentialRow.person.in_(some))
        found.update(db.session().scalars(statement))
    return found


def histories_of(persons: Collection[str]) -> dict[str, list[Stored]]:
    """Every valid event about each of these persons."""
    return events_of_learners(persons)
