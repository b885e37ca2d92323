"""Reading one-time codes, second steps, waiting messages and sessions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from lms.base.clock import as_text, from_text
from lms.base.database import Rows, db, work_reading
from lms.people.access.rules import AccessCode, CodeNotValid, SecondStep, digest_of_code
from lms.people.access.tables import AccessCodeRow, MailRow, RecoveryCodeRow, SecondStepRow
from lms.people.queries import (
    demo_people_among,
    may_enter,
    organisation_with_code,
    people_known_as,
)
from lms.people.queries.duplicates import people_inside
from lms.people.rules import Person, clean_login
from lms.people.tables import LearnerRow, PersonRow, SessionRow
from lms.record.aliases import aliases_of, canonical_of


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
    """The person's second step, if they have one; set up under whichever id of theirs."""
    columns = select(SecondStepRow.person, SecondStepRow.set_at, SecondStepRow.last_step)
    mine = columns.where(SecondStepRow.person.in_(aliases_of(person)))
    row = db.session().execute(mine.order_by(SecondStepRow.set_at.desc())).first()
    return SecondStep(row.person, from_text(row.set_at), row.last_step) if row else None


def has_second_step(person: str) -> bool:
    """Whether signing in takes this person two steps."""
    return find_second_step(person) is not None


def recovery_codes_left(person: str) -> int:
    """How many recovery codes the person has not used."""
    mine = RecoveryCodeRow.person.in_(aliases_of(person))
    statement = select(func.count()).where(mine)
    return db.session().scalar(statement) or 0


def mail_waiting() -> int:
    """How many messages wait to be sent."""
    return db.session().scalar(select(func.count()).where(MailRow.state == "waits")) or 0


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message that waits or was refused. `purpose` is invitation, reset or reminder; `problem`
    is a key of `undelivered`, empty before the first try; `domain` is the end of the address that
    the person has now."""

    person: str
    office: str
    purpose: str
    domain: str
    made_at: datetime
    due_at: datetime
    refused: bool
    problem: str


_UNSENT: Rows = (
    select(
        MailRow.person,
        LearnerRow.office,
        AccessCodeRow.purpose,
        PersonRow.email,
        MailRow.made_at,
        MailRow.due_at,
        MailRow.state,
        MailRow.problem,
    )
    .join(LearnerRow, LearnerRow.id == MailRow.person)
    .join(PersonRow, PersonRow.id == MailRow.person)
    .outerjoin(AccessCodeRow, AccessCodeRow.id == MailRow.code)
    .where(MailRow.state.in_(("waits", "refused")))
)


def unsent_mail(
    *, office: str | None = None, refused: bool | None = None, limit: int = 50
) -> list[Unsent]:
    """The newest messages that were not sent: of everybody or of one office; with `refused`, only
    those that are not tried again, or only the others."""
    statement = _UNSENT
    if office is not None:
        statement = statement.where(LearnerRow.office == office)
    if refused is not None:
        statement = statement.where(MailRow.state == ("refused" if refused else "waits"))
    rows = db.session().execute(statement.order_by(MailRow.made_at.desc()).limit(limit))
    return [_unsent(row) for row in rows]


def _unsent(row: Any) -> Unsent:
    return Unsent(
        person=row.person,
        office=row.office,
        purpose=row.purpose or "reminder",
        domain=row.email.rpartition("@")[2],
        made_at=from_text(row.made_at),
        due_at=from_text(row.due_at),
        refused=row.state == "refused",
        problem=row.problem,
    )


def sheets_unused(office: str, at: datetime) -> list[tuple[str, datetime]]:
    """(person, until when it is valid) of each printed sheet of the office's people whose code was
    not used yet."""
    statement = (
        select(AccessCodeRow.person, AccessCodeRow.ends_at)
        .join(LearnerRow, LearnerRow.id == AccessCodeRow.person)
        .where(LearnerRow.office == office, AccessCodeRow.purpose == "sheet")
        .where(AccessCodeRow.used_at == "", AccessCodeRow.ends_at > as_text(at))
    )
    rows = db.session().execute(statement.order_by(AccessCodeRow.ends_at))
    return [(row.person, from_text(row.ends_at)) for row in rows]


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


def person_known_by(*, email: str, staff_number: str, demo: bool, operator: str = "") -> str | None:
    """The one person with this e-mail address, else the one with this staff number; None where
    nobody or several are meant, where the two disagree, or where the account is closed.

    `operator`: the code of the only organisation whose people may be meant. Without it nobody is
    known by a staff number, which is somebody else's in another operator. Refuses with
    `OrganisationUnknown`.
    """
    by_email = _known_at(operator, email, lambda found: bool(found.email and "@" in email))
    number = clean_login(staff_number)
    by_number = _known_at(operator, number, lambda found: found.staff_number == number)
    by_number = by_number if operator else set()
    meant = by_email & by_number if by_email and by_number else by_email or by_number
    if len(meant) != 1:
        return None
    person = meant.pop()
    hidden = not demo and person in demo_people_among([person])
    return person if may_enter(person) and not hidden else None


def _known_at(operator: str, login: str, fits: Callable[[Person], bool]) -> set[str]:
    known = {canonical_of(found.id) for found in people_known_as(login) if fits(found)}
    if not operator:
        return known
    return people_inside([organisation_with_code(operator).path], known)
