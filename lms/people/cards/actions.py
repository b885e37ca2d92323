"""Signing in with a card, choosing and resetting a PIN, giving and withdrawing a card.

PINs are hashed outside write transactions, as passwords are.
"""

import hashlib
import secrets
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update

from lms.base.clock import as_text
from lms.base.database import db, work_reading, work_writing, writing
from lms.base.ids import clean_code, derived_id
from lms.base.secret_hash import nobodys_hash, secret_fits, secret_hash
from lms.people.actions import begin_session
from lms.people.audit import note
from lms.people.cards.events import CardIssued, CardWithdrawn
from lms.people.cards.guesses import (
    count,
    forget_wrong_pins,
    forgive,
    take_a_guess,
    whose,
)
from lms.people.cards.rules import (
    KIOSK_HOURS,
    PIN_CODE_HOLDS,
    PIN_CODE_LENGTH,
    PIN_CODE_TRIES,
    PinCodeWrong,
    PinsDiffer,
    WrongCard,
    check_pin,
    digits_of,
)
from lms.people.cards.tables import CounterDayRow, PinCodeRow, PinRow
from lms.people.devices.actions import note_device_use
from lms.people.devices.rules import Device
from lms.people.queries import current_person
from lms.people.rules import Person
from lms.people.tables import SessionRow
from lms.record.actions import record
from lms.record.aliases import aliases_of
from lms.record.events import Actor, Happened


def sign_in_with_card(
    *, number: str, pin: str, device: Device, day: date, at: datetime, demo: bool = False
) -> tuple[str, str]:
    """(person, session token) of who holds the card and knows its PIN.

    Refuses with `WrongCard` whatever is wrong, in the same time and words, or `TooManyGuesses`.
    `day` is today in the office's calendar; `demo` admits people of the demonstration.
    """
    card = clean_code(number) or number[:40]
    holder, limits = take_a_guess(number=card, device=device.id, at=at)
    fits = secret_fits(holder.verifier if holder else nobodys_hash(), digits_of(pin))
    if not fits or holder is None or (holder.demo and not demo):
        raise WrongCard
    forget_wrong_pins(holder.pin_of)
    forgive(limits, at)
    return holder.person, enter_kiosk(person=holder.person, device=device, day=day, at=at)


def enter_kiosk(*, person: str, device: Device, day: date, at: datetime) -> str:
    """Begins the person's session at a kiosk: its token."""
    note_device_use(device=device.id, at=at)
    note_at_counter(
        person=person, organisation=device.organisation, day=day, how="signed-in", at=at
    )
    return begin_session(person=person, device=device.id, hours=KIOSK_HOURS, at=at, kiosk=True)


def note_at_counter(*, person: str, organisation: str, day: date, how: str, at: datetime) -> None:
    """Keeps for today that the person was here. Other days are forgotten."""
    row = {
        "id": derived_id(organisation, day.isoformat(), person, how),
        "organisation": organisation,
        "day": day.isoformat(),
        "person": person,
        "how": how,
        "at": as_text(at),
    }
    with work_writing() as work:
        past = CounterDayRow.organisation == organisation, CounterDayRow.day < day.isoformat()
        work.execute(delete(CounterDayRow).where(*past))
        work.execute(delete(CounterDayRow).where(CounterDayRow.id == row["id"]))
        work.execute(insert(CounterDayRow).values(row))


def make_pin_code(*, person: str, organisation: str, at: datetime) -> str:
    """Six digits that open the page to choose a PIN at a kiosk of the office, for 10 minutes.

    A new code makes the person's older ones useless.
    """
    with work_writing() as work:
        work.execute(delete(PinCodeRow).where(PinCodeRow.person == person))
        work.execute(delete(PinCodeRow).where(PinCodeRow.ends_at < as_text(at)))
        taken = set(work.scalars(select(PinCodeRow.code_hash)))
        code = _new_code(organisation, taken)
        row = {
            "code_hash": _handle(code, organisation),
            "person": person,
            "organisation": organisation,
            "ends_at": as_text(at + PIN_CODE_HOLDS),
            "draft": "",
        }
        work.execute(insert(PinCodeRow).values(row))
    return code


def _new_code(organisation: str, taken: set[str]) -> str:
    while True:
        code = "".join(secrets.choice("0123456789") for _ in range(PIN_CODE_LENGTH))
        if _handle(code, organisation) not in taken:
            return code


def _handle(code: str, organisation: str) -> str:
    return hashlib.sha256(f"pin code:{organisation}:{code}".encode()).hexdigest()


def open_pin_code(*, typed: str, device: Device, at: datetime) -> str:
    """The handle of the code that was typed at a kiosk of its office.

    Refuses with `PinCodeWrong`; after some tries in an hour with `TooManyGuesses`.
    """
    limits = ((whose("pin code", device.id), PIN_CODE_TRIES),)
    with writing():  # one at a time, so that no try is missed
        count(limits, at)
    handle = _handle(digits_of(typed), device.organisation)
    _row_of(handle, device, at)
    forgive(limits, at)
    return handle


def _row_of(handle: str, device: Device, at: datetime) -> PinCodeRow:
    statement = select(PinCodeRow.__table__).where(
        PinCodeRow.code_hash == handle,
        PinCodeRow.organisation == device.organisation,
        PinCodeRow.ends_at > as_text(at),
    )
    with work_reading() as work:
        row = work.execute(statement).one_or_none()
    if row is None:
        raise PinCodeWrong
    return PinCodeRow(**row._mapping)


def type_pin_once(*, handle: str, pin: str, device: Device, at: datetime) -> None:
    """The PIN as it was typed the first time; refuses with `PinRefused` or `PinCodeWrong`."""
    person = current_person(_row_of(handle, device, at).person)
    db.session().rollback()  # the slow hash below must not hold a read snapshot
    draft = secret_hash(check_pin(pin, birth_year=person.birth_year, number=person.number))
    _keep_draft(handle, draft)


def _keep_draft(handle: str, draft: str) -> None:
    with work_writing() as work:
        row = update(PinCodeRow).where(PinCodeRow.code_hash == handle)
        work.execute(row.values(draft=draft))


def type_pin_again(*, handle: str, pin: str, device: Device, at: datetime) -> str:
    """The PIN typed the second time becomes the person's, once; returns the person.

    Refuses with `PinsDiffer`, and then begins again, or `PinCodeWrong`.
    """
    row = _row_of(handle, device, at)
    if not row.draft or not secret_fits(row.draft, digits_of(pin)):
        _keep_draft(handle, "")
        raise PinsDiffer
    with writing() as session:
        _use_up(handle)
        changed = PinRow(person=row.person, verifier=row.draft, failures=0, changed_at=as_text(at))
        session.merge(changed)
    return row.person


def _use_up(handle: str) -> None:
    with work_writing() as work:
        gone = delete(PinCodeRow).where(PinCodeRow.code_hash == handle)
        if not work.scalars(gone.returning(PinCodeRow.person)).all():
            raise PinCodeWrong


def reset_pin(*, person: str, office: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person has no PIN any more, in the present transaction: they choose another one."""
    forget_pins(person)
    note("pin.reset", by=by, at=at, learner=person, organisation=office, event_id=event_id)


def forget_pins(person: str) -> None:
    """Removes the PIN and what could make a new one; ends the person's sessions at kiosks."""
    mine = aliases_of(person)
    db.session().execute(delete(PinRow).where(PinRow.person.in_(mine)))
    with work_writing() as work:
        work.execute(delete(PinCodeRow).where(PinCodeRow.person.in_(mine)))
        work.execute(delete(SessionRow).where(SessionRow.person.in_(mine), SessionRow.kiosk))


def issue_card(
    *, person: Person, office: str, named: bool, by: Actor, at: datetime, event_id: str
) -> None:
    """A card with the person's number is printed."""
    issued = CardIssued(learner=person.id, organisation=office, number=person.number, named=named)
    record([Happened(issued, event_id, by, at)])
    note(
        "card.issued",
        by=by,
        at=at,
        learner=person.id,
        organisation=office,
        detail={"named": named},
        event_id=derived_id(event_id, "noted"),
    )


def withdraw_card(*, person: Person, office: str, by: Actor, at: datetime, event_id: str) -> None:
    """A lost card opens nothing any more, and neither does its PIN."""
    gone = CardWithdrawn(learner=person.id, organisation=office, number=person.number)
    record([Happened(gone, event_id, by, at)])
    note(
        "card.withdrawn",
        by=by,
        at=at,
        learner=person.id,
        organisation=office,
        event_id=derived_id(event_id, "noted"),
    )
    forget_pins(person.id)
