"""What happens to persons and organisations. Names are in none of these: see `tables.PersonRow`."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event, LearnerMerged


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


@dataclass(frozen=True)
class LearnerClosed(Event):
    """The person may no longer sign in; what they learned stays."""

    kind: ClassVar[str] = "learner.closed"
    learner: str
    reason: str = ""


@dataclass(frozen=True)
class LearnerReopened(Event):
    """The person may sign in again."""

    kind: ClassVar[str] = "learner.reopened"
    learner: str


@dataclass(frozen=True)
class ErasureProposed(Event):
    """Somebody above the person asks on their behalf that the name be removed. `ground` is one of
    `erasures.rules.GROUNDS`. Another above must confirm it."""

    kind: ClassVar[str] = "learner.erasure-proposed"
    learner: str
    ground: str


@dataclass(frozen=True)
class ErasureAsked(Event):
    """The person asks that their name be removed; it is done on the day `on`, unless this is
    voided before. `proposal` names the event that this confirms, where somebody above asked."""

    kind: ClassVar[str] = "learner.erasure-asked"
    learner: str
    on: str
    proposal: str = ""


@dataclass(frozen=True)
class LearnerErased(Event):
    """The person's name is gone, here and wherever this arrives, for ever. Counts stay."""

    kind: ClassVar[str] = "learner.erased"
    learner: str


@dataclass(frozen=True)
class AssignmentBegun(Event):
    """From the day `on` the person also works at, or belongs to, this office."""

    kind: ClassVar[str] = "assignment.begun"
    learner: str
    office: str
    employment: str
    on: str


@dataclass(frozen=True)
class AssignmentEnded(Event):
    """From the day `on` the person no longer belongs to this further office."""

    kind: ClassVar[str] = "assignment.ended"
    learner: str
    office: str
    on: str


@dataclass(frozen=True)
class MergeProposed(Event):
    """Somebody thinks that two registered persons are one. Another must confirm it."""

    kind: ClassVar[str] = "merge.proposed"
    learner: str
    other: str
    why: str


@dataclass(frozen=True)
class MergeDeclined(Event):
    """They are two persons."""

    kind: ClassVar[str] = "merge.declined"
    learner: str
    other: str


STANDING_KINDS = frozenset({LearnerClosed.kind, LearnerReopened.kind, LearnerErased.kind})
LEARNER_KINDS |= STANDING_KINDS | {LearnerMerged.kind}
ASSIGNMENT_KINDS = frozenset({AssignmentBegun.kind, AssignmentEnded.kind})
PROPOSAL_KINDS = frozenset({MergeProposed.kind, MergeDeclined.kind, LearnerMerged.kind})
DATED_KINDS = frozenset({LearnerMoved.kind}) | ASSIGNMENT_KINDS | POSITION_KINDS
"""What holds from a day on, which may lie ahead."""
