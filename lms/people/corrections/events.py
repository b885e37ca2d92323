"""What happens about corrections. What was typed stands in none of these: see `tables`."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class CorrectionAsked(Event):
    """The person says that something is wrong; `about` is one of `rules.ABOUT`."""

    kind: ClassVar[str] = "correction.asked"
    learner: str
    about: str


@dataclass(frozen=True)
class CorrectionAnswered(Event):
    """Somebody who looks after the person settled what was asked (the id of that event): put right,
    or left as it was."""

    kind: ClassVar[str] = "correction.answered"
    learner: str
    asked: str
    put_right: bool


CORRECTION_KINDS = frozenset({CorrectionAsked.kind, CorrectionAnswered.kind})
