"""What happens to cards. A PIN stands in no event."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class CardIssued(Event):
    """A card with the person's number was printed; `organisation` is the office that did it."""

    kind: ClassVar[str] = "card.issued"
    learner: str
    organisation: str
    number: str
    named: bool = False


@dataclass(frozen=True)
class CardWithdrawn(Event):
    """The card opens nothing any more: it was lost, or is not wanted."""

    kind: ClassVar[str] = "card.withdrawn"
    learner: str
    organisation: str
    number: str


CARD_KINDS = frozenset({CardIssued.kind, CardWithdrawn.kind})
