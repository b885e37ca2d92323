"""What the templates about duplicates are given."""

from dataclasses import dataclass
from datetime import datetime

from lms.base.language import Sentence
from lms.web.confidences import Fact
from lms.web.manager.duplicates_forms import PartForm, ProposeForm


@dataclass(frozen=True, slots=True)
class Side:
    """One of a pair in a list: a name where the visitor may see it, else nothing."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two who may be one. `url` is None where the visitor does not see both; `mine`: the visitor
    proposed it, so another person decides."""

    first: Side
    second: Side
    why: str
    at: datetime | None
    url: str | None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    """What waits for a decision, whom to look at, and who was merged."""

    proposals: tuple[PairLine, ...]
    candidates: tuple[PairLine, ...]
    merged: tuple[PairLine, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """One of two records, side by side."""

    name: str
    number: str
    staff_number: str
    email: Fact
    phone: Fact
    birth_year: Fact
    sex: str
    office: str
    registered_at: datetime | None
    lessons: int
    tests: int
    sittings: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two records side by side, and what may be done. `state` is apart, open, mine (proposed by
    the visitor), or merged; `may_decide`: the visitor stands above both; `until`: what is sensitive
    is shown until then."""

    person: str
    other: str
    first: Facts
    second: Facts
    state: str
    why: str
    may_decide: bool
    propose: ProposeForm
    part: PartForm
    tickets: dict[str, str]
    until: datetime | None
    refused: Sentence | None = None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.propose.errors or self.part.errors or self.refused)
