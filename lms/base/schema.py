"""Bringing the two databases to the shape that this version knows, before anything is served."""

import hashlib
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import CreateTable

import lms.migrations
from lms.base.database import RecordBase, WorkBase, db
from lms.base.language import sentence
from lms.base.refusals import Refusal

SCRIPTS: Final = Path(lms.migrations.__file__).parent
RECORD_SCHEMA: Final = "relais_record"
WORK_SCHEMA: Final = "relais_work"


class NewerDatabase(Refusal):
    says = sentence(
        "The database was written by a newer version of Relais (step %(revision)s), which this "
        "version does not know. Nothing was changed. Install the newer version again, or put back "
        "a copy of the database from before."
    )


def prepare_databases() -> None:
    """Creates or upgrades both databases. Refuses with `NewerDatabase`, changing nothing."""
    refuse_newer_database()
    _make_schema(db.engine, RECORD_SCHEMA)
    if revision_of(db.engine) != newest_revision():
        upgrade()
    prepare_work()


def prepare_work() -> None:
    """Creates or renews the work database alone: a damaged record is not touched."""
    _make_schema(db.engines["work"], WORK_SCHEMA)
    _renew_work(db.engines["work"])


def _make_schema(engine: Engine, schema: str) -> None:
    if engine.dialect.name == "postgresql":
        with _writing(engine) as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))


def refuse_newer_database() -> None:
    """Refuses with `NewerDatabase` what a later version has written. A file that cannot be read
    is not refused here: the checks at the start say what is wrong with it."""
    try:
        found = revision_of(db.engine)
    except (DatabaseError, UnicodeDecodeError):
        return
    if found is not None and found not in known_revisions():
        raise NewerDatabase(revision=found)


def _writing(engine: Engine) -> Any:
    return engine.execution_options(lms_write=True).begin()


def newest_revision() -> str:
    """The revision this version brings. Read from the file names: Alembic is slow to load."""
    return max(path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def known_revisions() -> set[str]:
    """Every revision this version knows."""
    return {path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py")}


def revision_of(engine: Engine) -> str | None:
    """The revision a database stands at; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def configuration() -> Any:
    """Alembic's configuration."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


def upgrade() -> None:
    """Runs the migrations that are missing, each in a transaction of its own."""
    from alembic import command

    config = configuration()
    with _writing(db.engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def differences() -> list[Any]:
    """What the tables in the code have that the migrations do not bring, and the reverse."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_name": lms.migrations.is_in_the_tables}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, RecordBase.metadata))


def _renew_work(engine: Engine) -> None:
    """The work database may be lost: one of another shape is emptied and made anew."""
    wanted = _shape(engine)
    with _writing(engine) as connection:
        if _shape_on_disk(connection) == wanted:
            return
        WorkBase.metadata.drop_all(connection)
        WorkBase.metadata.create_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS shape"))
        connection.execute(text("CREATE TABLE shape (digest TEXT NOT NULL)"))
        connection.execute(text("INSERT INTO shape VALUES (:digest)"), {"digest": wanted})


def _shape(engine: Engine) -> str:
    tables = WorkBase.metadata.sorted_tables
    words = "".join(str(CreateTable(table).compile(engine)) for table in tables)
    return hashlib.sha256(words.encode()).hexdigest()


def _shape_on_disk(connection: Connection) -> str | None:
    if not inspect(connection).has_table("shape"):
        return None
    digest: str | None = connection.scalar(text("SELECT digest FROM shape"))
    return digest
