"""What happens when a helper joins a learner."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class AssistanceAgreed(Event):
    """The learner agrees that a helper of this office joins them. The event's id names the
    assistance that follows."""

    kind: ClassVar[str] = "assistance.agreed"
    learner: str
    organisation: str


@dataclass(frozen=True)
class AssistanceGiven(Event):
    """A helper was with the learner for so many whole minutes; the event is dated at the end."""

    kind: ClassVar[str] = "assistance.given"
    learner: str
    helper: str
    organisation: str
    minutes: int
