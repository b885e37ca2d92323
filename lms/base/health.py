"""How the database and the disk under this server are: facts for who looks after it."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import inspect, text

from lms.base.database import WAL_IS_SAFE, db

Level = Literal["fine", "low", "full"]
LOW: Final = 1024**3
"""Below this many free bytes the engineer is warned."""
FULL: Final = 200 * 1024**2
"""Below this many the next backup or publication may fail."""
_SYNCHRONOUS: Final = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


@dataclass(frozen=True, slots=True)
class DatabaseHealth:
    """Which database, and how it writes. `journal` is in the database's own words; `safe` says
    that a power cut loses nothing that was committed; `revision` is empty without a schema."""

    name: str
    version: str
    journal: str
    safe: bool
    revision: str


@dataclass(frozen=True, slots=True)
class FileHealth:
    """One file and its bytes."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class DiskHealth:
    """Bytes free of the whole disk, and the site's own files, the largest first."""

    free: int
    total: int
    files: tuple[FileHealth, ...]

    @property
    def level(self) -> Level:
        """Whether there is room enough."""
        return "full" if self.free < FULL else "low" if self.free < LOW else "fine"


def database_health() -> DatabaseHealth:
    """The record's database as it answers now."""
    if db.engine.dialect.name == "sqlite":
        return _sqlite()
    version, fsync, commit = (
        str(_value(f"SHOW {name}")) for name in ("server_version", "fsync", "synchronous_commit")
    )
    safe = fsync == "on" and commit != "off"
    journal = f"fsync {fsync}, synchronous_commit {commit}"
    return DatabaseHealth("PostgreSQL", version, journal, safe, _revision())


def _sqlite() -> DatabaseHealth:
    mode = str(_value("PRAGMA journal_mode")).upper()
    synchronous = _SYNCHRONOUS.get(int(str(_value("PRAGMA synchronous"))), "?")
    safe = synchronous in ("FULL", "EXTRA") and (mode != "WAL" or WAL_IS_SAFE)
    safe = safe and mode not in ("OFF", "MEMORY")
    version = str(_value("SELECT sqlite_version()"))
    journal = f"journal_mode {mode}, synchronous {synchronous}"
    return DatabaseHealth("SQLite", version, journal, safe, _revision())


def _revision() -> str:
    if not inspect(db.session().connection()).has_table("alembic_version"):
        return ""
    return str(_value("SELECT version_num FROM alembic_version") or "")


def _value(statement: str) -> object:
    return db.session().scalar(text(statement))


def disk_health(folder: Path) -> DiskHealth:
    """The disk on which `folder` stands, and the files directly in it."""
    usage = shutil.disk_usage(folder)
    return DiskHealth(usage.free, usage.total, tuple(_files(folder.iterdir())))


def _files(paths: Iterable[Path]) -> list[FileHealth]:
    found = [FileHealth(path.name, path.stat().st_size) for path in paths if path.is_file()]
    return sorted(found, key=lambda file: (-file.bytes, file.name))
