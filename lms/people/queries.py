"""Reading about people. What leaves this room are frozen values."""

import hashlib
import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select

from lms.base.clock import as_text
from lms.base.database import Rows, db, work_reading
from lms.base.ids import clean_code
from lms.people.events import LEARNER_KINDS
from lms.people.rules import (
    Held,
    Organisation,
    OrganisationUnknown,
    Person,
    PersonUnknown,
    Profile,
    Visitor,
    clean_login,
    fold_text,
    profile_on,
)
from lms.people.tables import (
    CredentialRow,
    LearnerRow,
    OrganisationRow,
    PersonRow,
    PositionRow,
    SessionRow,
    TryRow,
)
from lms.record.queries import events_about


def token_hash(token: str) -> str:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_session(token: str, at: datetime) -> str | None:
    """The person of a session that has not ended."""
    statement = select(SessionRow.person).where(
        SessionRow.token_hash == token_hash(token), SessionRow.ends_at > as_text(at)
    )
    with work_reading() as work:
        return work.scalar(statement)


_VISITOR = (
    select(
        PersonRow.given_name,
        PersonRow.family_name,
        LearnerRow.language,
        LearnerRow.office,
        LearnerRow.demo,
        PositionRow.position,
        PositionRow.organisation,
        PositionRow.since,
        PositionRow.until,
        OrganisationRow.path,
    )
    .select_from(LearnerRow)
    .join(PersonRow, PersonRow.id == LearnerRow.id)
    .outerjoin(PositionRow, PositionRow.learner == LearnerRow.id)
    .outerjoin(OrganisationRow, OrganisationRow.id == PositionRow.organisation)
)


def find_visitor(token: str, at: datetime) -> Visitor | None:
    """Who is signed in with this token, and what they may do today: two queries."""
    person = find_session(token, at)
    if person is None:
        return None
    rows = db.session().execute(_VISITOR.where(LearnerRow.id == person)).all()
    if not rows:
        return None
    first, today = rows[0], at.date().isoformat()
    held = [
        Held(row.position, row.organisation, row.path)
        for row in rows
        if row.path and row.since <= today and (not row.until or row.until > today)
    ]
    name = f"{first.given_name} {first.family_name}".strip()
    return Visitor(
        person, token_hash(token), name, first.language, first.office, first.demo, tuple(held)
    )


def passwords_for(login: str) -> list[tuple[str, str]]:
    """(person, password hash) of the accounts that a typed login may mean."""
    wanted = clean_login(login)
    if not wanted:
        return []
    statement = (
        select(CredentialRow.person, CredentialRow.password)
        .join(PersonRow, PersonRow.id == CredentialRow.person)
        .where(or_(PersonRow.email == wanted, PersonRow.staff_number == wanted))
        .order_by(CredentialRow.person)
        .limit(4)
    )
    return [(row.person, row.password) for row in db.session().execute(statement)]


def demo_people_among(persons: Collection[str]) -> set[str]:
    """Those of the persons who exist in the demonstration only."""
    statement = select(LearnerRow.id).where(LearnerRow.id.in_(sorted(persons)), LearnerRow.demo)
    return set(db.session().scalars(statement))


def password_of(person: str) -> str | None:
    """The password hash of one person."""
    return db.session().scalar(select(CredentialRow.password).where(CredentialRow.person == person))


def failures_of(who: str, since: datetime) -> tuple[int, str | None]:
    """(failed sign-ins since then, moment of the last) for one account or address."""
    statement = select(func.count(), func.max(TryRow.at)).where(
        TryRow.who == who, TryRow.at > as_text(since)
    )
    with work_reading() as work:
        count, last = work.execute(statement).one()
    return count, last


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


def within(column: Any, paths: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a path lies in one of these subtrees; none at all: nothing."""
    return or_(false(), *(column.startswith(path, autoescape=True) for path in paths))


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


_ORGANISATION: Rows = select(
    OrganisationRow.id,
    OrganisationRow.code,
    OrganisationRow.level,
    OrganisationRow.parent,
    OrganisationRow.path,
    OrganisationRow.name_fr,
    OrganisationRow.name_en,
    OrganisationRow.country,
    OrganisationRow.subregion,
    OrganisationRow.area,
    OrganisationRow.membership,
    OrganisationRow.demo,
)


def organisations_in(paths: Collection[str], *, level: str = "") -> list[Organisation]:
    """Organisations of the subtrees, of one level if given, by path."""
    statement = _ORGANISATION.where(within(OrganisationRow.path, paths))
    if level:
        statement = statement.where(OrganisationRow.level == level)
    return [Organisation(*row) for row in db.session().execute(statement.order_by("path"))]


def all_organisations(*, level: str = "") -> list[Organisation]:
    """Every organisation, of one level if given, by code."""
    statement = _ORGANISATION.where(OrganisationRow.level == level) if level else _ORGANISATION
    rows = db.session().execute(statement.order_by(OrganisationRow.code))
    return [Organisation(*row) for row in rows]


def find_organisation(organisation: str) -> Organisation | None:
    """One organisation by id."""
    statement = _ORGANISATION.where(OrganisationRow.id == organisation)
    row = db.session().execute(statement).one_or_none()
    return Organisation(*row) if row else None


def organisations_with_ids(ids: Collection[str]) -> dict[str, Organisation]:
    """Organisations by id."""
    rows = db.session().execute(_ORGANISATION.where(OrganisationRow.id.in_(sorted(ids))))
    return {row.id: Organisation(*row) for row in rows}


def organisation_with_code(code: str) -> Organisation:
    """One organisation by code, or a refusal."""
    statement = _ORGANISATION.where(OrganisationRow.code == code.strip().upper())
    row = db.session().execute(statement).first()
    if row is None:
        raise OrganisationUnknown(code=code)
    return Organisation(*row)


def profile_of(person: str, at: datetime) -> Profile | None:
    """The person's profile on a day, from the record itself."""
    return profile_on(events_about(learner=person, kinds=LEARNER_KINDS), at)


def path_on(organisation: str, day: date) -> str:
    """The path of an organisation as it stood on a day."""
    steps: list[str] = []
    here: str | None = organisation
    while here and here not in steps:
        steps.append(here)
        moves = db.session().scalar(select(OrganisationRow.moves).where(OrganisationRow.id == here))
        here = _parent(json.loads(moves), day) if moves else None
    return "".join(f"{step}/" for step in reversed(steps))


def _parent(moves: list[tuple[str, str | None]], day: date) -> str | None:
    return [parent for on, parent in moves if on <= day.isoformat()][-1]


def positions_of(person: str) -> list[tuple[str, str, str, str]]:
    """(position, organisation, since, until) ever held."""
    statement = select(
        PositionRow.position, PositionRow.organisation, PositionRow.since, PositionRow.until
    ).where(PositionRow.learner == person)
    return [(r.position, r.organisation, r.since, r.until) for r in db.session().execute(statement)]


def places_on_path(path: str) -> dict[str, Organisation]:
    """Level → organisation, for the organisations on a path."""
    ids = [step for step in path.split("/") if step]
    rows = db.session().execute(_ORGANISATION.where(OrganisationRow.id.in_(ids)))
    return {row.level: Organisation(*row) for row in rows}
