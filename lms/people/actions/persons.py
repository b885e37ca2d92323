"""Persons come into being, move and change."""

import hashlib
from datetime import datetime

from sqlalchemy import select

from lms.base.database import db
from lms.base.ids import ALPHABET, check_character, derived_id, new_id
from lms.people.actions.signing_in import set_password_hash
from lms.people.events import (
    LearnerChanged,
    LearnerRegistered,
)
from lms.people.queries import employer_of
from lms.people.rules import (
    LoginTaken,
    StaffNumberTaken,
    clean_login,
    fold_text,
)
from lms.people.sounds import clean_phone, clean_telephone, sound_of
from lms.people.tables import LearnerRow, PersonRow
from lms.record.actions import record
from lms.record.aliases import canonical_of
from lms.record.events import Actor, Channel, Happened


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
    phone: str = "",
    sex: str = "",
    birth_year: int | None = None,
    language: str = "fr",
    password_hash: str | None = None,
    demo: bool = False,
    channel: Channel = "web",
    event_id: str | None = None,
) -> str:
    """A person comes into being; returns the pseudonym. Refuses an e-mail that is taken, and a
    staff number that somebody of the same operator has.

    The same `event_id` again is the same person again.
    """
    event_id = event_id or new_id()
    person = person or derived_id("person", event_id)
    login = clean_login(email)
    if login and _is_taken(login, person):
        raise LoginTaken(login=email.strip())
    if staff_number and _is_numbered(clean_login(staff_number), office, person):
        raise StaffNumberTaken(number=staff_number.strip())
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
        keep_names(
            person=person,
            given_name=given_name,
            family_name=family_name,
            staff_number=staff_number,
            email=login,
            phone=phone,
        )
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
    statement = (
        select(PersonRow.id)
        .join(LearnerRow, LearnerRow.id == PersonRow.id)
        .where(PersonRow.email == login, PersonRow.id != person)
    )
    return db.session().scalar(statement) is not None


def _is_numbered(number: str, office: str, person: str) -> bool:
    """Whether somebody else of the operator has this staff number: whoever is closed, too."""
    others = PersonRow.staff_number == number, PersonRow.id != person
    offices = (
        select(LearnerRow.office)
        .join(PersonRow, PersonRow.id == LearnerRow.id)
        .where(*others, LearnerRow.id != person)
    )
    here = employer_of(office)
    return any(employer_of(each) == here for each in set(db.session().scalars(offices)))


def keep_names(
    *,
    person: str,
    given_name: str,
    family_name: str,
    staff_number: str = "",
    email: str = "",
    phone: str = "",
) -> None:
    """Writes the names behind a pseudonym, unless the person had them erased."""
    erased = select(LearnerRow.id).where(LearnerRow.id == canonical_of(person), LearnerRow.erased)
    if db.session().scalar(erased) is not None:
        return
    given_name, family_name = given_name.strip(), family_name.strip()
    login, digits = clean_login(email), clean_phone(phone)
    number = clean_login(staff_number)
    db.session().merge(
        PersonRow(
            id=person,
            given_name=given_name,
            family_name=family_name,
            staff_number=number,
            email=login,
            phone=digits,
            telephone=clean_telephone(phone),
            sound=sound_of(f"{given_name} {family_name}"),
            search=fold_text(f"{given_name} {family_name} {number} {login} {digits}"),
        )
    )
    db.session().flush()


def change_language(*, person: str, language: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person reads in this language from now on."""
    change = LearnerChanged(learner=person, language=language)
    record([Happened(change, event_id, by, at)])
