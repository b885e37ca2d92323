"""What the template of the engineer's desk is given."""

from dataclasses import dataclass
from datetime import datetime

from lms.base.health import DatabaseHealth, DiskHealth


@dataclass(frozen=True, slots=True)
class RecordState:
    """The record: `breaks` are ids of events, of the last `looked_at`, whose chain is broken."""

    events: int
    newest_at: datetime | None
    newest_kind: str
    quarantined: int
    stream: str
    stream_seq: int
    looked_at: int
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the site; its size is ready to read."""

    name: str
    size: str


@dataclass(frozen=True, slots=True)
class StatePage:
    """The state of this server. `free` and `total` are the disk's, ready to read."""

    version: str
    python: str
    record: RecordState
    database: DatabaseHealth
    disk: DiskHealth
    free: str
    total: str
    files: tuple[FileLine, ...]

    @property
    def all_well(self) -> bool:
        """Whether nothing asks for the engineer's attention."""
        record_holds = not self.record.quarantined and not self.record.breaks
        return record_holds and self.database.safe and self.disk.level == "fine"
