"""Choosing a password with a sheet or a link, second steps and sessions, without script."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pyotp
import pypdf
import pytest
from flask import Flask, current_app

from lms.app import create_app
from lms.base.clock import now
from lms.base.database import db, writing
from lms.cli.mail import mail_server
from lms.people.access.actions import set_second_step
from lms.people.access.rules import new_secret
from lms.people.access.sending import send_mail
from lms.people.actions import hash_password, set_password_hash
from lms.settings import Settings
from tests.builders import make_person
from tests.builders_mail import Postbox, postbox
from tests.serving import serving
from tests.visitor import Seen, TestVisitor

SignIn = Callable[..., TestVisitor]
WORDS = "palme-oasis-jonque-jupe"
OTHER = "harbour-lamp-seven-goats"


@pytest.fixture
def box() -> Iterator[Postbox]:
    """A mail server that is up."""
    with postbox() as server:
        yield server


@pytest.fixture
def app(settings: Settings, box: Postbox) -> Iterator[Flask]:
    """A server that sends mail."""
    given = settings.model_dump() | {
        "mail_server": "127.0.0.1",
        "mail_port": box.port,
        "mail_security": "none",
        "mail_from": "relais@post.example",
        "public_url": "http://localhost",
    }
    with serving(Settings(**given)) as server:
        yield server


def send(app: Flask) -> None:
    send_mail(mail_server(app.settings), at=now())  # type: ignore[attr-defined]
    db.session.rollback()


def with_password(tree: dict[str, str], **facts: Any) -> str:
    person = make_person(office=tree["CI-OP-ABJ-01"], **facts)
    hashed = hash_password(WORDS)
    with writing():
        set_password_hash(person=person, password_hash=hashed, at=now())
    db.session.rollback()
    return person


def enter(browser: TestVisitor, login: str, password: str, *, status: int = 200) -> Seen:
    return browser.send(
        browser.get("/en/sign-in"), "sign-in", login=login, password=password, status=status
    )


def sheet(chief: TestVisitor, person: str, language: str = "en") -> str:
    """The code on a sheet that was just printed."""
    page = chief.get(f"/{language}/rights/{person}")
    answer = chief.send(page, "/sheet")
    assert answer.response.mimetype == "application/pdf"
    (paper,) = pypdf.PdfReader(BytesIO(answer.response.get_data())).pages
    found = re.search(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", paper.extract_text())
    assert found, paper.extract_text()
    return found[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_awa_comes_in_with_a_printed_sheet(
    sign_in: SignIn, client: TestVisitor, tree: dict[str, str], language: str
) -> None:
    awa = make_person(
        office=tree["CI-OP-ABJ-01"], staff_number="A1", given_name="Awa", language=language
    )
    code = sheet(sign_in("manager"), awa)

    form = client.get(f"/{language}/start")
    choose = client.send(form, "start", code=code.lower().replace("-", " "))
    inside = client.send(choose, "choose-password", new_password=OTHER)

    assert inside.response.request.path == f"/{language}/my-learning"
    assert "Awa" in inside.text
    again = TestVisitor(client.app)
    assert "Awa" in enter(again, "A1", OTHER).text
    refused = again.send(again.get("/en/start"), "start", code=code, status=400)
    assert "This code or link does not work" in refused.main


def test_a_short_password_leaves_the_code_good(
    sign_in: SignIn, client: TestVisitor, tree: dict[str, str]
) -> None:
    code = sheet(sign_in("manager"), make_person(office=tree["CI-OP-ABJ-01"]))
    choose = client.send(client.get("/en/start"), "start", code=code)

    short = client.send(choose, "choose-password", new_password="short", status=400)

    assert "at least 12 characters" in short.main
    client.send(short, "choose-password", new_password=OTHER)


@pytest.mark.parametrize("typed", ["", "hello", "0000-0000-0000-0000", "' OR 1=1 --", "é" * 3000])
def test_a_wrong_code_is_refused_with_a_sentence(
    client: TestVisitor, tree: dict[str, str], typed: str
) -> None:
    page = client.send(client.get("/en/start"), "start", code=typed, status=400)

    assert page.title.startswith("Error:")


def test_guessing_codes_is_slowed_down(client: TestVisitor, tree: dict[str, str]) -> None:
    statuses = set()
    for _ in range(42):
        page = client.get("/en/start")
        statuses.add(client.send(page, "start", code="7K3QF0A1B2C3D4E0", status=None).status)

    assert statuses == {400, 429}


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "../../etc"])
def test_an_altered_link_opens_nothing(
    client: TestVisitor, tree: dict[str, str], token: str
) -> None:
    page = client.get(f"/en/choose-password/{token}", status=None)

    assert page.status == 404 or "does not work" in page.text
    assert not page.soup.find(id="new_password")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_forgotten_password_by_mail(
    app: Flask, client: TestVisitor, tree: dict[str, str], box: Postbox, language: str
) -> None:
    with_password(tree, email="awa@post.example", given_name="Awa")
    asked = client.send(client.get(f"/{language}/forgotten"), "forgotten", login="awa@post.example")
    unknown = client.send(client.get(f"/{language}/forgotten"), "forgotten", login="who@x.example")

    send(app)

    assert asked.html == unknown.html, "nobody learns who has an account"
    (message,) = box.messages
    assert message["To"] == "awa@post.example"
    link = re.search(r"http://localhost(/\S+)", message.get_content())
    assert link
    client.get(link[1])
    choose = client.get(link[1])
    inside = client.send(choose, "choose-password", new_password=OTHER)
    assert "Awa" in inside.text
    again = TestVisitor(app).get(link[1])
    assert again.response.request.path == f"/{language}/start"


def test_an_invitation_is_sent_by_the_manager_and_noted(
    app: Flask, sign_in: SignIn, tree: dict[str, str], box: Postbox
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], email="awa@post.example")
    chief = sign_in("manager")

    page = chief.send(chief.get(f"/en/rights/{awa}"), "/invitation")
    send(app)

    assert "on its way" in page.text
    assert "An invitation was put in the outgoing mail" in page.main
    assert len(box.messages) == 1


def test_without_a_mail_server_the_paper_remains(settings: Settings, sign_in: SignIn) -> None:
    server = create_app(settings)
    browser = TestVisitor(server)
    page = browser.get("/en/forgotten")

    assert "printed sheet" in page.main
    assert not page.soup.find(id="login")
    other = browser.get("/en/start").form("start")
    token = {"csrf_token": other("input")[0]["value"], "login": "x"}
    browser.post("/en/forgotten", token, status=400)


# The second step


def turn_on(person: str) -> tuple[str, list[str]]:
    secret, key = new_secret(), current_app.settings.secret_key  # type: ignore[attr-defined]
    long_ago = now().replace(year=2025)
    with writing():
        code = pyotp.TOTP(secret).at(long_ago)
        codes = set_second_step(person=person, secret=secret, code=code, key=key, at=long_ago)
    db.session.rollback()
    return secret, codes


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_manager_sets_up_the_second_step_and_signs_in_with_it(
    app: Flask, sign_in: SignIn, tree: dict[str, str], language: str
) -> None:
    person = with_password(tree, staff_number="M1", given_name="Efua")
    browser = TestVisitor(app)
    enter(browser, "M1", WORDS)
    page = browser.get(f"/{language}/account/second-step")
    key = page.soup.select_one("figcaption code")
    assert key
    secret = key.get_text().replace("-", "")
    assert page.soup.select_one("figure svg")

    done = browser.send(page, "second-step", code=pyotp.TOTP(secret).now(), password=WORDS)

    codes = [each.get_text() for each in done.soup.select("main li code")]
    assert len(codes) == 10
    assert codes[0] not in browser.get(f"/{language}/account/second-step").html
    fresh = TestVisitor(app)
    asked = enter(fresh, "M1", WORDS)
    assert "Second step" in asked.title
    fresh.get("/en/my-learning", status=303, follow=False)
    inside = fresh.send(asked, "code", code=codes[0])
    assert "Efua" in inside.text
    assert person


def test_a_wrong_code_or_password_sets_nothing_up(app: Flask, tree: dict[str, str]) -> None:
    with_password(tree, staff_number="M1")
    browser = TestVisitor(app)
    enter(browser, "M1", WORDS)
    page = browser.get("/en/account/second-step")
    key = page.soup.select_one("figcaption code")
    assert key
    right = pyotp.TOTP(key.get_text().replace("-", "")).now()

    wrong: tuple[dict[str, Any], ...] = (
        {"code": "000000", "password": WORDS},
        {"code": right, "password": "not my password"},
        {"code": right, "password": WORDS, "secret": "altered"},
    )
    for changes in wrong:
        again = browser.send(page, "second-step", status=400, **changes)
        assert again.title.startswith("Error:") or "secret" in changes
    assert "not set up" in browser.get("/en/account/").main


def test_guessing_the_code_is_slowed_down_and_the_password_alone_opens_nothing(
    app: Flask, tree: dict[str, str]
) -> None:
    turn_on(with_password(tree, staff_number="M1"))
    browser = TestVisitor(app)
    asked = enter(browser, "M1", WORDS)

    answers = [browser.send(asked, "code", code=f"{n:06}", status=None).status for n in range(7)]

    assert answers[:5] == [400] * 5
    assert 429 in answers
    browser.get("/en/my-learning", status=303, follow=False)


def test_the_code_page_without_a_password_leads_back(client: TestVisitor) -> None:
    page = client.get("/en/sign-in/code")

    assert "Begin again with your password" in page.main
    assert page.response.request.path == "/en/sign-in"


def test_after_the_code_one_comes_where_one_wanted_and_nowhere_else(
    app: Flask, tree: dict[str, str]
) -> None:
    _, codes = turn_on(with_password(tree, staff_number="M1"))
    for wanted, comes in (
        ("/en/my-record", "/en/my-record"),
        ("//evil.example", "/en/my-learning"),
    ):
        browser = TestVisitor(app)
        page = browser.get("/en/sign-in")
        asked = browser.send(page, "sign-in", login="M1", password=WORDS, next=wanted)
        inside = browser.send(asked, "code", code=codes.pop())
        assert inside.response.request.path == comes


def test_the_token_is_new_after_the_second_step(app: Flask, tree: dict[str, str]) -> None:
    _, codes = turn_on(with_password(tree, staff_number="M1"))
    browser = TestVisitor(app)
    asked = enter(browser, "M1", WORDS)
    with browser.http.session_transaction() as before:
        assert "_user_id" not in before
    browser.send(asked, "code", code=codes[0])
    with browser.http.session_transaction() as after:
        assert after["_user_id"]
        assert "half" not in after


def test_a_lost_telephone_is_helped_by_those_above_alone(
    app: Flask, sign_in: SignIn, tree: dict[str, str]
) -> None:
    trainer = with_password(tree, staff_number="T1", position="trainer", at=tree["CI-OP"])
    turn_on(trainer)
    peer = sign_in("manager", at="CI-OP")
    assert "do not stand above" in peer.get(f"/en/rights/{trainer}").main

    chief = sign_in("training-manager", at="CI-OP")
    chief.send(chief.get(f"/en/rights/{trainer}"), "second-step")

    browser = TestVisitor(app)
    assert enter(browser, "T1", WORDS).response.request.path == "/en/my-learning"


def test_where_it_is_required_the_desk_stays_shut_without_it(
    settings: Settings, tree: dict[str, str], sign_in: SignIn
) -> None:
    chief = sign_in("manager")
    assert "protect it with a second step" in chief.get("/en/manager/people").text
    strict = create_app(settings.model_copy(update={"two_step": "required"}))
    with chief.http.session_transaction() as session:
        token = session["_user_id"]
    browser = TestVisitor(strict)
    browser.enter(token, chief.person)

    assert browser.get("/en/manager/people").response.request.path == "/en/account/second-step"
    browser.get("/en/my-learning")


# Sessions


def test_a_session_elsewhere_is_seen_and_ended(app: Flask, tree: dict[str, str]) -> None:
    with_password(tree, staff_number="M1")
    here, there = TestVisitor(app), TestVisitor(app)
    there.http.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    enter(here, "M1", WORDS)
    enter(there, "M1", WORDS)

    page = here.get("/en/account/sessions")
    assert "Firefox on Windows" in page.main
    assert "This device" in page.main
    here.send(page, "sessions/end")

    there.get("/en/my-learning", status=303, follow=False)
    here.get("/en/my-learning")


def test_all_other_sessions_end_at_once(app: Flask, tree: dict[str, str]) -> None:
    with_password(tree, staff_number="M1")
    browsers = [TestVisitor(app) for _ in range(3)]
    for browser in browsers:
        enter(browser, "M1", WORDS)

    browsers[0].send(browsers[0].get("/fr/account/sessions"), "end-others")

    assert "1" in browsers[0].get("/fr/account/").main
    for browser in browsers[1:]:
        browser.get("/en/my-learning", status=303, follow=False)


def test_nobody_ends_a_session_of_somebody_else(app: Flask, tree: dict[str, str]) -> None:
    with_password(tree, staff_number="M1")
    with_password(tree, staff_number="M2")
    one, other = TestVisitor(app), TestVisitor(app)
    enter(one, "M1", WORDS)
    enter(other, "M2", WORDS)
    enter(TestVisitor(app), "M2", WORDS)
    theirs = other.get("/en/account/sessions").form("sessions/end")
    stolen = {str(f["name"]): f["value"] for f in theirs("input")}
    mine = one.get("/en/account/sessions")
    token = str(mine.soup.select_one("input[name=csrf_token]")["value"])  # type: ignore[index]

    one.post("/en/account/sessions/end", {**stolen, "csrf_token": token}, status=400)

    other.get("/en/my-learning")
