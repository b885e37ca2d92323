"""An engineer reads whether the server is well."""

import shutil
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.events import LearnerChanged
from lms.record.queries import count_of_events
from lms.record.streams import stream_of
from tests.builders import SPRING, keep, make_event
from tests.visitor import TestVisitor

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


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_opens_in_each_language(chipo: TestVisitor, language: str) -> None:
    chipo.get(f"/{language}/server/")


@pytest.mark.parametrize("role", ["learner", "trainer", "manager", "secretariat"])
def test_nobody_else_may_look(sign_in: SignIn, role: str) -> None:
    sign_in(role, at="UPAP").get(PAGE, status=403)
