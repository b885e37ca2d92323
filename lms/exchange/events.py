"""What an import leaves in the record. Names are in none of these."""

from dataclasses import dataclass, field
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class RosterImported(Event):
    """A list of staff, or of past trainings (`what`), was taken in for an organisation and all
    below it. `sha256` names the file; `counts` holds how many rows were new, changed, …"""

    kind: ClassVar[str] = "roster.imported"
    organisation: str
    sha256: str
    rows: int
    counts: dict[str, int] = field(default_factory=dict)
    what: str = "roster"


@dataclass(frozen=True)
class RosterUndone(Event):
    """What the import `imported` (an event's id) had written was taken back, so far as nothing
    stood on it: `undone` people or trainings; `kept` of them stayed as they are."""

    kind: ClassVar[str] = "roster.undone"
    organisation: str
    imported: str
    undone: int
    kept: int


IMPORT_KINDS = frozenset({RosterImported.kind, RosterUndone.kind})
