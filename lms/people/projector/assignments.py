"""Folds the further offices a person belongs to."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.events import ASSIGNMENT_KINDS, AssignmentBegun, AssignmentEnded
from lms.people.tables import AssignmentRow
from lms.record.events import Stored
from lms.record.queries import events_about


class Assignments:
    """Offices beside the person's own, from a day until a day."""

    name = "assignments"
    kinds = ASSIGNMENT_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learner."""
        return [stored.learner] if stored.learner else []

    def recompute(self, key: str) -> None:
        """Replaces the further offices of one person."""
        session = db.session()
        session.execute(delete(AssignmentRow).where(AssignmentRow.learner == key))
        told = [s for s in events_about(learner=key, kinds=self.kinds) if s.event]
        begun: dict[tuple[str, str], AssignmentBegun] = {}
        for stored in sorted(told, key=lambda s: (s.at, s.id)):
            if isinstance(stored.event, AssignmentBegun):
                begun[stored.event.office, stored.event.on] = stored.event
        ends = sorted(
            (s.event.office, s.event.on) for s in told if isinstance(s.event, AssignmentEnded)
        )
        for (office, since), event in begun.items():
            until = next((on for place, on in ends if place == office and on >= since), "")
            session.add(
                AssignmentRow(
                    id=derived_id(key, office, since),
                    learner=key,
                    office=office,
                    employment=event.employment,
                    since=since,
                    until=until,
                )
            )

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(AssignmentRow))
