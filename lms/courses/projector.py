"""Which editions are on offer, folded from the record."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import delete

from lms.base.database import db
from lms.courses.events import EditionPublished, EditionWithdrawn
from lms.courses.tables import EditionStandingRow
from lms.record.events import Stored
from lms.record.queries import events_about


class EditionProjector:
    """Recomputes the standing of every edition of one course.

    The last event about an edition decides whether it is on offer; the edition on offer with the
    highest number is the current one.
    """

    name = "courses"
    kinds = frozenset({EditionPublished.kind, EditionWithdrawn.kind})

    def keys(self, stored: Stored) -> Iterable[str]:
        """The course's slug."""
        return {stored.subject} if stored.subject else set()

    def recompute(self, key: str) -> None:
        """Writes the standings of a course's editions anew."""
        session = db.session()
        session.execute(delete(EditionStandingRow).where(EditionStandingRow.slug == key))
        told = [one for one in events_about(subject=key, kinds=self.kinds) if one.event]
        told.sort(key=lambda one: (_edition(one), one.at, one.id))
        for edition, group in groupby(told, key=_edition):
            session.add(_standing(key, edition, list(group)))
        session.flush()

    def clear(self) -> None:
        """Forgets all standings."""
        db.session().execute(delete(EditionStandingRow))


def _edition(stored: Stored) -> str:
    event = stored.event
    return event.edition if isinstance(event, EditionPublished | EditionWithdrawn) else ""


def _standing(slug: str, edition: str, told: list[Stored]) -> EditionStandingRow:
    published = [one for one in told if isinstance(one.event, EditionPublished)]
    numbers = [one.event.number for one in told if isinstance(one.event, EditionPublished)]
    return EditionStandingRow(
        hash=edition,
        slug=slug,
        number=max(numbers, default=0),
        event_id=max((one.id for one in published), default=""),
        on_offer=isinstance(told[-1].event, EditionPublished),
    )


PROJECTORS = (EditionProjector(),)
