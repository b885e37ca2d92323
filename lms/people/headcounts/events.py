"""What is returned."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class HeadcountReturned(Event):
    """On the day `on` (YYYY-MM-DD) the operator had so many employees; `women` None: not stated.
    `source` says in a few words where the number stands. A later return for the same day replaces
    the earlier one; both stay in the history."""

    kind: ClassVar[str] = "headcount.returned"
    organisation: str
    on: str
    employees: int
    women: int | None = None
    source: str = ""


HEADCOUNT_KINDS = frozenset({HeadcountReturned.kind})
