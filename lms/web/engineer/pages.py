"""What the template of the engineer's desk is given."""

from dataclasses import dataclass
from datetime import datetime

from lms.base.health import DatabaseHealth, DiskHealth
from lms.base.language import Sentence


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
class TimerLine:
    """Something that the server does by itself: when it was done last and what came of it; None
    before the first time."""

    name: Sentence
    ended_at: datetime | None
    says: Sentence | None
    failed: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A message that is not tried again. Of the address only its end is shown."""

    made_at: datetime
    purpose: str
    number: str
    office: str
    domain: str
    why: Sentence | None


@dataclass(frozen=True, slots=True)
class MailState:
    """The outgoing mail. `why` says why messages wait, where it is known."""

    sends: bool
    waiting: int
    why: Sentence | None
    refused: tuple[RefusedLine, ...]


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
    timers: tuple[TimerLine, ...]
    by_itself: bool
    mail: MailState

    @property
    def all_well(self) -> bool:
        """Whether nothing asks for the engineer's attention."""
        record_holds = not self.record.quarantined and not self.record.breaks
        works = not any(line.failed for line in self.timers)
        return record_holds and works and self.database.safe and self.disk.level == "fine"
