"""Cards, PINs and kiosks on both databases: counted guesses, withdrawn cards, erased people."""

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.cards.actions import (
    issue_card,
    make_pin_code,
    open_pin_code,
    sign_in_with_card,
    type_pin_again,
    withdraw_card,
)
from lms.people.cards.queries import card_state_of, find_holder, seen_at
from lms.people.cards.rules import PinCodeWrong, PinsDiffer, TooManyGuesses, WrongCard
from lms.people.devices.actions import (
    count_guest,
    enrol_device,
    make_device_code,
    note_length_of_visit,
    withdraw_device,
)
from lms.people.devices.queries import devices_in, find_device, guests_on
from lms.people.devices.rules import Device, DeviceCodeWrong
from lms.people.events import LearnerClosed, LearnerErased
from lms.people.queries import current_person, find_visitor
from lms.record.events import SYSTEM, EventVoided, LearnerMerged
from lms.record.projection import rebuild
from tests.builders import keep, make_event, make_person
from tests.builders_kiosk import PIN, TODAY, choose_pin, make_device, make_holder


@pytest.fixture
def device(tree: dict[str, str]) -> Device:
    """A kiosk in Abidjan."""
    return make_device(tree["CI-OP-ABJ-01"])


@pytest.fixture
def awa(tree: dict[str, str], device: Device) -> tuple[str, str]:
    """(person, card number)"""
    return make_holder(tree["CI-OP-ABJ-01"], device, given_name="Awa")


def enter(number: str, pin: str, device: Device, at: datetime | None = None) -> str:
    """Signs in; the person."""
    moment = at or now()
    person, token = sign_in_with_card(number=number, pin=pin, device=device, day=TODAY, at=moment)
    assert find_visitor(token, moment) is not None
    db.session.rollback()
    return person


def test_the_right_pin_opens_and_is_seen_at_the_counter(
    device: Device, awa: tuple[str, str]
) -> None:
    assert enter(awa[1], PIN, device) == awa[0]

    [seen] = seen_at(device.organisation, TODAY)
    assert (seen.person, seen.signed_in, seen.registered) == (awa[0], True, False)
    assert seen_at(device.organisation, TODAY + timedelta(days=1)) == []
    assert devices_in(("",))[0].last_day == now().date().isoformat()


def test_wrong_pins_in_a_row_lock_and_a_right_one_in_between_forgets_them(
    device: Device, awa: tuple[str, str]
) -> None:
    for _round in range(2):
        for wrong in range(4):
            with pytest.raises(WrongCard):
                enter(awa[1], f"90210{wrong}", device)
        if _round == 0:
            enter(awa[1], PIN, device)
    with pytest.raises(WrongCard):
        enter(awa[1], "902109", device)
    assert card_state_of(awa[0]).pin == "locked"
    db.session.rollback()
    with pytest.raises(WrongCard):
        enter(awa[1], PIN, device)


def test_guesses_at_once_are_counted_one_by_one(
    app: Flask, device: Device, awa: tuple[str, str]
) -> None:
    answers: list[str] = []

    def guess(number: int) -> None:
        with app.app_context():
            try:
                enter(awa[1], f"70{number:04}", device)
            except (WrongCard, TooManyGuesses) as refusal:
                answers.append(type(refusal).__name__)
            db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=guess, args=(number,)) for number in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (answers.count("WrongCard"), answers.count("TooManyGuesses")) == (10, 4)
    holder = find_holder(awa[1])
    assert holder is not None and holder.failures == 5


def test_a_kiosk_has_fifty_guesses_an_hour_and_then_again(
    device: Device, awa: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    for guess in range(50):
        with pytest.raises(WrongCard):
            sign_in_with_card(number=f"unknown {guess}", pin=PIN, device=device, day=TODAY, at=at)
    with pytest.raises(TooManyGuesses) as refused:
        enter(awa[1], PIN, device, at)
    assert refused.value.values["minutes"] == 60
    assert enter(awa[1], PIN, device, at + timedelta(minutes=61)) == awa[0]


def test_a_withdrawn_card_opens_nothing_until_another_is_printed_and_a_pin_chosen(
    device: Device, awa: tuple[str, str]
) -> None:
    person = current_person(awa[0])
    where = {"office": device.organisation, "by": SYSTEM}
    with writing():
        issue_card(person=person, named=False, at=now(), event_id=new_id(), **where)  # type: ignore[arg-type]
    with writing():
        withdraw_card(person=person, at=now(), event_id=new_id(), **where)  # type: ignore[arg-type]
    with pytest.raises(WrongCard):
        enter(awa[1], PIN, device)
    with writing():
        issue_card(person=person, named=False, at=now(), event_id=new_id(), **where)  # type: ignore[arg-type]
    with pytest.raises(WrongCard):
        enter(awa[1], PIN, device)
    choose_pin(awa[0], device, "270481")

    assert enter(awa[1], "270481", device) == awa[0]


@pytest.mark.parametrize("gone", [LearnerClosed, LearnerErased])
def test_who_is_closed_or_erased_does_not_come_in(
    device: Device, awa: tuple[str, str], gone: type
) -> None:
    keep(make_event(gone(awa[0]) if gone is LearnerErased else gone(awa[0], "left"), at=now()))

    with pytest.raises(WrongCard):
        enter(awa[1], PIN, device)


def test_either_card_opens_the_one_person_that_two_were(
    tree: dict[str, str], device: Device, awa: tuple[str, str]
) -> None:
    other = make_person(office=tree["CI-OP-ABJ-02"])
    number = current_person(other).number
    keep(make_event(LearnerMerged(awa[0], other), at=now()))
    one = min(awa[0], other)

    assert enter(awa[1], PIN, device) == one
    assert enter(number, PIN, device) == one
    assert card_state_of(one).pin == "chosen"


def test_a_code_serves_once_and_two_different_pins_begin_again(
    tree: dict[str, str], device: Device
) -> None:
    person = make_person(office=tree["CI-OP-ABJ-01"])
    code = make_pin_code(person=person, organisation=device.organisation, at=now())
    handle = open_pin_code(typed=code, device=device, at=now())
    with pytest.raises(PinsDiffer):
        type_pin_again(handle=handle, pin=PIN, device=device, at=now())
    newer = make_pin_code(person=person, organisation=device.organisation, at=now())
    with pytest.raises(PinCodeWrong):
        open_pin_code(typed=code if code != newer else "x", device=device, at=now())
    db.session.rollback()
    choose_pin(person, device)
    with pytest.raises(PinCodeWrong):
        open_pin_code(typed=newer, device=device, at=now())


def test_of_two_machines_with_one_code_one_is_enrolled(tree: dict[str, str]) -> None:
    code = make_device_code(organisation=tree["CI-OP-ABJ-01"], by="chief", at=now())
    with writing():
        first = enrol_device(typed=code, label="One", at=now())
    with pytest.raises(DeviceCodeWrong), writing():
        enrol_device(typed=code, label="Two", at=now())

    found = find_device(first)
    assert found is not None and found.label == "One"
    assert len(devices_in(("",))) == 1
    db.session.rollback()
    with writing():
        withdraw_device(device=found, by=SYSTEM, at=now(), event_id=new_id())
    assert find_device(first) is None


def test_a_visit_counts_once_and_a_void_takes_it_away_and_a_rebuild_changes_nothing(
    device: Device, awa: tuple[str, str]
) -> None:
    visit, other, at = new_id(), new_id(), now()
    for event_id in (visit, visit, other):
        with writing():
            count_guest(device=device, language="fr", event_id=event_id, at=at)
            note_length_of_visit(
                device=device, visit=event_id, minutes=7, pages=3, language="fr", at=at
            )
    keep(make_event(EventVoided(other, "mistake"), at=at))

    before = guests_on(device.organisation, at.date(), "CI"), devices_in(("",))
    db.session.rollback()
    with writing():
        rebuild()
    after = guests_on(device.organisation, at.date(), "CI"), devices_in(("",))

    assert before[0] == (1, 7)
    assert before == after
    db.session.rollback()
    assert enter(awa[1], PIN, device) == awa[0], "a PIN stands in no event and stays"
