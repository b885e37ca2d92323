"""Folds imports into their list, and forgets the names of who is erased."""

import json
from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.exchange.events import IMPORT_KINDS, RosterImported, RosterUndone
from lms.exchange.tables import ImportRow, RosterChangeRow
from lms.people.events import LearnerErased
from lms.record.aliases import aliases_of
from lms.record.events import EventVoided, Stored
from lms.record.queries import events_about, stored_with_ids


class Imports:
    """One key: the import, named by its event's id."""

    name = "imports"
    kinds = IMPORT_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The import that the event is, or undoes."""
        if isinstance(stored.event, RosterUndone):
            return [stored.event.imported]
        return [stored.id]

    def recompute(self, key: str) -> None:
        """Replaces the row of one import."""
        session = db.session()
        session.execute(delete(ImportRow).where(ImportRow.id == key))
        stored = stored_with_ids([key]).get(key)
        voided = events_about(subject=key, kinds={EventVoided.kind})
        if stored is None or voided or not isinstance(stored.event, RosterImported):
            return
        event = stored.event
        told = events_about(subject=event.organisation, kinds={RosterUndone.kind})
        undone = [
            (s.at, s.event)
            for s in told
            if isinstance(s.event, RosterUndone) and s.event.imported == key
        ]
        at, last = min(undone, key=lambda each: each[0], default=(None, None))
        row = ImportRow(
            id=key,
            what=event.what,
            organisation=event.organisation,
            actor=stored.actor or "",
            at=as_text(stored.at),
            sha256=event.sha256,
            rows=event.rows,
            counts=json.dumps(event.counts),
            undone_at=as_text(at) if at else "",
            undone=last.undone if last else 0,
            kept=last.kept if last else 0,
        )
        session.add(row)

    def clear(self) -> None:
        """Empties the list."""
        db.session().execute(delete(ImportRow))


class NamesBefore:
    """The names an import had replaced go with the names of who is erased. The table itself is
    not folded from events, so it is never emptied."""

    name = "names before imports"
    kinds = frozenset({LearnerErased.kind})

    def keys(self, stored: Stored) -> Iterable[str]:
        """Who is erased."""
        return [stored.learner] if stored.learner else []

    def recompute(self, key: str) -> None:
        """Forgets the names of one person, under every id of theirs."""
        if events_about(learner=key, kinds=self.kinds):
            gone = RosterChangeRow.person.in_(aliases_of(key))
            db.session().execute(delete(RosterChangeRow).where(gone))

    def clear(self) -> None:
        """Nothing: what an import wrote cannot be folded again."""


PROJECTORS = (Imports(), NamesBefore())
