"""Folds events into cards."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.people.cards.events import CARD_KINDS, CardIssued, CardWithdrawn
from lms.people.cards.tables import CardRow
from lms.record.events import Stored
from lms.record.queries import events_about


class Cards:
    """One row a person: the card printed last, and whether it was withdrawn since."""

    name = "cards"
    kinds = CARD_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learner."""
        return [stored.learner] if stored.learner else []

    def recompute(self, key: str) -> None:
        """Replaces the card of one person."""
        session = db.session()
        session.execute(delete(CardRow).where(CardRow.learner == key))
        row: CardRow | None = None
        for stored in sorted(
            events_about(learner=key, kinds=self.kinds), key=lambda s: (s.at, s.id)
        ):
            at = as_text(stored.at)
            if isinstance(stored.event, CardIssued):
                row = CardRow(
                    learner=key, number=stored.event.number, issued_at=at, withdrawn_at=""
                )
            elif isinstance(stored.event, CardWithdrawn) and row:
                row.withdrawn_at = at
        if row:
            session.add(row)

    def clear(self) -> None:
        """Empties the cards."""
        db.session().execute(delete(CardRow))


PROJECTORS = (Cards(),)
