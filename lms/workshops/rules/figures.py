"""What a workshop counts for: the definitions of the plan's indicators on workshops. Pure.

The thresholds are the project's proposal until the secretariat has signed them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from lms.workshops.rules.values import State, Workshop

MEMBER: Final = "member"
PARTICIPANT: Final = "participant"
OBSERVER: Final = "observer"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when a meeting is a workshop, and from when a person has followed it."""

    minutes: int = 120
    offices: int = 2
    states: int = 2
    presence_percent: int = 80


THRESHOLDS: Final = Thresholds()


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one sitting, with what was true of them on that day.

    `state`, `country` and `membership` are those of the accreditation; `path`, `office`, `area`
    and `employment` are where the person belonged. Text is empty where nothing is known.
    """

    learner: str
    workshop: str
    sitting: str
    present: bool
    on: date
    minutes: int
    role: str
    accredited_by: str
    state: str
    country: str
    membership: str
    path: str
    office: str
    area: str
    employment: str
    sex: str
    birth_year: int | None
    late_entry: bool
    demo: bool

    @property
    def standing(self) -> str:
        """The role in which the person counts."""
        return standing_of(self.role, self.membership)


@dataclass(frozen=True, slots=True)
class HeldWorkshop:
    """A workshop that took place. `expected`: participants announced. `invited`: member states."""

    workshop: Workshop
    attendances: tuple[Attendance, ...]
    expected: frozenset[str]
    invited: frozenset[str]

    @property
    def counts(self) -> bool:
        """Whether it is one of the “workshops organised”."""
        return counts_as_workshop(self)

    @property
    def day(self) -> date:
        """The day on which it counts: its last."""
        return self.workshop.held_on or self.workshop.last_day


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, both counted in the same thing."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class StatesTakingPart:
    """Ids of states. `came` are member states and are part of `invited`; `observers` are states
    that are not members, or not at present."""

    came: frozenset[str]
    invited: frozenset[str]
    observers: frozenset[str]


def standing_of(role: str, membership: str) -> str:
    """Whoever a member state does not send is an observer, not a participant."""
    return OBSERVER if role == PARTICIPANT and membership != MEMBER else role


def counts_as_workshop(held: HeldWorkshop, thresholds: Thresholds = THRESHOLDS) -> bool:
    """Held, long enough, and people came from several offices or several member states."""
    workshop = held.workshop
    if workshop.state is not State.HELD or workshop.planned_minutes < thresholds.minutes:
        return False
    there = [a for a in held.attendances if a.present and a.role == PARTICIPANT]
    offices = {a.office for a in there if a.office}
    states = {a.state for a in there if a.state and a.membership == MEMBER}
    return len(offices) >= thresholds.offices or len(states) >= thresholds.states


def who_came(held: HeldWorkshop, standing: str = PARTICIPANT) -> frozenset[str]:
    """People present at one sitting at least, in one standing."""
    return frozenset(a.learner for a in held.attendances if a.present and a.standing == standing)


def attendances(workshops: Iterable[HeldWorkshop]) -> int:
    """People who came, added up over the workshops."""
    return sum(len(who_came(held)) for held in workshops)


def distinct_people(workshops: Iterable[HeldWorkshop]) -> frozenset[str]:
    """People who came to one of the workshops at least."""
    return frozenset().union(*(who_came(held) for held in workshops))


def has_followed(minutes: int, planned: int, thresholds: Thresholds = THRESHOLDS) -> bool:
    """Whether presence reaches the share of the planned time."""
    return planned > 0 and minutes * 100 >= thresholds.presence_percent * planned


def who_followed(held: HeldWorkshop, thresholds: Thresholds = THRESHOLDS) -> frozenset[str]:
    """Participants who were there for enough of the planned time."""
    minutes: dict[str, int] = defaultdict(int)
    for attendance in held.attendances:
        if attendance.present and attendance.standing == PARTICIPANT:
            minutes[attendance.learner] += attendance.minutes
    planned = held.workshop.planned_minutes
    return frozenset(
        learner for learner, long in minutes.items() if has_followed(long, planned, thresholds)
    )


def completion_share(
    workshops: Iterable[HeldWorkshop], thresholds: Thresholds = THRESHOLDS
) -> Share:
    """People who followed, of people who came at least once."""
    each = [(len(who_followed(held, thresholds)), len(who_came(held))) for held in workshops]
    return Share(sum(part for part, _ in each), sum(whole for _, whole in each))


def attendance_share(workshops: Iterable[HeldWorkshop]) -> Share:
    """Person-sittings present, of those expected: who was announced or came, times the sittings at
    which anybody was."""
    part = whole = 0
    for held in workshops:
        there = [a for a in held.attendances if a.present and a.standing == PARTICIPANT]
        sittings = {a.sitting for a in held.attendances if a.present}
        part += len({(a.learner, a.sitting) for a in there})
        whole += len(held.expected | who_came(held)) * len(sittings)
    return Share(part, whole)


def states_taking_part(workshops: Collection[HeldWorkshop]) -> StatesTakingPart:
    """Member states with a participant, member states invited, and the others that came."""
    there = [a for held in workshops for a in held.attendances if a.present]
    came = frozenset(a.state for a in there if a.standing == PARTICIPANT and a.state)
    observers = frozenset(
        a.state for a in there if a.standing == OBSERVER and a.state and a.membership != MEMBER
    )
    invited = frozenset().union(*(held.invited for held in workshops))
    return StatesTakingPart(came, invited | came, observers)
