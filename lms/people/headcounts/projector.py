"""Folds returns into their table. One key: the operator."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.people.headcounts.events import HEADCOUNT_KINDS, HeadcountReturned
from lms.people.headcounts.tables import HeadcountRow
from lms.record.events import Stored
from lms.record.queries import events_about


class Headcounts:
    """Every valid return of an operator."""

    name = "headcounts"
    kinds = HEADCOUNT_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The operator."""
        return [stored.subject] if stored.subject else []

    def recompute(self, key: str) -> None:
        """Replaces the returns of one operator."""
        session = db.session()
        session.execute(delete(HeadcountRow).where(HeadcountRow.operator == key))
        for stored in events_about(subject=key, kinds=self.kinds):
            if isinstance(stored.event, HeadcountReturned):
                session.add(_row(stored, stored.event))

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(HeadcountRow))


def _row(stored: Stored, event: HeadcountReturned) -> HeadcountRow:
    return HeadcountRow(
        id=stored.id,
        operator=event.organisation,
        on=event.on,
        employees=event.employees,
        women=event.women,
        source=event.source,
        actor=stored.actor,
        at=as_text(stored.at),
    )


PROJECTORS = (Headcounts(),)
