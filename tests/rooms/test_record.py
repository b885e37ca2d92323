"""The record: written once, for ever. What cannot be kept as it is is kept beside it, and said."""

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from lms.app import create_app
from lms.base import database
from lms.base.clock import as_text, now
from lms.base.database import DatabaseBusy, RecordIsReadOnly, db, writing
from lms.base.ids import derived_id, new_id
from lms.learning.events import CourseStarted, LessonFinished
from lms.learning.queries import find_progress
from lms.people.events import LearnerRegistered
from lms.people.queries import count_of_learners
from lms.record import projection
from lms.record.actions import heads_on_disk, record
from lms.record.checks import check_record
from lms.record.envelope import NO_EVENT_BEFORE, digest
from lms.record.events import Actor, Event, EventVoided, Happened
from lms.record.queries import (
    breaks_in_chain,
    count_in_quarantine,
    count_of_events,
    events_about,
    newest_event,
    stored_with_ids,
)
from lms.record.streams import stream_of
from lms.record.tables import EventRow, QuarantineRow, StreamHeadRow
from lms.settings import Settings
from tests.builders import SPRING, keep, make_event
from tests.serving import serving

AT_ONCE = 5


def lesson(learner: str = "awa", item: str = "weigh", seconds: int = 40) -> LessonFinished:
    return LessonFinished(learner, "parcels", "e1", item, "fr", seconds)


def registered(learner: str) -> LearnerRegistered:
    return LearnerRegistered(learner, "N1", "office", "employee")


def rows(*columns: Any) -> list[Any]:
    """Columns of all events by arrival."""
    found = db.session().execute(select(*columns).order_by(EventRow.local_no)).all()
    db.session().rollback()
    return list(found)


def together(app: Flask, *jobs: Callable[[], Any]) -> list[Any]:
    """Runs jobs at the same moment, each in a thread and an app context of its own."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        with app.app_context():
            gate.wait()
            try:
                return job()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def tamper(statement: str, **values: Any) -> None:
    """Changes the record behind the triggers' back, as a bad disk or a bad hand would."""
    with writing() as session:
        if db.engine.dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER IF EXISTS event_keep_update"))
            session.execute(text("DROP TRIGGER IF EXISTS event_keep_delete"))
        else:
            session.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
        session.execute(text(statement), values)


@pytest.fixture
def second_process(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """Another process on the same databases: engines of its own, and no lock in common."""
    monkeypatch.setattr(database, "_one_writer", nullcontext())
    server = create_app(settings)
    yield server
    with server.app_context():
        for engine in db.engines.values():
            engine.dispose()


def test_an_event_comes_back_as_it_was_told(app: Flask) -> None:
    (event_id,) = keep(make_event(lesson(), by=Actor("awa")))

    stored = stored_with_ids([event_id])[event_id]

    assert stored.event == lesson()
    assert (stored.learner, stored.subject, stored.actor) == ("awa", "parcels", "awa")
    assert stored.at == SPRING


def test_the_hash_covers_the_very_bytes_that_are_kept(app: Flask) -> None:
    keep(make_event(lesson()), make_event(lesson(item="déclarer")))

    kept = rows(EventRow.body, EventRow.hash)
    assert len(kept) == 2
    assert [digest(row.body.encode()) for row in kept] == [row.hash for row in kept]


def test_the_same_form_five_times_at_once_is_one_event(app: Flask) -> None:
    again = make_event(lesson())
    told = together(app, *[lambda: keep(again)] * AT_ONCE)

    assert sorted(map(len, told)) == [0, 0, 0, 0, 1]
    assert count_of_events() == 1
    assert count_in_quarantine() == 0
    assert breaks_in_chain() == []


def test_the_same_form_at_once_in_two_processes_is_one_event(
    app: Flask, second_process: Flask
) -> None:
    """Each round is a race: nothing but the database stands between the two."""
    for _ in range(6):
        again = make_event(lesson())
        gate = threading.Barrier(2)

        def send(server: Flask, form: Happened = again, gate: threading.Barrier = gate) -> int:
            with server.app_context():
                gate.wait()
                try:
                    return len(keep(form))
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(send, (app, second_process))) == 1

    assert count_of_events() == 6
    assert count_in_quarantine() == 0
    assert breaks_in_chain() == []


def test_two_workers_that_share_a_stream_make_one_chain(
    app: Flask, second_process: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers are forked from one start: the first events of both race for number one."""
    shared = stream_of(db.engine)
    with second_process.app_context():
        monkeypatch.setitem(_open_streams(), db.engine, shared)

    def work(server: Flask) -> None:
        with server.app_context():
            for number in range(5):
                keep(make_event(lesson(item=str(number))))
            db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, (app, second_process)))

    assert [row.seq for row in rows(EventRow.seq)] == list(range(1, 11))
    assert heads_on_disk() == {shared.id: 10}
    assert breaks_in_chain() == []


def _open_streams() -> Any:
    from lms.record import streams

    return streams._open


def test_the_same_id_with_other_content_is_set_aside_and_the_first_stays(app: Flask) -> None:
    first = make_event(lesson())
    keep(first)

    assert keep(make_event(lesson(item="declare"), event_id=first.id)) == []

    assert stored_with_ids([first.id])[first.id].event == lesson()
    assert count_of_events() == 1
    (set_aside,) = db.session().scalars(select(QuarantineRow)).all()
    assert (set_aside.event_id, set_aside.reason) == (first.id, "same id, other content")
    assert b'"item":"declare"' in set_aside.raw


def test_the_same_id_with_other_content_in_one_breath_is_set_aside_too(app: Flask) -> None:
    first = make_event(lesson())

    keep(first, make_event(lesson(item="declare"), event_id=first.id), first)

    assert count_of_events() == 1
    assert count_in_quarantine() == 1


def test_a_double_click_over_the_turn_of_a_second_is_no_alarm(app: Flask) -> None:
    first = make_event(lesson(seconds=40))
    keep(first)

    assert keep(make_event(lesson(seconds=41), event_id=first.id)) == []
    assert count_in_quarantine() == 0


@pytest.mark.parametrize("statement", ["UPDATE event SET kind = 'x'", "DELETE FROM event"])
def test_an_event_can_neither_be_changed_nor_deleted(app: Flask, statement: str) -> None:
    keep(make_event(lesson()))

    with pytest.raises(DBAPIError, match="append only"), writing() as session:
        session.execute(text(statement))

    db.session().rollback()
    assert [row.kind for row in rows(EventRow.kind)] == ["lesson.finished"]


def test_the_table_of_events_cannot_be_emptied_on_postgresql(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    keep(make_event(lesson()))

    with pytest.raises(DBAPIError, match="append only"), writing() as session:
        session.execute(text("TRUNCATE event"))


def test_events_form_a_chain_from_the_first(app: Flask) -> None:
    for number in range(3):
        keep(make_event(lesson(item=str(number))), make_event(lesson(item=f"{number}b")))

    hashes = [row.hash for row in rows(EventRow.hash)]
    found = stored_with_ids([row.id for row in rows(EventRow.id)]).values()
    before = {stored.body["seq"]: stored.body["prev"] for stored in found}

    assert before == {1: NO_EVENT_BEFORE} | {n + 2: each for n, each in enumerate(hashes[:-1])}
    assert breaks_in_chain() == []
    assert breaks_in_chain(2) == []
    assert check_record("/") == [] or not any(f.damaged for f in check_record("/"))


@pytest.mark.parametrize(
    "change",
    [
        "body = replace(body, 'weigh', 'weight')",
        "body = replace(body, '{', '')",
        "hash = replace(hash, substr(hash, 1, 1), 'g')",
        "learner = 'kofi'",
        "kind = 'lesson.undone'",
        "subject = 'letters'",
        "seq = 7",
    ],
)
def test_any_change_to_an_event_is_found(app: Flask, change: str) -> None:
    keep(make_event(lesson(item="before")))
    (event_id,) = keep(make_event(lesson()))
    keep(make_event(lesson(item="after")))

    tamper(f"UPDATE event SET {change} WHERE id = :id", id=event_id)

    assert event_id in breaks_in_chain()
    assert event_id in breaks_in_chain(3)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_an_event_taken_out_is_missed_wherever_it_stood(app: Flask, gone: int) -> None:
    ids = [keep(make_event(lesson(item=str(number))))[0] for number in range(3)]

    tamper("DELETE FROM event WHERE id = :id", id=ids[gone])

    assert breaks_in_chain() != []


def test_the_newest_events_alone_are_looked_at_without_a_false_alarm(app: Flask) -> None:
    for number in range(6):
        keep(make_event(lesson(item=str(number))))

    assert breaks_in_chain(4) == []


def test_a_record_found_damaged_is_only_read_from(app: Flask) -> None:
    (event_id,) = keep(make_event(lesson()))
    tamper("UPDATE event SET body = replace(body, 'weigh', 'weight') WHERE id = :id", id=event_id)

    findings = check_record("/")

    assert [finding.damaged for finding in findings if finding.damaged] == [True]
    with pytest.raises(RecordIsReadOnly):
        keep(make_event(lesson(item="next")))
    assert count_of_events() == 1


def test_every_start_opens_a_stream_of_its_own(app: Flask, settings: Settings) -> None:
    keep(make_event(lesson(item="first day")))
    with serving(settings):
        keep(make_event(lesson(item="second day")))

    found = rows(EventRow.stream, EventRow.seq)
    assert len({row.stream for row in found}) == 2
    assert [row.seq for row in found] == [1, 1]
    assert breaks_in_chain() == []


def test_an_older_file_put_in_place_under_a_running_service_opens_a_new_stream(
    app: Flask, settings: Settings
) -> None:
    keep(make_event(lesson(item="before the copy")))
    with writing() as session:
        heads = session.execute(select(StreamHeadRow.stream, StreamHeadRow.seq)).all()
    keep(make_event(lesson(item="after the copy")))
    stream = stream_of(db.engine)

    _put_back(heads)
    keep(make_event(lesson(item="after the file was replaced")))

    found = rows(EventRow.stream, EventRow.seq)
    assert found[-1].stream != stream.id
    assert found[-1].seq == 1
    assert stream_of(db.engine).id == found[-1].stream


def _put_back(heads: Any) -> None:
    tamper("DELETE FROM event WHERE seq > 1")
    with writing() as session:
        for stream, seq in heads:
            session.execute(
                text("UPDATE stream_head SET seq = :seq WHERE stream = :stream"),
                {"seq": seq, "stream": stream},
            )


def test_the_copy_of_an_hour_ago_copied_over_the_live_file_takes_new_events(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no file to replace")
    live, copy = settings.instance_dir / "record.db", tmp_path / "copy.db"
    keep(make_event(lesson(item="before the copy")))
    _close()
    shutil.copy(live, copy)
    keep(make_event(lesson(item="after the copy")))
    old = stream_of(db.engine).id
    _close()

    shutil.copy(copy, live)
    keep(make_event(lesson(item="on the old file")))

    assert count_of_events() == 2
    assert stream_of(db.engine).id != old
    assert breaks_in_chain() == []


def _close() -> None:
    db.session().rollback()
    with db.engine.execution_options(lms_write=True).connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    db.engine.dispose()


def test_a_transaction_that_only_reads_cannot_write(app: Flask) -> None:
    with pytest.raises(DBAPIError) as refused:
        db.session().execute(
            text(
                "INSERT INTO quarantine (reason, raw, source, received_at) VALUES ('', '', '', '')"
            )
        )

    assert "read" in str(refused.value.orig).lower()
    db.session().rollback()
    assert heads_on_disk() == {}


def test_writing_twice_on_one_connection_does_not_leave_it_open_for_readers(app: Flask) -> None:
    keep(make_event(lesson()))

    with pytest.raises(DBAPIError):
        db.session().execute(text("DELETE FROM stream_head"))


def test_what_goes_wrong_in_the_middle_leaves_nothing_behind(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        record([make_event(registered("awa")), make_event(lesson())])
        raise ZeroDivisionError

    assert (count_of_events(), count_of_learners()) == (0, 0)
    keep(make_event(lesson()))
    assert breaks_in_chain() == []


def test_four_writers_at_once_are_never_told_that_the_database_is_locked(app: Flask) -> None:
    def write_ten() -> int:
        return sum(len(keep(make_event(lesson(learner=new_id())))) for _ in range(10))

    assert together(app, *[write_ten] * 4) == [10] * 4
    assert count_of_events() == 40
    assert [row.seq for row in rows(EventRow.seq)] == list(range(1, 41))
    assert breaks_in_chain() == []


def test_writing_inside_writing_is_refused_before_it_can_lose_the_outer_one(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="inside writing"), writing():
        record([make_event(lesson())])
        with writing():
            pass

    assert count_of_events() == 0
    keep(make_event(lesson()))


def test_a_context_inside_a_context_opens_a_second_connection_and_waits_for_itself(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why neither the product nor a test nests app contexts: `db.session` belongs to the context,
    so the inner one waits for the write lock of the outer one, which waits for the inner one."""
    _be_impatient(monkeypatch)
    with writing() as outer:
        outer.execute(text("DELETE FROM stream_head"))
        with app.app_context():
            assert db.session() is not outer
            with pytest.raises(DatabaseBusy):
                keep(make_event(lesson()))
            db.session.remove()


def _be_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits some milliseconds for a lock, not fifteen seconds."""
    monkeypatch.setattr(database, "LONGEST_WAIT", 50)
    if db.engine.dialect.name == "sqlite":
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=50"))


def test_a_void_takes_its_target_away_and_deletes_nothing(app: Flask) -> None:
    (event_id,) = keep(make_event(registered("awa")))
    keep(make_event(EventVoided(event_id, "wrong person")))

    assert count_of_learners() == 0
    assert events_about(learner="awa") == []
    assert count_of_events() == 2
    assert stored_with_ids([event_id])[event_id].event == registered("awa")


def test_a_void_that_arrives_before_its_target_takes_it_away_all_the_same(app: Flask) -> None:
    target = make_event(registered("awa"))
    keep(make_event(EventVoided(target.id, "wrong person")))
    keep(target)

    assert count_of_learners() == 0
    assert events_about(learner="awa") == []


def test_a_void_and_its_target_in_one_breath_leave_nothing(app: Flask) -> None:
    target = make_event(registered("awa"))
    keep(make_event(EventVoided(target.id, "wrong person")), target)

    assert count_of_learners() == 0


def test_two_voids_of_one_event_are_no_more_than_one(app: Flask) -> None:
    target = make_event(registered("awa"))
    keep(target, make_event(registered("kofi")))
    keep(make_event(EventVoided(target.id, "twice")), make_event(EventVoided(target.id, "twice")))

    assert count_of_learners() == 1


def test_a_void_of_something_that_never_comes_does_no_harm(app: Flask) -> None:
    keep(make_event(EventVoided(new_id(), "unknown")))
    keep(make_event(registered("awa")))

    assert count_of_learners() == 1


def test_a_void_cannot_be_voided(app: Flask) -> None:
    target = make_event(registered("awa"))
    void = make_event(EventVoided(target.id, "wrong person"))
    keep(target, void)
    keep(make_event(EventVoided(void.id, "after all")))

    assert count_of_learners() == 0


def test_taking_back_all_but_the_handing_in_of_a_test_does_no_harm(app: Flask) -> None:
    from lms.learning.events import AttemptSubmitted

    start = make_event(CourseStarted("awa", "parcels", "e1", "fr"))
    keep(start, make_event(AttemptSubmitted("awa", "parcels", "e1", "attempt-1")))

    keep(make_event(EventVoided(start.id, "fraud")))

    progress = find_progress("awa", "parcels")
    assert progress is not None and progress.attempts == ()


@dataclass(frozen=True)
class LessonDreamt(Event):
    """A kind of a later version."""

    kind: ClassVar[str] = "lesson.dreamt"
    learner: str
    course: str
    colour: str


def test_a_kind_that_this_version_does_not_know_is_kept_and_passed_over(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    (event_id,) = keep(make_event(LessonDreamt("awa", "parcels", "blue")))
    keep(make_event(CourseStarted("awa", "parcels", "e1", "fr")))
    monkeypatch.delitem(Event.by_kind, LessonDreamt.kind)

    with writing():
        projection.rebuild()

    stored = stored_with_ids([event_id])[event_id]
    assert (stored.event, stored.kind) == (None, "lesson.dreamt")
    assert stored.body["data"] == {"colour": "blue"}
    assert find_progress("awa", "parcels") is not None
    assert breaks_in_chain() == []


def test_a_clock_that_runs_ahead_does_not_date_an_event_after_its_arrival(app: Flask) -> None:
    ahead = now().replace(year=2099)
    (event_id,) = keep(make_event(lesson(), at=ahead))

    stored = stored_with_ids([event_id])[event_id]

    assert stored.at <= now()
    assert stored.body["at"]["claimed"] == as_text(ahead)


def test_four_hundred_and_fifty_events_in_one_breath_stand_in_their_order(app: Flask) -> None:
    told = [make_event(lesson(learner=derived_id(str(n)))) for n in range(450)]

    assert keep(*told) == [happened.id for happened in told]
    assert [row.id for row in rows(EventRow.id)] == [happened.id for happened in told]
    assert breaks_in_chain() == []
    newest = newest_event()
    assert newest is not None and newest.id == told[-1].id


def test_what_is_no_json_for_everybody_is_refused_and_nothing_is_written(app: Flask) -> None:
    from lms.record.envelope import NotCanonical

    with pytest.raises(NotCanonical):
        keep(make_event(lesson()), make_event(lesson(seconds=1.5)))  # type: ignore[arg-type]

    assert count_of_events() == 0
