"""Reading who is signed in, and what signing in needs."""

import hashlib
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from lms.base.clock import as_text
from lms.base.database import db, work_reading
from lms.people.queries.persons import person_numbered
from lms.people.rules import (
    Held,
    Visitor,
    clean_login,
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
from lms.record.aliases import aliases_of


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


_person, _learner, _position, _organisation, _session = (
    row.__table__.c for row in (PersonRow, LearnerRow, PositionRow, OrganisationRow, SessionRow)
)
_VISITOR = (
    select(
        _person.given_name,
        _person.family_name,
        _learner.language,
        _learner.office,
        _learner.demo,
        _position.position,
        _position.organisation,
        _position.since,
        _position.until,
        _organisation.path,
    )
    .select_from(LearnerRow.__table__)
    .join(PersonRow.__table__, _person.id == _learner.id)
    .outerjoin(PositionRow.__table__, _position.learner == _learner.id)
    .outerjoin(OrganisationRow.__table__, _organisation.id == _position.organisation)
    .where(_learner.id == bindparam("person"), ~_learner.closed)
)
_SESSION = select(
    _session.person,
    _session.device,
    _session.kiosk,
    _session.assisted_by,
    _session.assisted_until,
).where(_session.token_hash == bindparam("token"), _session.ends_at > bindparam("at"))


def find_visitor(token: str, at: datetime) -> Visitor | None:
    """Who is signed in with this token, and what they may do today: two queries.

    At a kiosk everybody is a learner alone: a PIN opens no desk. So is who is assisted: the helper
    beside them sees no desk of theirs.
    """
    asked = {"token": token_hash(token), "at": as_text(at)}
    with work_reading() as work:
        found = work.execute(_SESSION, asked).one_or_none()
    if found is None:
        return None
    person = found.person
    assisted_by = found.assisted_by if found.assisted_until > asked["at"] else ""
    rows = db.session().execute(_VISITOR, {"person": person}).all()
    if not rows:
        return None
    first, today = rows[0], at.date().isoformat()
    held = [
        Held(row.position, row.organisation, row.path)
        for row in rows
        if row.path and row.since <= today and (not row.until or row.until > today)
        if not found.kiosk and not assisted_by
    ]
    name = f"{first.given_name} {first.family_name}".strip()
    return Visitor(
        person=person,
        session=token_hash(token),
        name=name,
        language=first.language,
        office=first.office,
        demo=first.demo,
        positions=tuple(held),
        device=found.device,
        kiosk=found.kiosk,
        assisted_by=assisted_by,
    )


def passwords_for(login: str) -> list[tuple[str, str]]:
    """(person, password hash) of the accounts that a typed login may mean."""
    wanted = clean_login(login)
    if not wanted:
        return []
    statement = (
        select(CredentialRow.person, CredentialRow.password)
        .join(PersonRow, PersonRow.id == CredentialRow.person)
        .where(
            or_(
                PersonRow.email == wanted,
                PersonRow.staff_number == wanted,
                CredentialRow.person == (person_numbered(login) or "-"),
            )
        )
        .order_by(CredentialRow.person)
        .limit(4)
    )
    return [(row.person, row.password) for row in db.session().execute(statement)]


def may_enter(person: str) -> bool:
    """Whether the person's account is open."""
    statement = select(LearnerRow.id).where(LearnerRow.id == person, ~LearnerRow.closed)
    return db.session().scalar(statement) is not None


def password_of(person: str) -> str | None:
    """The password hash of one person."""
    return db.session().scalar(select(CredentialRow.password).where(CredentialRow.person == person))


def has_password(person: str) -> bool:
    """Whether the person signs in with a password, under whichever id of theirs."""
    return any(password_of(each) for each in aliases_of(person))


def failures_of(who: str, since: datetime) -> tuple[int, str | None]:
    """(failed sign-ins since then, moment of the last) for one account or address."""
    statement = select(func.count(), func.max(TryRow.at)).where(
        TryRow.who == who, TryRow.at > as_text(since)
    )
    with work_reading() as work:
        count, last = work.execute(statement).one()
    return count, last


def positions_of(person: str) -> list[tuple[str, str, str, str]]:
    """(position, organisation, since, until) ever held."""
    statement = select(
        PositionRow.position, PositionRow.organisation, PositionRow.since, PositionRow.until
    ).where(PositionRow.learner == person)
    return [(r.position, r.organisation, r.since, r.until) for r in db.session().execute(statement)]
