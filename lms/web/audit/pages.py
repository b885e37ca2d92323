"""What the template of the audit trail is given."""

from dataclasses import dataclass
from datetime import datetime

from lms.base.language import Sentence
from lms.web.paging import Sheet


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note in words. `facts` are (name, value); people are named with their number."""

    at: datetime
    what: Sentence
    by: str
    about: str
    place: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was asked for, as it was typed."""

    action: str
    person: str
    by: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the trail. `technical` where only technical notes are shown."""

    typed: Typed
    actions: tuple[tuple[str, str], ...]
    complaints: tuple[tuple[str, Sentence], ...]
    lines: tuple[NoteLine, ...]
    total: int
    pages: Sheet
    technical: bool
    export_ticket: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.complaints)
