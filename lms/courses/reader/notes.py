"""Problems gathered while one text is read."""

from dataclasses import dataclass, field

from lms.base.language import Sentence
from lms.courses.rules.course import Problem, Severity


@dataclass(slots=True)
class Notes:
    """Collects the problems of one file. Lines given are counted from 0 after `offset` lines."""

    path: str
    offset: int = 0
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, what: Sentence, severity: Severity = "error") -> None:
        """Notes a problem on a line, counted from 0 where this text begins."""
        self.found.append(Problem(self.path, self.offset + line + 1, what, severity))

    def further(self, lines: int) -> "Notes":
        """The same notes for a text that begins `lines` lines further down."""
        return Notes(self.path, self.offset + lines, self.found)
