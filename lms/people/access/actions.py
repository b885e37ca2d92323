"""Making and using one-time codes and second steps, and ending sessions."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from lms.base.clock import as_text
from lms.base.database import db, work_writing
from lms.base.ids import derived_id, random_code
from lms.base.sealing import SealBroken, seal, unseal
from lms.people.access.queries import current_code, find_second_step, sessions_of
from lms.people.access.rules import (
    FREE_CODES,
    RECOVERY_CODE,
    RECOVERY_CODES,
    SHEET_CODE,
    VALID_FOR,
    AccessCode,
    Purpose,
    SecondStepUnreadable,
    SecondStepWrong,
    digest_of_code,
    digest_of_recovery,
    in_groups,
    step_of,
)
from lms.people.access.tables import AccessCodeRow, MailRow, RecoveryCodeRow, SecondStepRow
from lms.people.actions import end_session, set_password_hash
from lms.people.actions.tries import refuse_too_many, remember_failure, whose
from lms.people.audit import note
from lms.people.rules import FREE_TRIES_OF_ADDRESS
from lms.people.tables import SessionRow
from lms.record.aliases import aliases_of
from lms.record.events import Actor


def make_sheet_code(*, person: str, by: Actor, at: datetime, event_id: str) -> str:
    """A code to print on a person's sheet, in groups; earlier ways in stop working. The code is
    not kept, so it can be read from this answer alone."""
    code = random_code(SHEET_CODE)
    _close_codes(person, at)
    _keep_code(person, "sheet", digest_of_code("sheet", code) or "", by.person, at, event_id)
    note("sheet.printed", by=by, at=at, learner=person, event_id=derived_id("audit", event_id))
    return in_groups(code)


def make_mail_code(
    *,
    person: str,
    purpose: Purpose,
    language: str,
    by: Actor | None,
    at: datetime,
    event_id: str,
) -> None:
    """Puts a message with a link into the outgoing mail. `by` is None where the person asked; an
    invitation by somebody else ends earlier ways in, a wish by whoever typed a login does not."""
    if db.session().get(AccessCodeRow, event_id) is not None:
        return
    if by is not None:
        _close_codes(person, at)
        note(
            "invitation.sent",
            by=by,
            at=at,
            learner=person,
            event_id=derived_id("audit", event_id),
        )
    _keep_code(person, purpose, "", by.person if by else None, at, event_id)
    db.session().add(
        MailRow(
            id=derived_id("mail", event_id),
            person=person,
            code=event_id,
            language=language,
            made_at=as_text(at),
            due_at=as_text(at),
            tries=0,
            state="waits",
            problem="",
        )
    )
    db.session().flush()


def _keep_code(
    person: str, purpose: Purpose, digest: str, by: str | None, at: datetime, code: str
) -> None:
    db.session().merge(
        AccessCodeRow(
            id=code,
            person=person,
            purpose=purpose,
            digest=digest,
            made_by=by,
            made_at=as_text(at),
            ends_at=as_text(at + VALID_FOR),
            used_at="",
        )
    )
    db.session().flush()


def _close_codes(person: str, at: datetime) -> None:
    still_open = (AccessCodeRow.person == person, AccessCodeRow.used_at == "")
    db.session().execute(update(AccessCodeRow).where(*still_open).values(used_at=as_text(at)))
    waiting = (MailRow.person == person, MailRow.state == "waits")
    db.session().execute(update(MailRow).where(*waiting).values(state="dropped"))


def choose_password(*, code: str, password_hash: str, at: datetime) -> AccessCode:
    """Uses a one-time code: the person has this password from now on; the caller ends their
    sessions. Refuses with `CodeNotValid`."""
    found = current_code(code, at)
    _close_codes(found.person, at)
    set_password_hash(person=found.person, password_hash=password_hash, at=at)
    note(
        "password.chosen",
        by=Actor(found.person),
        at=at,
        learner=found.person,
        detail={"with": found.purpose},
    )
    return found


def forget_access(*, person: str) -> None:
    """Removes every way in but the password: codes, messages, the second step."""
    session = db.session()
    session.execute(delete(AccessCodeRow).where(AccessCodeRow.person == person))
    session.execute(delete(MailRow).where(MailRow.person == person))
    _drop_second_step(person)


def set_second_step(*, person: str, secret: str, code: str, key: str, at: datetime) -> list[str]:
    """Turns the second step on; ten recovery codes, to be shown once. `key` is the server's own.
    Refuses with `SecondStepWrong` unless the code shows that the telephone knows the secret."""
    step = step_of(secret, code, at, after=0)
    if step is None:
        raise SecondStepWrong
    sealed = seal(secret, key=key, about=person)
    row = SecondStepRow(person=person, secret=sealed, set_at=as_text(at), last_step=step)
    db.session().merge(row)
    db.session().flush()
    note("second-step.set", by=Actor(person), at=at, learner=person)
    return renew_recovery_codes(person=person, key=key)


def renew_recovery_codes(*, person: str, key: str) -> list[str]:
    """Ten new recovery codes in groups, to be shown once; the old ones stop working."""
    session = db.session()
    mine = RecoveryCodeRow.person.in_(aliases_of(person))
    session.execute(delete(RecoveryCodeRow).where(mine))
    codes = [random_code(RECOVERY_CODE) for _ in range(RECOVERY_CODES)]
    rows = [{"digest": digest_of_recovery(c, person, key), "person": person} for c in codes]
    session.execute(insert(RecoveryCodeRow), rows)
    return [in_groups(code) for code in codes]


def remove_second_step(*, person: str, by: Actor, at: datetime, event_id: str) -> None:
    """Turns the second step off: by the person, or by somebody above."""
    if find_second_step(person) is None:
        return
    _drop_second_step(person)
    action = "second-step.removed" if by.person == person else "second-step.reset"
    note(action, by=by, at=at, learner=person, event_id=event_id)


def _drop_second_step(person: str) -> None:
    session, mine = db.session(), aliases_of(person)
    session.execute(delete(SecondStepRow).where(SecondStepRow.person.in_(mine)))
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.person.in_(mine)))


def refuse_too_many_codes(*, person: str, address: str, at: datetime) -> None:
    """Refuses with `TooManyTries` who guesses codes, by person and by address."""
    refuse_too_many(_counted(person, address), at)


def remember_wrong_code(*, person: str, address: str, at: datetime) -> None:
    """One more wrong code. Must not be called inside a write transaction."""
    remember_failure([who for who, _ in _counted(person, address)], at)


def _counted(person: str, address: str) -> list[tuple[str, int]]:
    by_address = (whose("address", address), FREE_TRIES_OF_ADDRESS)
    return [(whose("code", person), FREE_CODES), by_address] if person else [by_address]


def take_second_step(*, person: str, typed: str, key: str, at: datetime) -> bool:
    """Whether this is the person's code of this moment, or one of their recovery codes. Either
    counts once: the write transaction sees to it. Refuses with `SecondStepUnreadable` where the
    server's key is not the one under which the second step was set up."""
    mine, unreadable = aliases_of(person), False
    rows = select(SecondStepRow.__table__).where(SecondStepRow.person.in_(mine))
    for row in db.session().execute(rows).all():
        try:
            secret = unseal(row.secret, key=key, about=row.person)
        except SealBroken:
            unreadable = True
            continue
        step = step_of(secret, typed, at, after=row.last_step)
        if step is not None:
            this = SecondStepRow.person == row.person
            db.session().execute(update(SecondStepRow).where(this).values(last_step=step))
            return True
    if _take_recovery_code(mine, typed, key):
        return True
    if unreadable:
        raise SecondStepUnreadable
    return False


def _take_recovery_code(persons: Collection[str], typed: str, key: str) -> bool:
    digests = [digest_of_recovery(typed, each, key) or "-" for each in persons]
    used = delete(RecoveryCodeRow).where(RecoveryCodeRow.digest.in_(digests))
    return db.session().scalar(used.returning(RecoveryCodeRow.person)) is not None


def end_one_session(*, person: str, session: str, at: datetime) -> bool:
    """Ends one of the person's sessions, named by its `OpenSession.id`; False where it is gone."""
    found = [each for each in sessions_of(person, at) if each.id == session]
    for each in found:
        end_session(session=each.token_hash)
    return bool(found)


def end_other_sessions(*, person: str, keep: str) -> None:
    """Ends every session of the person but one, named by the hash of its token."""
    with work_writing() as work:
        others = (SessionRow.person == person, SessionRow.token_hash != keep)
        work.execute(delete(SessionRow).where(*others))
