"""A bad disk changed some bytes: the site says so, shows what can be read, and writes nothing."""

import hashlib
import random
from pathlib import Path
from typing import Any

import pytest

from lms.base.database import db
from lms.record.checks import check_record
from lms.record.queries import newest_event
from tests.faults.server import LESSON, Server, lesson_form


def flip(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        old = file.read(1)[0]
        file.seek(place)
        file.write(bytes([old ^ 0xFF]))


def place_of(path: Path, words: bytes) -> int:
    place = path.read_bytes().rfind(words)
    assert place > 0
    return place


def begin_a_lesson(server: Server) -> dict[str, Any]:
    """Awa opens the lesson while all is well; the form stays on her screen."""
    server.start()
    with server.browser() as browser:
        assert browser.post(LESSON, data=lesson_form(browser)).status_code == 303
        form = lesson_form(browser)
    server.stop()
    return form


@pytest.mark.parametrize(
    "words", [b'"kind":"lesson.finished"', b'{"actor"'], ids=["inside a word", "the first bracket"]
)
def test_a_changed_event_is_noticed_and_the_site_is_only_read_from(
    server: Server, words: bytes
) -> None:
    form = begin_a_lesson(server)
    file = server.instance / "record.db"
    newest = server.ask(newest_event)
    assert newest is not None
    flip(file, place_of(file, words) + len(words) - 1)
    before = hashlib.sha256(file.read_bytes()).hexdigest()

    server.start()
    with server.browser() as browser:
        page = browser.get(LESSON)
        answer = browser.post(LESSON, data=form)
    server.stop()

    assert "not as they were written" in server.said()
    assert page.status_code == 200
    assert answer.status_code == 503
    assert str(form["ticket"][0]) in answer.text.replace("&#34;", '"'), "the form is kept"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_every_damage_to_a_page_of_the_file_is_survived_with_a_word(server: Server) -> None:
    """Whatever is hit, the check answers; it never ends in an accident."""
    begin_a_lesson(server)
    file = server.instance / "record.db"
    whole = file.read_bytes()
    dice = random.Random(7)
    found = 0
    for _ in range(40):
        file.write_bytes(whole)
        for _ in range(64):
            flip(file, dice.randrange(4096, len(whole)))
        found += server.ask(_is_damaged)
    assert found > 20


def _is_damaged() -> bool:
    damaged = any(finding.damaged for finding in check_record("/"))
    db.session().rollback()
    return damaged


def test_a_file_that_is_no_database_any_more_is_named_and_kept(server: Server) -> None:
    file = server.instance / "record.db"
    flip(file, 3)
    before = file.read_bytes()

    assert server.ask(_is_damaged)

    assert file.read_bytes() == before


def test_a_secret_key_emptied_by_a_power_cut_is_made_anew(server: Server) -> None:
    key = server.instance / "secret.key"
    key.write_text("")

    fresh = server.settings.secret_key

    assert len(fresh) == 64
    assert server.settings.secret_key == fresh
    assert key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in server.instance.glob("secret.key*")] == ["secret.key"]
