"""Forms that were kept, borrowed or made by hand: nobody reaches beyond what they may."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.access.queries import has_second_step
from lms.people.access.reminding import put_reminder
from lms.people.access.sending import MailRound, MailServer, send_mail
from lms.people.actions import begin_session, hash_password, set_password_hash
from lms.people.actions.leaving import ask_erasure, close_account
from lms.people.actions.merging import confirm_merge, propose_merge
from lms.people.audit import note
from lms.people.audit.queries import notes_in
from lms.people.audit.rules import Wanted
from lms.people.cards.queries import card_state_of
from lms.people.erasures.queries import erasure_of
from lms.people.queries.assignments import is_closed
from lms.record.events import SYSTEM, Actor, Event, Stored
from lms.record.queries import all_events, count_in_quarantine
from lms.web import tickets
from tests.builders import make_person
from tests.builders_kiosk import PIN, at_kiosk, make_device, make_holder
from tests.builders_mail import postbox
from tests.house.test_doors import rules, url_of, world
from tests.visitor import TestVisitor, fields_of, forget_request, said

__all__ = ["world"]
Enter = Callable[..., TestVisitor]
TREE = dict[str, str]
COUNTER = "/en/counter/people"
PEOPLE = "/en/manager/people"
PASSWORD = "four words are best"
NO_PIN = (
    "A PIN is for people who hold no position above or beside yours. This person signs in with a "
    "password, at a kiosk too."
)


def actions() -> list[str]:
    found = [note.action for note in notes_in(None, Wanted())[0]]
    db.session.rollback()
    return found


def recorded() -> Iterator[Stored]:
    for batch in all_events(set(Event.by_kind)):
        yield from batch
    db.session.rollback()


def merge(first: str, second: str) -> None:
    with writing():
        propose_merge(learner=first, other=second, why="asked", by=SYSTEM, at=now(), event_id="p")
        confirm_merge(learner=first, other=second, by=SYSTEM, at=now(), event_id="c")
    db.session.rollback()


class _WhateverItIsAbout(tuple[str, ...]):
    __slots__ = ()
    __hash__ = tuple.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


@pytest.mark.parametrize(
    ("role", "at"), [("helper", "CI-OP-ABJ"), ("manager", "CI-OP-ABJ"), ("coordinator", "CI")]
)
def test_no_form_touches_somebody_of_another_country_even_with_a_ticket_that_fits(
    app: Flask,
    sign_in: Enter,
    world: dict[str, str],
    tree: TREE,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    at: str,
) -> None:
    monkeypatch.setattr(
        tickets,
        "_opened",
        lambda: (tickets.Ticket(new_id(), now()), tickets._whose(), _WhateverItIsAbout()),
    )
    app.config["WTF_CSRF_ENABLED"] = app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    browser, office = sign_in(role, at=at), tree["CI-OP-ABJ-01"]
    typed = dict.fromkeys(("named", "checked", "agreed", "another"), "y") | {
        "reason": "left",
        "ground": "letter",
        "why": "asked",
        "outcome": "put-right",
        "employment": "employee",
        "position": "helper",
        "who": "everybody",
        "whom": "unit",
        "office": office,
        "place": office,
        "organisation": office,
        "unit": office,
        "new_password": PASSWORD,
        "on": now().date().isoformat(),
        "person": world["person"],
    }
    known = {stored.id for stored in recorded()}
    for rule in rules(app, "POST"):
        answer = browser.http.post(url_of(app, rule, world), data=typed)
        db.session.rollback()
        forget_request()
        assert answer.status_code < 500, rule
        assert b"Mwangi" not in answer.get_data(), rule
        if rule.endpoint.startswith("account.sign_out"):
            browser = sign_in(role, at=at)

    new = [stored for stored in recorded() if stored.id not in known]
    assert new and not [s for s in new if s.learner in (world["person"], world["other"])]


def test_a_form_kept_from_before_does_not_call_off_the_persons_own_wish(sign_in: Enter) -> None:
    awa, manager = sign_in(given_name="Awa"), sign_in("manager", at="CI-OP-ABJ")
    kept = fields_of(manager.get(f"{PEOPLE}/{awa.person}/erasure").form("erasure"))
    awa.send(awa.get("/en/account/data/erasure"), "erasure")

    page = manager.post(f"{PEOPLE}/{awa.person}/erasure/cancel", kept, status=400)

    assert "so nobody else calls it off" in page.main and erasure_of(awa.person) is not None


def test_the_form_that_closed_an_account_does_not_say_that_it_is_open(
    sign_in: Enter, tree: TREE
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    manager = sign_in("manager", at="CI-OP-ABJ")
    kept = fields_of(manager.get(f"{PEOPLE}/{awa}/account").form("close"))
    page = manager.post(f"{PEOPLE}/{awa}/close", {**kept, "reason": "left"})

    manager.post(f"{PEOPLE}/{awa}/reopen", kept, status=400)

    assert is_closed(awa) and count_in_quarantine() == 0
    manager.send(page, "reopen")
    assert not is_closed(awa)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("position", ["helper", "manager", "coordinator"])
def test_a_helper_gives_no_pin_to_who_stands_above_or_beside_them(
    sign_in: Enter, tree: TREE, position: str, language: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    at = {"helper": office, "manager": tree["CI-OP-ABJ"], "coordinator": tree["CI"]}[position]
    boss, awa = make_person(office=office, position=position, at=at), make_person(office=office)
    fanta = sign_in("helper", at="CI-OP-ABJ-01")
    page = fanta.get(f"/{language}/counter/people/{boss}")
    assert not page.soup.select("main form[action$='/pin']")
    assert said(language, NO_PIN) in page.main

    borrowed = fields_of(fanta.get(f"{COUNTER}/{awa}").form("/pin"))
    fanta.post(f"/{language}/counter/people/{boss}/pin", borrowed, status=400)

    assert card_state_of(boss).pin == "none" and "pin.code" not in actions()


def test_a_manager_gives_a_helper_of_theirs_a_pin(sign_in: Enter, tree: TREE) -> None:
    office = tree["CI-OP-ABJ-01"]
    fanta = make_person(office=office, position="helper", at=office)
    manager = sign_in("manager", at="CI-OP-ABJ")

    manager.send(manager.get(f"{COUNTER}/{fanta}"), "/pin")

    assert "pin.code" in actions()


@pytest.mark.parametrize("then", ["closed", "merged"])
def test_a_code_for_a_pin_still_means_the_person_or_nobody(
    app: Flask, sign_in: Enter, tree: TREE, then: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    twin, awa = sorted((make_person(office=office), make_person(office=office)))
    fanta = sign_in("helper", at="CI-OP-ABJ-01")
    told = fanta.send(fanta.get(f"{COUNTER}/{awa}"), "/pin")
    code = re.search(r"\b\d{3} \d{3}\b", told.main)
    kiosk = at_kiosk(app, office)
    page = kiosk.send(kiosk.get("/en/kiosk/new"), "new", code=code.group() if code else "")
    if then == "merged":
        merge(twin, awa)
    else:
        with writing():
            close_account(person=awa, reason="left", by=SYSTEM, at=now(), event_id=new_id())
        db.session.rollback()

    page = kiosk.send(page, "new/pin", pin=PIN)

    if then == "closed":
        assert page.response.request.path == "/en/kiosk/new"
        return
    page = kiosk.send(page, "new/pin", pin=PIN)
    assert page.response.request.path == "/en/my-learning"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_reads_the_trail_learns_no_name_of_another_country(
    sign_in: Enter, tree: TREE, language: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa")
    far = make_person(office=tree["KE-OP-NBO-01"], given_name="Wanjiru")
    with writing():
        for first, second in ((awa, far), (far, awa)):
            detail = {"other": second}
            note("merge.proposed", by=SYSTEM, at=now(), learner=first, detail=detail)
    db.session.rollback()

    for role, at in (("training-manager", "CI-OP"), ("coordinator", "CI")):
        page = sign_in(role, at=at).get(f"/{language}/audit/")
        assert "Awa" in page.main and "Wanjiru" not in page.main
        sheet = sign_in(role, at=at)
        sent = sheet.send(sheet.get(f"/{language}/audit/"), "notes.csv").response
        assert b"Wanjiru" not in sent.get_data()
    page = sign_in("secretariat", at="UPAP").get(f"/{language}/audit/")
    assert "Awa" in page.main and "Wanjiru" in page.main


def test_an_engineer_of_one_operator_reads_no_notes_of_another(sign_in: Enter, tree: TREE) -> None:
    for office, name in (("KE-OP-NBO-01", "Wanjiru"), ("CI-OP-ABJ-01", "Awa")):
        person = make_person(office=tree[office], given_name=name)
        with writing():
            note("second-step.reset", by=SYSTEM, at=now(), learner=person)
    db.session.rollback()

    page = sign_in("engineer", at="CI-OP").get("/en/audit/")
    assert "Awa" in page.main and "Wanjiru" not in page.main
    page = sign_in("engineer", at="UPAP").get("/en/audit/")
    assert "Awa" in page.main and "Wanjiru" in page.main


def test_a_form_that_is_offered_again_carries_no_pin(app: Flask) -> None:
    page = TestVisitor(app).post(
        "/en/kiosk/pin", {"pin": PIN}, status=400, headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert PIN not in page.html


@pytest.mark.parametrize("page", ["9" * 25, "9" * 5000, "-9", "0"])
def test_a_page_number_that_cannot_be_is_a_page_all_the_same(sign_in: Enter, page: str) -> None:
    manager, chief = sign_in("manager", at="CI-OP-ABJ"), sign_in("secretariat", at="UPAP")

    for url in ("manager/people", "manager/closed", "manager/learning/late", "rights/"):
        manager.get(f"/en/{url}?page={page}")
    for url in ("audit/", "rights/"):
        chief.get(f"/en/{url}?page={page}")


def test_a_place_in_a_path_that_cannot_be_is_no_place(sign_in: Enter, course: str) -> None:
    manager = sign_in("manager", at="CI-OP-ABJ")
    form = manager.get("/en/manager/learning/paths/new")
    typed: dict[str, Any] = {f"course-{course}": "9" * 5000, "title_fr": "Un", "title_en": "One"}

    manager.send(form, "paths/new", status=400, **typed)


def test_two_who_are_one_prove_a_password_of_theirs_before_the_second_step_is_set_up(
    app: Flask, tree: TREE
) -> None:
    one, other = sorted(make_person(office=tree["CI-OP-ABJ-01"]) for _ in range(2))
    hashed = hash_password(PASSWORD)
    with writing():
        set_password_hash(person=other, password_hash=hashed, at=now())
    merge(one, other)
    browser = TestVisitor(app)
    browser.enter(begin_session(person=one, device="test", hours=1, at=now()), one)
    page = browser.get("/en/account/second-step")
    assert page.soup.select("#password")

    page = browser.send(page, "second-step", code="000000", password="wrong", status=400)

    assert "We do not recognise" in page.main and not has_second_step(one)


def test_what_an_error_held_stands_in_no_log(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "".join(reversed("618415"))
    try:
        db.session.execute(text("INSERT INTO nowhere VALUES (:pin)"), {"pin": typed})
    except SQLAlchemyError:
        structlog.get_logger("test").exception("unexpected error")

    logged = capsys.readouterr()
    assert "nowhere" in logged.out + logged.err
    assert typed not in logged.out + logged.err


def test_who_finds_a_machine_left_open_cannot_guess_the_password_there(
    sign_in: Enter, tree: TREE
) -> None:
    awa = sign_in(password_hash=hash_password(PASSWORD))
    new: dict[str, Any] = {"new_password": "five words are better"}
    for guess in range(5):
        page = awa.get("/en/account/")
        page = awa.send(page, "New password", password=f"{guess}", **new, status=400)
        assert "We do not recognise" in page.main

    page = awa.send(page, "New password", password=PASSWORD, **new, status=400)

    assert "too many tries" in page.main


def test_a_session_of_a_card_counts_at_its_kiosk_alone(app: Flask, tree: TREE) -> None:
    office = tree["CI-OP-ABJ-01"]
    kiosk = at_kiosk(app, office)
    card = make_holder(office, make_device(office, label="Kiosk 2"))[1]
    kiosk.send(kiosk.get("/en/kiosk/card"), "card", number=card)
    page = kiosk.send(kiosk.get("/en/kiosk/pin"), "pin", pin=PIN)
    assert page.response.request.path == "/en/my-learning"
    with kiosk.http.session_transaction() as session:
        token = session["_user_id"]

    elsewhere, beside = TestVisitor(app), at_kiosk(app, office)
    for browser in (elsewhere, beside):
        browser.enter(token, "")
        page = browser.get("/en/my-learning", status=303, follow=False)
        assert "/my-learning" not in str(page.response.location).partition("?")[0]


def test_a_machine_that_is_no_kiosk_any_more_shows_nothing_of_who_was_there(
    app: Flask, sign_in: Enter, tree: TREE
) -> None:
    office = tree["CI-OP-ABJ-01"]
    kiosk, manager = at_kiosk(app, office), sign_in("manager", at="CI-OP-ABJ")
    card = make_holder(office, make_device(office, label="Kiosk 2"))[1]
    kiosk.send(kiosk.get("/en/kiosk/card"), "card", number=card)
    kiosk.send(kiosk.get("/en/kiosk/pin"), "pin", pin=PIN)

    manager.send(manager.get("/en/counter/devices/"), "withdraw")
    manager.send(manager.get("/en/counter/devices/"), "withdraw")

    assert kiosk.get("/en/my-learning", status=303, follow=False)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_whoever_asks_with_a_pin_that_was_seen_is_found_out(
    app: Flask, tree: TREE, language: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    kiosk = at_kiosk(app, office)
    awa, card = make_holder(office, make_device(office, label="Kiosk 2"))
    with writing():
        ask_erasure(person=awa, by=Actor(awa), at=now(), event_id=new_id())
    db.session.rollback()

    kiosk.send(kiosk.get(f"/{language}/kiosk/card"), "card", number=card)
    page = kiosk.send(kiosk.get(f"/{language}/kiosk/pin"), "pin", pin=PIN)

    how = said(language, "If this is wrong, keep your name: My account, then My data.")
    assert " ".join(how.split()) in page.text


def test_nobody_whose_account_is_closed_is_written_to(app: Flask, tree: TREE) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], email="awa@post.example")
    with writing():
        put_reminder(person=awa, language="en", at=now())
        close_account(person=awa, reason="left", by=SYSTEM, at=now(), event_id=new_id())
    db.session.rollback()
    with postbox() as box:
        server = MailServer(
            "127.0.0.1", box.port, "none", "", "", "a@post.example", "Relais", lambda *_: ""
        )
        assert send_mail(server, at=now()) == MailRound(dropped=1)
        assert box.messages == []
