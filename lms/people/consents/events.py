"""What happens about consent."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class ConsentGiven(Event):
    """The person heard a text, in a version and a language, and agreed."""

    kind: ClassVar[str] = "consent.given"
    learner: str
    text: str
    version: int
    language: str
