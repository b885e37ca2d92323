"""Folds what was asked and answered. One key: the learner."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.people.corrections.events import CORRECTION_KINDS, CorrectionAnswered, CorrectionAsked
from lms.people.corrections.tables import CorrectionRow
from lms.record.events import Stored
from lms.record.queries import events_about


class Corrections:
    """One row a request; of several answers the first holds."""

    name = "corrections"
    kinds = CORRECTION_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learner."""
        return [stored.learner] if stored.learner else []

    def recompute(self, key: str) -> None:
        """Replaces the requests of one person."""
        session = db.session()
        session.execute(delete(CorrectionRow).where(CorrectionRow.learner == key))
        told = sorted(events_about(learner=key, kinds=self.kinds), key=lambda s: (s.at, s.id))
        answers: dict[str, tuple[str, str]] = {}
        for stored in told:
            if isinstance(stored.event, CorrectionAnswered):
                state = "put-right" if stored.event.put_right else "left"
                answers.setdefault(stored.event.asked, (state, as_text(stored.at)))
        for stored in told:
            if isinstance(stored.event, CorrectionAsked):
                state, answered_at = answers.get(stored.id, ("open", ""))
                row = CorrectionRow(
                    id=stored.id,
                    learner=key,
                    about=stored.event.about,
                    asked_at=as_text(stored.at),
                    state=state,
                    answered_at=answered_at,
                )
                session.add(row)

    def clear(self) -> None:
        """Empties the requests; what was typed stays."""
        db.session().execute(delete(CorrectionRow))


PROJECTORS = (Corrections(),)
