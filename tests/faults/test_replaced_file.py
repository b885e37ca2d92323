"""Somebody puts an older copy of the record in its place while the site runs."""

import shutil
from pathlib import Path

from flask import Flask

from lms.base.database import db
from lms.people.events import LearnerChanged
from lms.record.queries import breaks_in_chain, count_of_events, stored_with_ids
from lms.settings import Settings
from tests.builders import keep, make_event, make_person


def test_what_is_written_after_that_stands_in_the_file_with_the_name(
    app: Flask, settings: Settings, tree: dict[str, str]
) -> None:
    person = make_person(office=tree["CI-OP-ABJ-01"])
    record = settings.instance_dir / "record.db"
    older = _copy_of(record)
    keep(make_event(LearnerChanged(person, language="en")))

    older.replace(record)
    event = make_event(LearnerChanged(person, language="fr"))
    keep(event)

    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()
    assert event.id in stored_with_ids([event.id])
    assert breaks_in_chain() == []
    assert count_of_events() > 0


def _copy_of(record: Path) -> Path:
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    older = record.with_name("older.db")
    shutil.copy(record, older)
    return older
