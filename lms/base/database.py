"""Two databases, one way to write.

`record` (the default bind) holds what may never be lost: the events and what is projected from
them. `work` holds what may be deleted at any time: sessions, throttles, drafts. No transaction
spans both. On SQLite they are two files, on PostgreSQL two schemas.

Reading happens in read-only transactions, so that a page that writes fails always, not sometimes.
Writing happens inside `writing()`, which takes the write lock at once (`BEGIN IMMEDIATE`): a
transaction that reads first and writes later would fail under load without waiting.
"""

import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, Select, event
from sqlalchemy.orm import DeclarativeBase, Session

from lms.base.language import sentence
from lms.base.refusals import Refusal

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # only built for Linux on x86-64; elsewhere the standard library's
    import sqlite3 as sqlite

Rows = Select[*tuple[Any, ...]]
"""A select whose columns are not spelt out for the type checker."""

WAL_IS_SAFE: Final = sqlite.sqlite_version_info >= (3, 51, 3)
"""Older libraries can corrupt a WAL file that several connections reset at once."""

_NAMES: Final = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
LONGEST_WAIT: Final = 15_000
"""Milliseconds a writer waits for the writer before it."""
_PRAGMAS: Final = (
    f"busy_timeout={LONGEST_WAIT}",
    f"journal_mode={'WAL' if WAL_IS_SAFE else 'TRUNCATE'}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "cell_size_check=ON",
    "mmap_size=0",
    "journal_size_limit=67108864",
    "wal_autocheckpoint=1000",
)


class RecordBase(DeclarativeBase):
    """Base of every row that is kept for ever or projected from what is."""

    metadata = MetaData(naming_convention=_NAMES, info={"bind_key": None})


class WorkBase(DeclarativeBase):
    """Base of every row that may be lost without losing a fact."""

    metadata = MetaData(naming_convention=_NAMES, info={"bind_key": "work"})


class DatabaseBusy(Refusal):
    says = sentence("The site is very busy. Nothing was lost: wait a moment, then send again.")


class DiskFull(Refusal):
    says = sentence(
        "The disk of this server is full, so nothing can be saved now. Keep this page open, tell "
        "the person who looks after the server to free some space, then send again."
    )


class MayNotWrite(Refusal):
    says = sentence(
        "The server is not allowed to write to its database file. Keep this page open, tell the "
        "person who looks after the server to correct the rights of the folder, then send again."
    )


class RecordIsReadOnly(Refusal):
    says = sentence(
        "The record of this server was found damaged at its start, so nothing is written for now. "
        "What was saved can be read. Tell the person who looks after the server."
    )


db: SQLAlchemy = SQLAlchemy(
    metadata=RecordBase.metadata, session_options={"expire_on_commit": False, "autoflush": False}
)
db.metadatas["work"] = WorkBase.metadata

_files: "weakref.WeakKeyDictionary[Engine, tuple[int, int]]" = weakref.WeakKeyDictionary()
_read_only: "weakref.WeakSet[Engine]" = weakref.WeakSet()
_PEN: Final = 0x52656C616973
"""The number of PostgreSQL's advisory lock."""
_one_writer = threading.RLock()
"""One waiter per process: SQLite's own waiting only sleeps and tries again."""


def engine_options(url: str, schema: str) -> dict[str, Any]:
    """Options for Flask-SQLAlchemy's binds; `schema` names the PostgreSQL schema. What was
    written never stands in the words of an error, and so in no log."""
    common = {"url": url, "pool_size": 8, "hide_parameters": True}
    if url.startswith("sqlite"):
        arguments: dict[str, Any] = {"timeout": 15, "check_same_thread": False}
        return {**common, "module": sqlite, "connect_args": arguments}
    arguments = {"options": f"-csearch_path={schema}"}
    return {**common, "connect_args": arguments, "pool_pre_ping": True}


def prepare_engine(engine: Engine) -> None:
    """Sets each connection and each transaction of `engine` as described above."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must never BEGIN by itself
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute("PRAGMA " + pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = bool(connection.get_execution_options().get("lms_write"))
    driver: Any = connection.connection.driver_connection
    if connection.info.get("lms_write") is not write:
        driver.execute(f"PRAGMA query_only={'OFF' if write else 'ON'}")
        connection.info["lms_write"] = write
    driver.execute("BEGIN IMMEDIATE" if write else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get("lms_write"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def writing() -> Iterator[Session]:
    """The one write transaction of a request or a command: commits at the end, or not at all.

    Refuses with `DiskFull` or `DatabaseBusy` where the database says so. Must not be nested: the
    inner one would give up what the outer one has written.
    """
    if db.engine in _read_only:
        raise RecordIsReadOnly
    session = db.session()
    if "after_commit" in session.info:
        raise RuntimeError("writing() inside writing(): one request, one transaction")
    session.rollback()  # gives up the read snapshot, else the thread would wait for itself
    _leave_replaced_file(db.engine)
    with _one_writer, _database_refusals():
        done_after: list[Callable[[], None]] = []
        session.info["after_commit"] = done_after
        try:
            _take_the_pen(session.connection(execution_options={"lms_write": True}))
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            del session.info["after_commit"]
        for done in done_after:
            done()


def _leave_replaced_file(engine: Engine) -> None:
    """Where another file was put in the place of the record, open connections still hold the old
    one, which has no name any more: they are given up, and the file with the name is opened."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    try:
        status = Path(engine.url.database).stat()
    except FileNotFoundError:
        raise MayNotWrite from None
    found = (status.st_dev, status.st_ino)
    if _files.setdefault(engine, found) != found:
        engine.dispose()
        _files[engine] = found


def _take_the_pen(connection: Connection) -> None:
    """On PostgreSQL too there is one writer at a time, so that what an action decides on is not
    changed by another process before it has written."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LONGEST_WAIT}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_PEN})")


def keep_read_only(engine: Engine) -> None:
    """Nothing more is written to this database until the next start."""
    _read_only.add(engine)


def after_commit(done: Callable[[], None]) -> None:
    """Runs `done` once the present write transaction is safe on disk."""
    db.session().info["after_commit"].append(done)


@contextmanager
def work_writing() -> Iterator[Connection]:
    """A short write to the `work` database."""
    with _database_refusals(), db.engines["work"].connect() as connection:
        connection = connection.execution_options(lms_write=True)
        with connection.begin():
            yield connection


@contextmanager
def work_reading() -> Iterator[Connection]:
    """A short read of the `work` database."""
    with db.engines["work"].connect() as connection:
        yield connection


@contextmanager
def _database_refusals() -> Iterator[None]:
    try:
        yield
    except Refusal:
        raise
    except Exception as problem:
        text = str(problem)
        if "disk is full" in text or "No space left" in text:
            raise DiskFull from problem
        if "readonly database" in text:
            raise MayNotWrite from problem
        if "database is locked" in text or "lock timeout" in text:
            raise DatabaseBusy from problem
        raise


def empty_journals() -> bool:
    """Brings what was written into the database files and empties the journals beside them, so
    that what was removed is in neither; False where a reader was in the way. Only for SQLite;
    PostgreSQL sees to its own."""
    done = True
    db.session().rollback()
    for engine in db.engines.values():
        if engine.dialect.name == "sqlite":
            with _database_refusals(), engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA query_only=OFF")
                connection.info.pop("lms_write", None)
                busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                done = done and not busy
    return done


def free_space(path: str | os.PathLike[str]) -> int:
    """Bytes free where `path` stands."""
    status = os.statvfs(path)
    return status.f_bavail * status.f_frsize
