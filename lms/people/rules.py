"""Values about persons and organisations, and what follows from their events. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from babel.core import get_global

from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.events import (
    AssignmentBegun,
    AssignmentEnded,
    LearnerChanged,
    LearnerMoved,
    LearnerRegistered,
)
from lms.record.events import Stored

Position = Literal[
    "learner",
    "helper",
    "manager",
    "trainer",
    "training-manager",
    "coordinator",
    "secretariat",
    "engineer",
]
POSITIONS: Final[tuple[Position, ...]] = get_args(Position)
LOOK_AFTER: Final[tuple[Position, ...]] = ("manager", "training-manager", "coordinator")
"""The positions that look after people: they are admitted to the manager's desk."""
AUDITORS: Final[tuple[Position, ...]] = (
    "secretariat",
    "coordinator",
    "training-manager",
    "engineer",
)
"""The positions that read the audit trail, each its part."""
STRONG: Final[tuple[Position, ...]] = (*LOOK_AFTER, "secretariat", "engineer")
"""The positions for which signing in should take two steps."""
LEVELS: Final = ("union", "state", "operator", "region", "office")
EMPLOYMENTS: Final = ("employee", "contract", "business-owner", "citizen")
EMPLOYEES: Final = ("employee", "contract")
SEXES: Final = ("female", "male", "other", "")
AREAS: Final = ("rural", "urban", "")
EARLIEST_BIRTH: Final = 1900
YOUNGEST: Final = 5

AHEAD: Final = timedelta(days=366)
"""How far ahead a move or a further office may be recorded."""
SESSION_TOKEN_BYTES: Final = 32
PASSWORD_AT_LEAST: Final = 12
FREE_TRIES: Final = 5
FREE_TRIES_OF_ADDRESS: Final = 40
TRIES_COUNT_FOR: Final = timedelta(minutes=60)
LONGEST_WAIT: Final = 900


class WrongSignIn(Refusal):
    says = sentence(
        "We do not recognise this number or e-mail with this password. Check both, then try again."
    )


class TooManyTries(Refusal):
    says = sentence(
        "There were too many tries. Wait %(seconds)s seconds, then try again, or ask your manager."
    )


class PersonUnknown(Refusal):
    says = sentence("There is no such person here. Check the number, or search by name.")


class OrganisationUnknown(Refusal):
    says = sentence("There is no organisation with the code “%(code)s”. Check the list.")


class PasswordTooShort(Refusal):
    says = sentence("Choose a password of at least %(length)s characters. Several words are best.")


class StaffNumberTaken(Refusal):
    says = sentence(
        "Somebody of this operator is already registered with the staff number “%(number)s”. "
        "Search for that person first."
    )


class LoginTaken(Refusal):
    says = sentence(
        "Somebody else is already registered with “%(login)s”. Search for that person first."
    )


@dataclass(frozen=True, slots=True)
class Organisation:
    """One node of the tree. `path` lists the ids from the root, each followed by a slash."""

    id: str
    code: str
    level: str
    parent: str | None
    path: str
    name_fr: str
    name_en: str
    country: str
    subregion: str
    area: str
    membership: str
    demo: bool

    def name(self, language: str) -> str:
        """Its name in a language, with the apostrophe of print, however it was typed."""
        return (self.name_fr if language == "fr" else self.name_en).replace("'", "’")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name, as pages show them."""

    id: str
    number: str
    given_name: str
    family_name: str
    staff_number: str
    email: str
    office: str
    employment: str
    language: str
    sex: str
    birth_year: int | None
    demo: bool

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Held:
    """A position at a node; its scope is the node's subtree."""

    position: Position
    organisation: str
    path: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person who is signed in, with the positions that hold today; none hold at a kiosk."""

    person: str
    session: str
    name: str
    language: str
    office: str
    demo: bool
    positions: tuple[Held, ...]
    device: str = ""
    kiosk: bool = False
    assisted_by: str = ""

    def paths_as(self, *positions: Position) -> tuple[str, ...]:
        """The subtrees in which the visitor acts in one of these positions."""
        return tuple(held.path for held in self.positions if held.position in positions)

    def acts_as(self, *positions: Position) -> bool:
        """Whether the visitor holds one of these positions anywhere; everybody is a learner."""
        return "learner" in positions or bool(self.paths_as(*positions))


@dataclass(frozen=True, slots=True)
class Profile:
    """What is copied beside a fact on its day, so that later changes do not rewrite the past."""

    office: str
    employment: str
    sex: str
    birth_year: int | None
    language: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """A further office from a day until a day ("": until further notice), as YYYY-MM-DD; on the
    day `until` it is over."""

    office: str
    employment: str
    since: str
    until: str

    def holds_on(self, day: date) -> bool:
        """Whether the person belongs there on a day."""
        text = day.isoformat()
        return self.since <= text and (not self.until or text < self.until)


def assignments_from(events: Iterable[Stored]) -> list[Assignment]:
    """The further offices that a person's events tell of, each office and first day once."""
    told = sorted((s for s in events if s.event), key=lambda s: (s.at, s.id))
    begun = {
        (s.event.office, s.event.on): s.event for s in told if isinstance(s.event, AssignmentBegun)
    }
    ends = sorted(
        (s.event.office, s.event.on) for s in told if isinstance(s.event, AssignmentEnded)
    )
    return [
        Assignment(office, event.employment, since, _end_after(office, since, ends))
        for (office, since), event in begun.items()
    ]


def _end_after(office: str, since: str, ends: Iterable[tuple[str, str]]) -> str:
    return next((on for place, on in ends if place == office and on >= since), "")


def profile_on(events: Iterable[Stored], at: datetime) -> Profile | None:
    """The person's profile on a day, from all their events; before the first, the first one."""
    history = sorted((s for s in events if s.event), key=lambda s: (s.at, s.id))
    registered = next((s.event for s in history if isinstance(s.event, LearnerRegistered)), None)
    if registered is None:
        return None
    office, employment = place_on(history, registered, at.date())
    sex, birth_year, language = registered.sex, registered.birth_year, registered.language
    for stored in history:
        change = stored.event
        if isinstance(change, LearnerChanged) and stored.at <= at:
            sex = sex if change.sex is None else change.sex
            birth_year = change.birth_year or birth_year
            language = change.language or language
    return Profile(office, employment, sex, birth_year, language, registered.demo)


def place_on(
    history: Sequence[Stored], registered: LearnerRegistered, day: date
) -> tuple[str, str]:
    """(office, employment) on a day, by the last move that had taken effect."""
    moves = [
        (s.event.on, s.at, s.id, s.event) for s in history if isinstance(s.event, LearnerMoved)
    ]
    done = [move for move in moves if move[0] <= day.isoformat()]
    if not done:
        return registered.office, registered.employment
    latest = max(done, key=lambda move: move[:3])[3]
    return latest.office, latest.employment


def fold_text(text: str) -> str:
    """Text for searching: no accents, no case, single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", plain).strip().casefold()


def is_birth_year(year: int, today: date) -> bool:
    """Whether a learner may have been born in that year."""
    return EARLIEST_BIRTH <= year <= today.year - YOUNGEST


def clean_login(text: str) -> str:
    """A staff number or an e-mail address as it is compared: no spaces, no case."""
    return re.sub(r"\s+", "", text).casefold()


def seconds_to_wait(failures: int, last: datetime | None, at: datetime, free: int) -> int:
    """How long the next try must wait: nothing for the first `free`, then doubling from 15 s."""
    if failures < free or last is None:
        return 0
    wait: int = min(LONGEST_WAIT, 15 << min(failures - free, 10))
    return max(0, wait - int((at - last).total_seconds()))


@lru_cache(maxsize=256)
def zone_of(country: str) -> ZoneInfo:
    """The time zone of a country's offices: its first by name where it has several; else UTC."""
    zones = sorted(zone for zone, land in get_global("zone_territories").items() if land == country)
    return ZoneInfo(zones[0] if zones else "UTC")


def local_date(moment: datetime, country: str) -> date:
    """The day of a moment in the country's calendar."""
    return moment.astimezone(zone_of(country)).date()
