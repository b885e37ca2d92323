"""What this room tells the record."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class EditionPublished(Event):
    """An edition is on offer. `course` is the slug, `edition` the hash of its content."""

    kind: ClassVar[str] = "edition.published"
    course: str
    edition: str
    number: int
    note: str = ""


@dataclass(frozen=True)
class EditionWithdrawn(Event):
    """An edition is no longer offered to new learners; those in the middle keep it."""

    kind: ClassVar[str] = "edition.withdrawn"
    course: str
    edition: str
    reason: str = ""
