"""Signing in and out, and passwords."""

import secrets
from datetime import datetime, timedelta
from functools import lru_cache

import argon2
from sqlalchemy import delete, insert

from lms.base.clock import as_text
from lms.base.database import db, work_writing, writing
from lms.people.actions.tries import refuse_too_many, remember_failure, whose
from lms.people.queries import (
    demo_people_among,
    may_enter,
    password_of,
    passwords_for,
    token_hash,
)
from lms.people.rules import (
    FREE_TRIES,
    FREE_TRIES_OF_ADDRESS,
    PASSWORD_AT_LEAST,
    SESSION_TOKEN_BYTES,
    PasswordTooShort,
    WrongSignIn,
    clean_login,
)
from lms.people.tables import CredentialRow, SessionRow
from lms.record.aliases import aliases_of, canonical_among

_hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """argon2id, 19 MiB: about 35 ms. Refuses a password that is too short."""
    if len(password) < PASSWORD_AT_LEAST:
        raise PasswordTooShort(length=PASSWORD_AT_LEAST)
    return _hasher.hash(password)


@lru_cache(maxsize=1)
def _nobodys_password() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _fits(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except argon2.exceptions.VerificationError:
        return False


def recognise(*, login: str, password: str, address: str, at: datetime, demo: bool = False) -> str:
    """Who gave the right password; `demo` admits demo accounts too.

    Refuses with `TooManyTries` or `WrongSignIn`; an unknown account takes the same time. Where
    people with the same number also have the same password, none of them is let in as another;
    somebody who was registered twice and merged is one person.
    """
    account, place = whose("account", clean_login(login)), whose("address", address)
    refuse_too_many(((account, FREE_TRIES), (place, FREE_TRIES_OF_ADDRESS)), at)
    accounts = passwords_for(login)
    one = canonical_among([person for person, _ in accounts])
    accounts = [(one.get(person, person), known) for person, known in accounts]
    demo_people = set() if demo else demo_people_among([person for person, _ in accounts])
    db.session().rollback()  # the slow check below must not hold a read snapshot
    fitting = sorted({person for person, known in accounts if _fits(known, password)})
    if not accounts:
        _fits(_nobodys_password(), password)
    if len(fitting) != 1 or fitting[0] in demo_people or not may_enter(fitting[0]):
        db.session().rollback()
        remember_failure((account, place), at)
        raise WrongSignIn
    return fitting[0]


def sign_in(
    *,
    login: str,
    password: str,
    address: str,
    device: str,
    hours: int,
    at: datetime,
    demo: bool = False,
) -> tuple[str, str]:
    """(person, session token) of who gave the right password; refuses as `recognise` does."""
    person = recognise(login=login, password=password, address=address, at=at, demo=demo)
    return person, begin_session(person=person, device=device, hours=hours, at=at, address=address)


def begin_session(
    *,
    person: str,
    device: str,
    hours: int,
    at: datetime,
    kiosk: bool = False,
    address: str = "",
) -> str:
    """A new session's token; the database keeps its hash alone. At a kiosk `device` is its id."""
    token = secrets.token_urlsafe(SESSION_TOKEN_BYTES)
    row = {
        "token_hash": token_hash(token),
        "person": person,
        "began_at": as_text(at),
        "ends_at": as_text(at + timedelta(hours=hours)),
        "device": device[:200],
        "kiosk": kiosk,
        "assisted_by": "",
        "address": address[:60],
    }
    with work_writing() as work:
        work.execute(delete(SessionRow).where(SessionRow.ends_at < as_text(at)))
        work.execute(insert(SessionRow).values(row))
    return token


def end_session(*, session: str) -> None:
    """Ends one session, named by the hash of its token."""
    with work_writing() as work:
        work.execute(delete(SessionRow).where(SessionRow.token_hash == session))


def end_sessions_of(*, person: str) -> None:
    """Ends every session of a person, under each id they have, on every device."""
    group = aliases_of(person)
    with work_writing() as work:
        work.execute(delete(SessionRow).where(SessionRow.person.in_(group)))


def prove_password(*, person: str, password: str) -> None:
    """Refuses with `WrongSignIn` unless this is the person's password: of somebody who was merged,
    one of theirs."""
    known = [each for each in map(password_of, aliases_of(person)) if each]
    db.session().rollback()
    if not any(_fits(each, password) for each in known):
        raise WrongSignIn


def change_password(
    *, person: str, new_password: str, device: str, hours: int, at: datetime, address: str = ""
) -> str:
    """Gives the person a new password, ends all their sessions and begins one: its token."""
    hashed = hash_password(new_password)
    with writing():
        set_password_hash(person=person, password_hash=hashed, at=at)
    end_sessions_of(person=person)
    return begin_session(person=person, device=device, hours=hours, at=at, address=address)


def set_password_hash(*, person: str, password_hash: str, at: datetime) -> None:
    """Gives the person this password, and no other opens their account any more; the caller ends
    their sessions."""
    others = CredentialRow.person.in_(aliases_of(person))
    db.session().execute(delete(CredentialRow).where(others, CredentialRow.person != person))
    row = CredentialRow(person=person, password=password_hash, changed_at=as_text(at))
    db.session().merge(row)
    db.session().flush()
