"""An engineer reads whether the server is well."""

import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from lms.app import create_app
from lms.base.clock import now
from lms.base.database import DiskFull, db, writing
from lms.base.ids import new_id
from lms.cli.timers import do_what_is_due
from lms.people.access.sending import send_mail
from lms.people.access.undelivered import WHY_REFUSED, WHY_WAITING
from lms.people.events import LearnerChanged
from lms.people.queries import current_person
from lms.record.queries import count_of_events
from lms.record.streams import stream_of
from lms.settings import Settings
from tests.builders import SPRING, keep, make_event, make_person
from tests.builders_mail import postbox
from tests.rooms.test_ways_in import invite, to
from tests.visitor import TestVisitor, said

SignIn = Callable[..., TestVisitor]
PAGE = "/en/server/"


@pytest.fixture
def chipo(sign_in: SignIn) -> TestVisitor:
    """An engineer."""
    return sign_in("engineer", at="UPAP")


def test_a_sound_server_says_that_all_is_well(chipo: TestVisitor, app: Flask) -> None:
    page = chipo.get(PAGE)

    assert "All is well" in page.main
    assert f"Events recorded {count_of_events()}" in page.main
    assert stream_of(db.engine).id in page.main
    assert "position.given" in page.main
    assert db.engine.dialect.name in page.main.lower()
    assert "Holds: each of the last 500 events" in page.main


def test_what_was_set_aside_is_told(chipo: TestVisitor) -> None:
    event_id = new_id()
    for language in ("fr", "en"):
        change = LearnerChanged(learner=chipo.person, language=language)
        keep(make_event(change, event_id=event_id, at=SPRING))

    page = chipo.get(PAGE)

    assert "1 event was refused and waits for a decision" in page.main
    assert "All is well" not in page.main


def test_a_record_that_was_altered_is_told(chipo: TestVisitor) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the file is altered here the way SQLite allows")
    with writing():
        db.session.execute(text("DROP TRIGGER event_keep_update"))
        change = "UPDATE event SET body = replace(body, '1990', '1991') WHERE kind = :kind"
        db.session.execute(text(change), {"kind": "learner.registered"})
    db.session.rollback()

    page = chipo.get(PAGE)

    assert "The record has been altered." in page.main
    assert "Broken at:" in page.main


@pytest.mark.parametrize(
    ("free", "words"),
    [(100 * 1024**2, "The disk is almost full."), (500 * 1024**2, "The disk is filling up.")],
)
def test_little_space_is_told_in_words(
    chipo: TestVisitor, monkeypatch: pytest.MonkeyPatch, free: int, words: str
) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)

    page = chipo.get(PAGE)

    assert words in page.main
    assert f"{free // 1024**2}\u00a0MB are left" in str(page.soup.main)


def test_what_the_server_does_by_itself_is_told_in_words(
    chipo: TestVisitor, app: Flask, tree: dict[str, str]
) -> None:
    assert "not yet" in chipo.get(PAGE).main
    settings: Settings = app.settings  # type: ignore[attr-defined]
    morning = now().astimezone().replace(hour=9)
    for minutes in (0, 15):
        list(do_what_is_due(settings, morning + timedelta(minutes=minutes)))

    page = chipo.get(PAGE)

    assert "People reminded: 0, of these by mail: 0." in page.main
    assert "Names removed: 0" in page.main
    assert "Imports and other long work done: 0." in page.main
    assert "not yet" not in page.main
    assert "This server sends no e-mail: LMS_MAIL_SERVER is not set" in page.main
    assert "All is well" in page.main


def test_work_that_failed_is_told_and_all_is_not_well(
    chipo: TestVisitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> int:
        raise DiskFull

    monkeypatch.setattr("lms.cli.work.work_off", full)
    list(do_what_is_due(app.settings, now()))  # type: ignore[attr-defined]

    page = chipo.get(PAGE)

    assert "Failed. The disk of this server is full" in page.main
    assert "All is well" not in page.main


@pytest.mark.parametrize("language", ["fr", "en"])
def test_mail_that_was_refused_is_told_with_what_to_do_and_no_address(
    chipo: TestVisitor, tree: dict[str, str], language: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    awa = make_person(office=office, given_name="Awa", email="secret.awa@gmial.example")
    yao = make_person(office=office, email="yao@post.example")
    with postbox() as box:
        invite(awa)
        box.says[b"RCPT"] = "550 5.1.1 unknown"
        send_mail(to(box.port), at=SPRING)
    invite(yao)
    send_mail(to(1), at=SPRING)
    db.session.rollback()

    page = chipo.get(f"/{language}/server/")

    assert f"{current_person(awa).number}, CI-OP-ABJ-01 ({language}) (…@gmial.example)" in page.main
    assert "secret.awa" not in page.html and "Awa" not in page.main
    assert "yao@" not in page.html
    for sentence in (WHY_REFUSED["unknown"], WHY_WAITING["away"]):
        assert said(language, sentence.text) in page.main


def test_where_it_is_turned_off_the_commands_are_named(
    settings: Settings, chipo: TestVisitor
) -> None:
    off = create_app(settings.model_copy(update={"timers": False}))
    with chipo.http.session_transaction() as session:
        token = session["_user_id"]
    browser = TestVisitor(off)
    browser.enter(token, chipo.person)

    page = browser.get(PAGE)

    assert "LMS_TIMERS is off" in page.main
    assert "reminders run" in page.main


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_opens_in_each_language(chipo: TestVisitor, language: str) -> None:
    chipo.get(f"/{language}/server/")


@pytest.mark.parametrize("role", ["learner", "trainer", "manager", "secretariat"])
def test_nobody_else_may_look(sign_in: SignIn, role: str) -> None:
    sign_in(role, at="UPAP").get(PAGE, status=403)
