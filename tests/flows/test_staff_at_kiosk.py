"""Who works at the post office signs in with a password at a kiosk: to help there, and no more."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from lms.base.clock import now
from lms.base.database import db
from lms.people.actions import hash_password
from lms.people.devices.events import GuestVisited
from lms.people.queries import find_visitor
from lms.record.queries import all_events
from tests.builders import make_person
from tests.builders_assistance import PASSWORD
from tests.builders_kiosk import at_kiosk
from tests.visitor import Seen, TestVisitor, forget_request, said

LANGUAGES = ("fr", "en")
SENTENCE = (
    "This page does not open at a kiosk, because other people use it too. Sign in on another "
    "computer."
)
SHUT = (
    "/manager/people",
    "/counter/devices/",
    "/trainer/",
    "/secretariat/figures",
    "/rights/people",
    "/audit/",
    "/server/",
    "/account/second-step",
    "/account/sessions",
)
"""Desks of positions, and what nobody should do where others look on."""


@pytest.fixture
def office(tree: dict[str, str]) -> str:
    """An office in Abidjan."""
    return tree["CI-OP-ABJ-01"]


@pytest.fixture
def kiosk(app: Flask, office: str) -> TestVisitor:
    """Its kiosk."""
    return at_kiosk(app, office)


def staff(office: str, position: str, at: str, number: str = "P1", **facts: object) -> str:
    """Somebody with a password and a position."""
    return make_person(
        office=office,
        position=position,
        at=at,
        staff_number=number,
        password_hash=hash_password(PASSWORD),
        **facts,  # type: ignore[arg-type]
    )


def sign_in(browser: TestVisitor, language: str = "en", login: str = "P1") -> Seen:
    """From the kiosk's help page, with a password."""
    page = browser.get(f"/{language}/kiosk/help")
    form = browser.get(page.link(said(language, "I work at this post office")))
    return browser.send(form, "sign-in", login=login, password=PASSWORD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_helper_finds_the_way_in_on_the_help_page_and_comes_to_the_counter(
    kiosk: TestVisitor, office: str, language: str
) -> None:
    staff(office, "helper", office)
    choices = kiosk.get(f"/{language}/kiosk/choices")
    assert said(language, "I work at this post office") not in choices.text

    page = sign_in(kiosk, language)

    assert page.response.request.path == f"/{language}/counter/"
    assert said(language, "What waits") in page.main
    assert said(language, "I have finished") in page.text
    kiosk.get(f"/{language}/counter/register")
    kiosk.get(f"/{language}/counter/assist/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "position", ["manager", "training-manager", "coordinator", "secretariat", "engineer", "trainer"]
)
def test_no_other_desk_opens_at_a_kiosk_whatever_one_holds(
    kiosk: TestVisitor, office: str, tree: dict[str, str], position: str, language: str
) -> None:
    staff(office, position, tree["UPAP" if position in ("secretariat", "engineer") else "CI-OP"])
    sign_in(kiosk, language)

    for path in SHUT:
        page = kiosk.get(f"/{language}{path}", status=None)
        assert page.status in (403, 404), path
        if page.status == 403:
            assert said(language, SENTENCE) in page.main, path
    assert kiosk.get(f"/{language}/manager/people", status=403)
    menu = kiosk.get(f"/{language}/my-learning").soup.select(".nav a")
    assert not [a for a in menu if any(path in str(a["href"]) for path in SHUT)]


def test_the_same_manager_elsewhere_opens_their_desk(
    app: Flask, kiosk: TestVisitor, office: str, tree: dict[str, str]
) -> None:
    staff(office, "manager", tree["CI-OP"])
    sign_in(kiosk)
    elsewhere = TestVisitor(app)
    form = elsewhere.get("/en/sign-in")
    elsewhere.send(form, "sign-in", login="P1", password=PASSWORD)

    elsewhere.get("/en/manager/people")
    kiosk.get("/en/manager/people", status=403)


def test_a_manager_of_many_offices_serves_at_a_kiosk_for_its_office_alone(
    kiosk: TestVisitor, office: str, tree: dict[str, str]
) -> None:
    staff(office, "manager", tree["CI-OP-ABJ"])
    here = make_person(office=office, given_name="Binta")
    there = make_person(office=tree["CI-OP-ABJ-02"], given_name="Fatou")
    sign_in(kiosk)

    assert "Binta" in kiosk.get("/en/counter/?search=Essai").main
    assert "Fatou" not in kiosk.get("/en/counter/?search=Essai").main
    kiosk.get(f"/en/counter/people/{here}")
    kiosk.get(f"/en/counter/people/{there}", status=404)


def test_a_helper_of_another_office_is_told_so(kiosk: TestVisitor, tree: dict[str, str]) -> None:
    elsewhere = tree["CI-OP-ABJ-02"]
    staff(elsewhere, "helper", elsewhere)

    page = sign_in(kiosk)
    assert page.response.request.path == "/en/my-learning"
    assert "You do not help at this office" in kiosk.get("/en/counter/", status=403).main


def test_a_password_session_at_a_kiosk_ends_when_nobody_is_there_and_after_a_working_day(
    kiosk: TestVisitor, office: str
) -> None:
    staff(office, "helper", office)
    sign_in(kiosk)
    with kiosk.http.session_transaction() as session:
        token = session["_user_id"]
    assert find_visitor(token, now() + timedelta(hours=7))
    assert find_visitor(token, now() + timedelta(hours=9)) is None
    db.session.rollback()

    with time_machine.travel(now() + timedelta(minutes=11)):
        forget_request()
        page = kiosk.get("/en/counter/")
    assert page.response.request.path == "/en/kiosk/"


def test_the_browser_is_not_asked_to_remember_a_password(kiosk: TestVisitor) -> None:
    page = kiosk.get("/en/sign-in")

    assert {str(f["autocomplete"]) for f in page.soup.select("#login, #password")} == {"off"}


def test_a_guest_who_looked_around_before_is_counted(kiosk: TestVisitor, office: str) -> None:
    staff(office, "helper", office)
    kiosk.send(kiosk.get("/en/kiosk/choices"), "look")
    sign_in(kiosk)

    [visits] = all_events({GuestVisited.kind})
    assert len(visits) == 1


def test_no_password_is_changed_at_a_kiosk(kiosk: TestVisitor, office: str) -> None:
    staff(office, "helper", office)
    sign_in(kiosk)
    page = kiosk.get("/en/account/")
    assert not page.soup.find(id="new_password")
    token = page.soup.select_one("input[name=csrf_token]")
    assert token
    typed = {"password": PASSWORD, "new_password": "harbour-lamp-seven-goats"}
    kiosk.post("/en/account/", {"csrf_token": token["value"], **typed}, status=403)
