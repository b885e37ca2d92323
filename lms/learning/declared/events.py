"""What is declared."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class TrainingDeclared(Event):
    """The learner completed a training on the day `on` (YYYY-MM-DD), outside the site. `course`
    is the site's course of the same content, if there is one; `sha256` names the file of the
    list, which is kept."""

    kind: ClassVar[str] = "training.declared"
    learner: str
    title: str
    on: str
    minutes: int
    percent: int | None = None
    course: str | None = None
    sha256: str = ""


DECLARED_KINDS = frozenset({TrainingDeclared.kind})
