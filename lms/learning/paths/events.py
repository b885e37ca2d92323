"""What is asked of whom. Whether it is done, and whether it is late, stands in no event."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class PathDefined(Event):
    """The path `target` holds these courses (slugs) in this order. Said again, it changes them.
    It belongs to the organisation and serves all below it."""

    kind: ClassVar[str] = "path.defined"
    target: str
    organisation: str
    title_fr: str
    title_en: str
    courses: list[str]


@dataclass(frozen=True)
class PathWithdrawn(Event):
    """The path `target` is asked of nobody any more. What was learned stays."""

    kind: ClassVar[str] = "path.withdrawn"
    target: str
    organisation: str


@dataclass(frozen=True)
class LearnerEnrolled(Event):
    """The learner is asked to do a course, or the path `target`, until the day `due` (YYYY-MM-DD)
    if there is one. Said again, it sets another day."""

    kind: ClassVar[str] = "learner.enrolled"
    learner: str
    organisation: str
    course: str | None = None
    target: str | None = None
    due: str = ""


@dataclass(frozen=True)
class LearnerUnenrolled(Event):
    """The learner is no longer asked to do the course, or the path `target`, whoever asked."""

    kind: ClassVar[str] = "learner.unenrolled"
    learner: str
    organisation: str
    course: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class RuleSet(Event):
    """Everybody at the organisation and below who is `who` (a kind of employment, or a position)
    is asked to follow the path `target`, within `days` (0: until no day), now and later."""

    kind: ClassVar[str] = "rule.set"
    target: str
    organisation: str
    who: str
    days: int = 0


@dataclass(frozen=True)
class RuleWithdrawn(Event):
    """The rule holds no more; who was asked by it alone is asked no more."""

    kind: ClassVar[str] = "rule.withdrawn"
    target: str
    organisation: str
    who: str


@dataclass(frozen=True)
class LearnerReminded(Event):
    """The learner was reminded of what is due soon or late. `how` is mail or page."""

    kind: ClassVar[str] = "learner.reminded"
    learner: str
    how: str
    late: int
    soon: int


PATH_KINDS = frozenset({PathDefined.kind, PathWithdrawn.kind})
RULE_KINDS = frozenset({RuleSet.kind, RuleWithdrawn.kind})
ENROLMENT_KINDS = frozenset({LearnerEnrolled.kind, LearnerUnenrolled.kind})
