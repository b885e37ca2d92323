"""What happens to persons and organisations. Names are in none of these: see `tables.PersonRow`."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class OrganisationAdded(Event):
    """A union, member state, operator, region or office exists. `area` is rural, urban or ""."""

    kind: ClassVar[str] = "organisation.added"
    organisation: str
    code: str
    level: str
    parent: str | None
    name_fr: str
    name_en: str
    country: str = ""
    subregion: str = ""
    confidence: str = ""
    area: str = ""
    membership: str = "member"
    demo: bool = False


@dataclass(frozen=True)
class OrganisationMoved(Event):
    """From the day `on` (YYYY-MM-DD) the organisation stands under another one."""

    kind: ClassVar[str] = "organisation.moved"
    organisation: str
    parent: str
    on: str


@dataclass(frozen=True)
class LearnerRegistered(Event):
    """A person comes into being, by pseudonym. `employment` is one of `rules.EMPLOYMENTS`."""

    kind: ClassVar[str] = "learner.registered"
    learner: str
    number: str
    office: str
    employment: str
    sex: str = ""
    birth_year: int | None = None
    language: str = "fr"
    demo: bool = False


@dataclass(frozen=True)
class LearnerChanged(Event):
    """A fact about the person is put right or changes; None leaves it as it was."""

    kind: ClassVar[str] = "learner.changed"
    learner: str
    sex: str | None = None
    birth_year: int | None = None
    language: str | None = None


@dataclass(frozen=True)
class LearnerMoved(Event):
    """From the day `on` (YYYY-MM-DD) the person belongs to another office or is employed anew."""

    kind: ClassVar[str] = "learner.moved"
    learner: str
    office: str
    employment: str
    on: str


@dataclass(frozen=True)
class PositionGiven(Event):
    """The person may act as `position` at `organisation` and in all below it."""

    kind: ClassVar[str] = "position.given"
    learner: str
    position: str
    organisation: str
    on: str


@dataclass(frozen=True)
class PositionWithdrawn(Event):
    """From the day `on` the person no longer holds the position."""

    kind: ClassVar[str] = "position.withdrawn"
    learner: str
    position: str
    organisation: str
    on: str


ORGANISATION_KINDS = frozenset({OrganisationAdded.kind, OrganisationMoved.kind})
LEARNER_KINDS = frozenset({LearnerRegistered.kind, LearnerChanged.kind, LearnerMoved.kind})
POSITION_KINDS = frozenset({PositionGiven.kind, PositionWithdrawn.kind})
