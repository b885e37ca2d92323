"""Reading one-time codes, second steps, waiting messages and sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from lms.base.clock import as_text, from_text
from lms.base.database import Rows, db, work_reading
from lms.people.access.rules import AccessCode, CodeNotValid, SecondStep, digest_of_code
from lms.people.access.tables import AccessCodeRow, MailRow, RecoveryCodeRow, SecondStepRow
from lms.people.queries import demo_people_among, may_enter, people_known_as
from lms.people.rules import clean_login
from lms.people.tables import SessionRow
from lms.record.aliases import canonical_of


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A device on which somebody is signed in. `id` names it in forms; `address` is where it
    signed in."""

    id: str
    token_hash: str
    device: str
    kiosk: bool
    address: str
    began_at: datetime
    ends_at: datetime


_CODE: Rows = select(
    AccessCodeRow.id,
    AccessCodeRow.person,
    AccessCodeRow.purpose,
    AccessCodeRow.ends_at,
    AccessCodeRow.used_at,
)


def _code(row: Any) -> AccessCode:
    person = canonical_of(row.person)
    return AccessCode(row.id, person, row.purpose, from_text(row.ends_at), bool(row.used_at))


def current_code(code: str, at: datetime) -> AccessCode:
    """A one-time code that can still be used by a person who is still there, or a refusal."""
    row = db.session().execute(_CODE.where(AccessCodeRow.id == code)).one_or_none()
    found = _code(row) if row else None
    if found is None or not found.holds_at(at) or not may_enter(found.person):
        raise CodeNotValid
    return found


def code_typed(typed: str, at: datetime) -> AccessCode:
    """The one-time code that was typed from a sheet, or a refusal."""
    digest = digest_of_code("sheet", typed)
    statement = _CODE.where(AccessCodeRow.digest == (digest or "-"))
    row = db.session().execute(statement).one_or_none()
    if row is None:
        raise CodeNotValid
    return current_code(row.id, at)


def find_second_step(person: str) -> SecondStep | None:
    """The person's second step, if they have one."""
    row = db.session().get(SecondStepRow, person, populate_existing=True)
    if row is None:
        return None
    return SecondStep(row.person, row.secret, from_text(row.set_at), row.last_step)


def has_second_step(person: str) -> bool:
    """Whether signing in takes this person two steps."""
    statement = select(SecondStepRow.person).where(SecondStepRow.person == person)
    return db.session().scalar(statement) is not None


def recovery_codes_left(person: str) -> int:
    """How many recovery codes the person has not used."""
    statement = select(func.count()).where(RecoveryCodeRow.person == person)
    return db.session().scalar(statement) or 0


def mail_waiting() -> int:
    """How many messages wait to be sent."""
    return db.session().scalar(select(func.count()).where(MailRow.state == "waits")) or 0


def sessions_of(person: str, at: datetime) -> list[OpenSession]:
    """Where a person is signed in, the newest first."""
    statement = select(
        SessionRow.token_hash,
        SessionRow.device,
        SessionRow.kiosk,
        SessionRow.address,
        SessionRow.began_at,
        SessionRow.ends_at,
    ).where(SessionRow.person == person, SessionRow.ends_at > as_text(at))
    with work_reading() as work:
        rows = work.execute(statement.order_by(SessionRow.began_at.desc())).all()
    return [
        OpenSession(
            id=row.token_hash[:16],
            token_hash=row.token_hash,
            device=row.device,
            kiosk=row.kiosk,
            address=row.address,
            began_at=from_text(row.began_at),
            ends_at=from_text(row.ends_at),
        )
        for row in rows
    ]


def person_known_by(*, email: str, staff_number: str, demo: bool) -> str | None:
    """The one person with this e-mail address, else the one with this staff number; None where
    nobody or several are meant, where the two disagree, or where the account is closed."""
    by_email = {canonical_of(p.id) for p in people_known_as(email) if p.email and "@" in email}
    by_number = {
        canonical_of(p.id)
        for p in people_known_as(staff_number)
        if p.staff_number == clean_login(staff_number)
    }
    meant = by_email & by_number if by_email and by_number else by_email or by_number
    if len(meant) != 1:
        return None
    person = meant.pop()
    hidden = not demo and person in demo_people_among([person])
    return person if may_enter(person) and not hidden else None
