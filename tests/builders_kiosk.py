"""Kiosks and cards for tests, made through the rooms' own doors."""

from datetime import date, datetime

from flask import Flask

from lms.base.clock import now
from lms.base.database import db, writing
from lms.people.cards.actions import make_pin_code, open_pin_code, type_pin_again, type_pin_once
from lms.people.devices.actions import enrol_device, make_device_code
from lms.people.devices.queries import find_device
from lms.people.devices.rules import Device
from lms.people.queries import current_person
from tests.builders import make_person
from tests.visitor import TestVisitor

PIN = "481516"
TODAY = date(2026, 11, 21)


def make_device(office: str, *, at: datetime | None = None, label: str = "Kiosk 1") -> Device:
    """A machine that the office has enrolled."""
    moment = at or now()
    code = make_device_code(organisation=office, by="somebody", at=moment)
    with writing():
        device = enrol_device(typed=code, label=label, at=moment)
    db.session.rollback()
    found = find_device(device)
    assert found is not None
    return found


def choose_pin(person: str, device: Device, pin: str = PIN, *, at: datetime | None = None) -> None:
    """The person chooses a PIN at a kiosk, with the helper's code."""
    moment = at or now()
    code = make_pin_code(person=person, organisation=device.organisation, at=moment)
    handle = open_pin_code(typed=code, device=device, at=moment)
    type_pin_once(handle=handle, pin=pin, device=device, at=moment)
    type_pin_again(handle=handle, pin=pin, device=device, at=moment)
    db.session.rollback()


def make_holder(office: str, device: Device, **facts: object) -> tuple[str, str]:
    """(person, card number) of somebody with a card and the PIN of these tests."""
    person = make_person(office=office, **facts)  # type: ignore[arg-type]
    choose_pin(person, device)
    number = current_person(person).number
    db.session.rollback()
    return person, number


def at_kiosk(app: Flask, office: str, language: str = "en") -> TestVisitor:
    """A browser on a machine that was enrolled through its page."""
    code = make_device_code(organisation=office, by="somebody", at=now())
    browser = TestVisitor(app)
    page = browser.get(f"/{language}/kiosk/enrol")
    browser.send(page, "enrol", code=code, label="Kiosk 1")
    return browser


def begin(browser: TestVisitor, number: str, pin: str = PIN, language: str = "en") -> TestVisitor:
    """Signs in with card and PIN through the pages."""
    page = browser.send(browser.get(f"/{language}/kiosk/card"), "kiosk/card", number=number)
    seen = browser.send(page, "kiosk/pin", pin=pin)
    assert "my-learning" in str(seen.response.request.path), seen.main
    return browser
