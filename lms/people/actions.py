"""Writing about people. Passwords are hashed before a write transaction begins."""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

import argon2
from sqlalchemy import delete, insert, select

from lms.base.clock import as_text, from_text
from lms.base.database import db, work_writing, writing
from lms.base.ids import ALPHABET, check_character, derived_id, new_id
from lms.people.events import (
    LearnerChanged,
    LearnerMoved,
    LearnerRegistered,
    OrganisationAdded,
    PositionGiven,
    PositionWithdrawn,
)
from lms.people.queries import (
    demo_people_among,
    failures_of,
    password_of,
    passwords_for,
    token_hash,
)
from lms.people.rules import (
    FREE_TRIES,
    FREE_TRIES_OF_ADDRESS,
    PASSWORD_AT_LEAST,
    SESSION_TOKEN_BYTES,
    TRIES_COUNT_FOR,
    LoginTaken,
    PasswordTooShort,
    TooManyTries,
    WrongSignIn,
    clean_login,
    fold_text,
    seconds_to_wait,
)
from lms.people.tables import CredentialRow, PersonRow, SessionRow, TryRow
from lms.record.actions import record
from lms.record.events import Actor, Channel, Happened

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
    """(person, session token) of who gave the right password; `demo` admits demo accounts too.

    Refuses with `TooManyTries` or `WrongSignIn`; an unknown account takes the same time. Where
    people with the same number also have the same password, none of them is let in as another.
    """
    account, place = _whose("account", clean_login(login)), _whose("address", address)
    _refuse_too_many(account, place, at)
    accounts = passwords_for(login)
    demo_people = set() if demo else demo_people_among([person for person, _ in accounts])
    db.session().rollback()  # the slow check below must not hold a read snapshot
    fitting = [person for person, known in accounts if _fits(known, password)]
    if not accounts:
        _fits(_nobodys_password(), password)
    if len(fitting) != 1 or fitting[0] in demo_people:
        _remember_failure(account, place, at)
        raise WrongSignIn
    return fitting[0], begin_session(person=fitting[0], device=device, hours=hours, at=at)


def _whose(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()[:32]


def _refuse_too_many(account: str, place: str, at: datetime) -> None:
    for who, free in ((account, FREE_TRIES), (place, FREE_TRIES_OF_ADDRESS)):
        failures, last = failures_of(who, at - TRIES_COUNT_FOR)
        wait = seconds_to_wait(failures, from_text(last) if last else None, at, free)
        if wait:
            raise TooManyTries(seconds=wait)


def _remember_failure(account: str, place: str, at: datetime) -> None:
    moment = as_text(at)
    with work_writing() as work:
        work.execute(delete(TryRow).where(TryRow.at < as_text(at - TRIES_COUNT_FOR)))
        work.execute(insert(TryRow), [{"who": who, "at": moment} for who in (account, place)])


def begin_session(
    *, person: str, device: str, hours: int, at: datetime, kiosk: bool = False
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
    """Ends every session of a person, on every device."""
    with work_writing() as work:
        work.execute(delete(SessionRow).where(SessionRow.person == person))


def register_person(
    *,
    given_name: str,
    family_name: str,
    office: str,
    employment: str,
    by: Actor,
    at: datetime,
    person: str | None = None,
    staff_number: str = "",
    email: str = "",
    sex: str = "",
    birth_year: int | None = None,
    language: str = "fr",
    password_hash: str | None = None,
    demo: bool = False,
    channel: Channel = "web",
    event_id: str | None = None,
) -> str:
    """A person comes into being; returns the pseudonym. Refuses an e-mail that is taken.

    The same `event_id` again is the same person again.
    """
    event_id = event_id or new_id()
    person = person or derived_id("person", event_id)
    login = clean_login(email)
    if login and _is_taken(login, person):
        raise LoginTaken(login=email.strip())
    registered = LearnerRegistered(
        learner=person,
        number=number_for(event_id),
        office=office,
        employment=employment,
        sex=sex,
        birth_year=birth_year,
        language=language,
        demo=demo,
    )
    if record([Happened(registered, event_id, by, at, channel)]):
        _keep_names(person, given_name, family_name, staff_number, login)
        if password_hash:
            set_password_hash(person=person, password_hash=password_hash, at=at)
    return person


def number_for(event_id: str) -> str:
    """The person's number: 7 letters drawn from the random part of the event's id, and a check
    character. The same form sent twice gives the same number."""
    value = int.from_bytes(hashlib.sha256(event_id.encode()).digest()[:8])
    body = "".join(ALPHABET[(value >> (5 * place)) & 31] for place in range(7))
    return body + check_character(body)


def _is_taken(login: str, person: str) -> bool:
    statement = select(PersonRow.id).where(PersonRow.email == login, PersonRow.id != person)
    return db.session().scalar(statement) is not None


def _keep_names(
    person: str, given_name: str, family_name: str, staff_number: str, login: str
) -> None:
    given_name, family_name = given_name.strip(), family_name.strip()
    number = clean_login(staff_number)
    db.session().merge(
        PersonRow(
            id=person,
            given_name=given_name,
            family_name=family_name,
            staff_number=number,
            email=login,
            search=fold_text(f"{given_name} {family_name} {number} {login}"),
        )
    )
    db.session().flush()


def prove_password(*, person: str, password: str) -> None:
    """Refuses with `WrongSignIn` unless this is the person's password."""
    known = password_of(person)
    db.session().rollback()
    if known is None or not _fits(known, password):
        raise WrongSignIn


def change_password(
    *, person: str, new_password: str, device: str, hours: int, at: datetime
) -> str:
    """Gives the person a new password, ends all their sessions and begins one: its token."""
    hashed = hash_password(new_password)
    with writing():
        set_password_hash(person=person, password_hash=hashed, at=at)
    end_sessions_of(person=person)
    return begin_session(person=person, device=device, hours=hours, at=at)


def set_password_hash(*, person: str, password_hash: str, at: datetime) -> None:
    """Gives the person this password; the caller ends their sessions."""
    row = CredentialRow(person=person, password=password_hash, changed_at=as_text(at))
    db.session().merge(row)
    db.session().flush()


def change_language(*, person: str, language: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person reads in this language from now on."""
    change = LearnerChanged(learner=person, language=language)
    record([Happened(change, event_id, by, at)])


def move_person(
    *, person: str, office: str, employment: str, on: str, by: Actor, at: datetime, event_id: str
) -> None:
    """From the day `on` the person belongs to another office; the past stays as it was."""
    moved = LearnerMoved(learner=person, office=office, employment=employment, on=on)
    record([Happened(moved, event_id, by, at)])


def give_position(
    *,
    person: str,
    position: str,
    organisation: str,
    on: str,
    by: Actor,
    at: datetime,
    event_id: str | None = None,
) -> None:
    """The person may act as `position` at the organisation and below, from the day `on`."""
    given = PositionGiven(learner=person, position=position, organisation=organisation, on=on)
    record([Happened(given, event_id or new_id(), by, at)])


def withdraw_position(
    *,
    person: str,
    position: str,
    organisation: str,
    on: str,
    by: Actor,
    at: datetime,
    event_id: str | None = None,
) -> None:
    """The person no longer holds the position, from the day `on`."""
    gone = PositionWithdrawn(learner=person, position=position, organisation=organisation, on=on)
    record([Happened(gone, event_id or new_id(), by, at)])


def add_organisations(organisations: list[OrganisationAdded], *, by: Actor, at: datetime) -> int:
    """Adds what is not there yet, known by code; returns how many were new."""
    happenings = [
        Happened(each, derived_id("organisation.added", each.code), by, at, "command")
        for each in organisations
    ]
    return len(record(happenings))
