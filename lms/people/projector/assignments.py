"""Folds the further offices a person belongs to."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.events import ASSIGNMENT_KINDS
from lms.people.rules import assignments_from
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
        for held in assignments_from(events_about(learner=key, kinds=self.kinds)):
            session.add(
                AssignmentRow(
                    id=derived_id(key, held.office, held.since),
                    learner=key,
                    office=held.office,
                    employment=held.employment,
                    since=held.since,
                    until=held.until,
                )
            )

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(AssignmentRow))
