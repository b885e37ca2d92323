"""Workshop, sitting, participant, presence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, Final

THEMES: Final = ("digital-finance", "it-security", "other")
MODES: Final = ("room", "online", "hybrid")
ROLES: Final = ("participant", "facilitator", "interpreter", "organiser", "observer")
MOST_SITTINGS: Final = 40


class State(StrEnum):
    """How far a workshop is."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting without a night in between, in the time of the place."""

    id: str
    on: date
    starts: time
    ends: time

    @property
    def minutes(self) -> int:
        """Planned length; 0 where the end is not after the beginning."""
        length = (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute
        return max(0, length)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned about a workshop, all of it. `organiser`, `invited`: ids of organisations."""

    title: str
    theme: str
    organiser: str
    language: str
    mode: str
    place: str
    sittings: tuple[Sitting, ...]
    invited: tuple[str, ...]
    facilitators: str = ""


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop as its events say it is. Sittings are in the order of their time."""

    id: str
    plan: Plan
    state: State
    held_on: date | None
    cancelled_because: str
    demo: bool

    @property
    def title(self) -> str:
        """Its title, as it was typed."""
        return self.plan.title

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """Its sittings, the first one first."""
        return self.plan.sittings

    @property
    def planned_minutes(self) -> int:
        """Length of all sittings together."""
        return sum(sitting.minutes for sitting in self.sittings)

    @property
    def first_day(self) -> date:
        """Day of the first sitting."""
        return self.sittings[0].on if self.sittings else date.min

    @property
    def last_day(self) -> date:
        """Day of the last sitting."""
        return self.sittings[-1].on if self.sittings else date.min

    def find_sitting(self, sitting: str) -> Sitting | None:
        """One of its sittings, by id."""
        return next((each for each in self.sittings if each.id == sitting), None)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody on the list. `expected`: was announced and not removed. `accredited_by`: the
    organisation that sends them, which says which state they count for."""

    learner: str
    accredited_by: str
    role: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """What was last said about one person at one sitting."""

    learner: str
    sitting: str
    present: bool
    late_entry: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """A workshop with its list (by learner) and what the rolls say (by learner and sitting)."""

    workshop: Workshop
    participants: Mapping[str, Participant]
    presences: Mapping[tuple[str, str], Presence]


def sitting_as_data(sitting: Sitting) -> dict[str, Any]:
    """A sitting as events hold it."""
    return {
        "id": sitting.id,
        "on": sitting.on.isoformat(),
        "from": sitting.starts.strftime("%H:%M"),
        "to": sitting.ends.strftime("%H:%M"),
    }


def sitting_from_data(data: Mapping[str, Any]) -> Sitting | None:
    """The reverse; None where another version wrote what this one cannot read."""
    try:
        return Sitting(
            id=str(data["id"]),
            on=date.fromisoformat(data["on"]),
            starts=time.fromisoformat(data["from"]),
            ends=time.fromisoformat(data["to"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
