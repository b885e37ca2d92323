"""Folds who may act as what, where."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.events import (
    POSITION_KINDS,
    PositionGiven,
    PositionWithdrawn,
)
from lms.people.tables import PositionRow
from lms.record.events import Stored
from lms.record.queries import events_about


class Positions:
    """Who may act as what, where, from when until when."""

    name = "positions"
    kinds = POSITION_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learner who holds the position."""
        return [stored.learner] if stored.learner else []

    def recompute(self, key: str) -> None:
        """Replaces the positions of one person."""
        session = db.session()
        session.execute(delete(PositionRow).where(PositionRow.learner == key))
        days: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        for stored in events_about(learner=key, kinds=self.kinds):
            event = stored.event
            if isinstance(event, PositionGiven | PositionWithdrawn):
                given = isinstance(event, PositionGiven)
                mark = (event.on, stored.at, stored.id, given)
                days[event.position, event.organisation].append(mark)
        for (position, organisation), marks in days.items():
            for since, until in _periods(sorted(marks)):
                session.add(
                    PositionRow(
                        id=derived_id(key, position, organisation, since),
                        learner=key,
                        position=position,
                        organisation=organisation,
                        since=since,
                        until=until,
                    )
                )

    def clear(self) -> None:
        """Empties the positions."""
        db.session().execute(delete(PositionRow))


Mark = tuple[str, datetime, str, bool]
"""(day from which it holds, when it was said, id, whether given): of one day the last word holds"""


def _periods(marks: list[Mark]) -> list[tuple[str, str]]:
    periods: list[tuple[str, str]] = []
    since = ""
    for day, _at, _id, given in marks:
        if given and not since:
            since = day
        elif not given and since:
            if day > since:
                periods.append((since, day))
            since = ""
    return [*periods, (since, "")] if since else periods
