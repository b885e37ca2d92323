"""What looking at a picture gives."""

from dataclasses import dataclass

from lms.base.language import Sentence
from lms.courses.rules.course import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a picture, on a line of its text (1 for pictures of pixels)."""

    sentence: Sentence
    line: int = 1
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Examined:
    """A picture's size in pixels and what is wrong with it; 0 × 0 where it cannot be told."""

    media_type: str
    width: int = 0
    height: int = 0
    findings: tuple[Finding, ...] = ()
