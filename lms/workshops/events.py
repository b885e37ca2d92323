"""What happens around a workshop. Raw facts: who was there, never how many."""

from dataclasses import dataclass
from typing import Any, ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class WorkshopPlanned(Event):
    """A workshop is announced. `sittings`: {"id", "on": YYYY-MM-DD, "from": HH:MM, "to": HH:MM},
    in the time of the place. `organiser` and `invited` are ids of organisations."""

    kind: ClassVar[str] = "workshop.planned"
    workshop: str
    title: str
    theme: str
    organiser: str
    language: str
    mode: str
    place: str
    sittings: list[dict[str, Any]]
    invited: list[str]
    facilitators: str = ""
    demo: bool = False


@dataclass(frozen=True)
class WorkshopChanged(Event):
    """All the facts anew; the latest holds."""

    kind: ClassVar[str] = "workshop.changed"
    workshop: str
    title: str
    theme: str
    organiser: str
    language: str
    mode: str
    place: str
    sittings: list[dict[str, Any]]
    invited: list[str]
    facilitators: str = ""
    demo: bool = False


@dataclass(frozen=True)
class WorkshopCancelled(Event):
    """It will not take place."""

    kind: ClassVar[str] = "workshop.cancelled"
    workshop: str
    reason: str


@dataclass(frozen=True)
class WorkshopHeld(Event):
    """It took place; `on` (YYYY-MM-DD) is its last day."""

    kind: ClassVar[str] = "workshop.held"
    workshop: str
    on: str


@dataclass(frozen=True)
class ParticipantExpected(Event):
    """The organisation `accredited_by` sends this person, in a role of `rules.ROLES`."""

    kind: ClassVar[str] = "workshop.expected"
    learner: str
    workshop: str
    accredited_by: str
    role: str


@dataclass(frozen=True)
class ParticipantRemoved(Event):
    """The person is no longer expected. Where they came all the same, that stays."""

    kind: ClassVar[str] = "workshop.removed"
    learner: str
    workshop: str


@dataclass(frozen=True)
class AttendanceTaken(Event):
    """At a sitting the person was there, or was not; the latest holds. `late_entry`: it was
    written down after the day of the sitting."""

    kind: ClassVar[str] = "workshop.attended"
    learner: str
    workshop: str
    sitting: str
    present: bool
    accredited_by: str
    role: str
    late_entry: bool = False


WORKSHOP_KINDS = frozenset(
    {
        WorkshopPlanned.kind,
        WorkshopChanged.kind,
        WorkshopCancelled.kind,
        WorkshopHeld.kind,
        ParticipantExpected.kind,
        ParticipantRemoved.kind,
        AttendanceTaken.kind,
    }
)
