"""Work that comes round by itself is done once, later after failures, and says what it did."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select

from lms.base.database import db
from lms.base.jobs import OUR_FAULT
from lms.base.language import sentence
from lms.base.timers import HELD_FOR, next_at_hour, note_done, pause_after, settle, take, timers
from lms.cli.timers import do_what_is_due
from lms.learning.paths.tables import ReminderRow
from lms.people.queries import find_person
from lms.settings import Settings
from tests.builders import SPRING, make_person
from tests.builders_mail import Postbox, postbox
from tests.builders_paths import ask
from tests.rooms.test_ways_in import invite

DONE = sentence("Nothing was to be done.")
TWO_HOURS_EAST = timezone(timedelta(hours=2))


@pytest.fixture
def box() -> Iterator[Postbox]:
    """A mail server that is up."""
    with postbox() as server:
        yield server


def begins(at: datetime) -> bool:
    return take("mail", first_due=SPRING, at=at) is not None


def ends(at: datetime, due_at: datetime, failures: int = 0) -> None:
    settle("mail", outcome="done", says=DONE, due_at=due_at, failures=failures, at=at)


def test_what_one_worker_has_taken_no_other_takes(app: object) -> None:
    assert begins(SPRING)
    assert not begins(SPRING)
    ends(SPRING, SPRING + timedelta(minutes=1))
    assert not begins(SPRING + timedelta(seconds=59))
    assert begins(SPRING + timedelta(minutes=1))


def test_what_a_worker_took_that_died_is_taken_up_again(app: object) -> None:
    assert begins(SPRING)
    assert not begins(SPRING + HELD_FOR - timedelta(seconds=1))
    assert begins(SPRING + HELD_FOR)


def test_it_is_not_due_before_its_first_time(app: object) -> None:
    assert take("names", first_due=SPRING + timedelta(minutes=10), at=SPRING) is None
    assert take("names", first_due=SPRING + timedelta(hours=9), at=SPRING) is None
    assert take("names", first_due=SPRING, at=SPRING + timedelta(minutes=10)) is not None


def test_what_was_done_by_hand_is_told_and_changes_no_hour(app: object) -> None:
    begins(SPRING)
    ends(SPRING, SPRING + timedelta(hours=1))
    later = SPRING + timedelta(minutes=30)
    note_done("mail", says=sentence("People: %(number)s", number=3), at=later)

    timer = timers()["mail"]
    assert timer.says and str(timer.says) == "People: 3"
    assert timer.ended_at == later
    assert timer.due_at == SPRING + timedelta(hours=1)


def test_pauses_grow_up_to_an_hour() -> None:
    assert [pause_after(n).seconds // 60 for n in range(1, 7)] == [1, 5, 15, 60, 60, 60]


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 3, 2, 7, 59, tzinfo=UTC), datetime(2026, 3, 2, 8, tzinfo=UTC)),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), datetime(2026, 3, 3, 8, tzinfo=UTC)),
        (
            datetime(2026, 3, 2, 7, 0, tzinfo=TWO_HOURS_EAST),
            datetime(2026, 3, 2, 6, 0, tzinfo=UTC),
        ),
    ],
)
def test_the_next_morning_is_the_one_of_the_server_s_clock(moment: datetime, due: datetime) -> None:
    assert next_at_hour(moment, 8) == due


def rounds(settings: Settings, at: datetime) -> list[str]:
    found = list(do_what_is_due(settings, at))
    db.session.rollback()
    return found


def reminded() -> list[str]:
    return list(db.session.scalars(select(ReminderRow.learner)))


def sending(settings: Settings, port: int) -> Settings:
    given = {"mail_server": "127.0.0.1", "mail_port": port, "mail_security": "none"}
    more = {"mail_from": "relais@post.example", "public_url": "http://localhost"}
    return settings.model_copy(update=given | more)


def invited(tree: dict[str, str]) -> None:
    invite(make_person(office=tree["CI-OP-ABJ-01"], email="ama@post.example"))


def test_the_server_sends_its_mail_by_itself(
    settings: Settings, tree: dict[str, str], box: Postbox
) -> None:
    invited(tree)

    assert "mail" in rounds(sending(settings, box.port), SPRING)
    assert len(box.messages) == 1
    timer = timers()["mail"]
    assert timer.says and "sent: 1" in str(timer.says)
    assert timer.due_at == SPRING + timedelta(minutes=1)


def test_a_mail_server_that_is_away_is_asked_less_and_less(
    settings: Settings, tree: dict[str, str]
) -> None:
    invited(tree)
    away, at, pauses = sending(settings, 1), SPRING, []
    for _ in range(4):
        assert "mail" in rounds(away, at)
        timer = timers()["mail"]
        assert timer.outcome == "failed"
        pauses.append((timer.due_at - at).seconds // 60)
        at = timer.due_at

    assert pauses == [1, 5, 15, 60]
    assert "does not answer" in str(timers()["mail"].says)


def test_a_mail_server_that_says_nothing_holds_up_nobody(
    app: Flask, settings: Settings, tree: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.people.access.sending._TIMEOUT", 20)
    invited(tree)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(20)
        away = sending(settings, silent.getsockname()[1])
        sender = threading.Thread(target=_in_the_background, args=(app, away))
        sender.start()
        connection, _ = silent.accept()
        with connection:
            person = make_person(office=tree["CI-OP-ABJ-02"])
            assert find_person(person)
            db.session.rollback()
            assert sender.is_alive(), "the mail server still says nothing"
        sender.join(timeout=20)

    assert timers()["mail"].outcome == "failed"


def _in_the_background(app: Flask, settings: Settings) -> None:
    with app.app_context():
        rounds(settings, SPRING)


def test_people_are_reminded_in_the_morning_and_names_go_at_night(
    settings: Settings, tree: dict[str, str], course: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    ask(awa, organisation=tree["CI-OP"], course=course, due=SPRING.date())
    here = SPRING.astimezone()
    midnight = here.replace(hour=0, minute=30)

    rounds(settings, midnight)  # the first look of a new server, which is given time to settle
    assert "names" in rounds(settings, midnight + timedelta(minutes=15))
    assert "reminders" not in rounds(settings, midnight + timedelta(hours=2))
    assert "reminders" not in rounds(settings, here.replace(hour=8))
    assert reminded() == []
    assert "reminders" in rounds(settings, here.replace(hour=9))
    assert reminded() == [awa]
    assert "reminders" not in rounds(settings, here.replace(hour=15))
    assert "reminders" in rounds(settings, here.replace(hour=8) + timedelta(days=1))


def test_what_fails_is_told_and_the_rest_goes_on(
    settings: Settings, tree: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> int:
        raise RuntimeError("a defect")

    monkeypatch.setattr("lms.cli.work.work_off", broken)
    at = SPRING.astimezone().replace(hour=12)
    rounds(settings, at)

    assert "names" in rounds(settings, at + timedelta(minutes=11))
    assert timers()["jobs"].outcome == "failed"
    assert timers()["jobs"].says == OUR_FAULT
    assert timers()["names"].outcome == "done"
