"""Folds the notes into their table."""

import json
from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.people.audit.events import AuditNoted
from lms.people.audit.tables import AuditRow
from lms.record.events import Stored
from lms.record.queries import stored_with_ids


class AuditTrail:
    """One row a note."""

    name = "audit"
    kinds = frozenset({AuditNoted.kind})

    def keys(self, stored: Stored) -> Iterable[str]:
        """The note itself."""
        return [stored.id]

    def recompute(self, key: str) -> None:
        """Writes the note's row; a void moves nothing."""
        stored = stored_with_ids([key]).get(key)
        if stored is None or not isinstance(stored.event, AuditNoted):
            return
        note = stored.event
        db.session().execute(delete(AuditRow).where(AuditRow.id == key))
        db.session().add(
            AuditRow(
                id=key,
                at=as_text(stored.at),
                actor=stored.actor,
                action=note.action,
                learner=note.learner,
                organisation=note.organisation,
                detail=json.dumps(note.detail, sort_keys=True),
            )
        )

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(AuditRow))


PROJECTORS = (AuditTrail(),)
