"""An older version meets the database of a newer one: it says so, and leaves it alone."""

import hashlib

from sqlalchemy import text

from lms.base.database import writing
from tests.faults.server import Server


def come_from_tomorrow() -> None:
    with writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))


def test_the_server_ends_with_a_sentence_and_the_file_is_as_it_was(server: Server) -> None:
    server.ask(come_from_tomorrow)
    file = server.instance / "record.db"
    before = hashlib.sha256(file.read_bytes()).hexdigest()

    assert server.command("serve").wait(60) == 1

    assert "written by a newer version of Relais (step 9999)" in server.said()
    assert "Traceback" not in server.said()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_a_command_ends_with_the_same_sentence(server: Server) -> None:
    server.ask(come_from_tomorrow)

    assert server.command("rebuild").wait(60) == 1

    assert "written by a newer version of Relais (step 9999)" in server.said()
    assert "Traceback" not in server.said()
