"""Folds events into the list of help that was given."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import delete, or_, select

from lms.base.clock import as_text
from lms.base.database import db
from lms.people.assistance.events import AssistanceGiven
from lms.people.assistance.tables import AssistanceRow
from lms.people.events import LEARNER_KINDS, ORGANISATION_KINDS
from lms.people.queries import path_on, places_on_path, profile_of
from lms.people.rules import local_date
from lms.record.events import EventVoided, Stored
from lms.record.queries import events_about, stored_with_ids

_MANY: Final = 400


class GivenHelp:
    """One row an assistance. A change of the learner or of the tree touches its rows too."""

    name = "assistance"
    kinds = frozenset({AssistanceGiven.kind}) | LEARNER_KINDS | ORGANISATION_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The event itself, or those that stand with the learner or below the organisation."""
        if stored.kind == AssistanceGiven.kind:
            return [stored.id]
        column = AssistanceRow.id
        if stored.kind in LEARNER_KINDS:
            mine = AssistanceRow.learner == stored.learner
            return list(db.session().scalars(select(column).where(mine)))
        node = stored.subject or "-"
        below = or_(AssistanceRow.path.contains(node), AssistanceRow.organisation == node)
        return list(db.session().scalars(select(column).where(below)))

    def keys_of_many(self, seen: Sequence[Stored]) -> Iterable[str]:
        """The same for many events; the rows of learners who changed are asked for together."""
        changed = sorted({s.learner for s in seen if s.kind in LEARNER_KINDS and s.learner})
        for start in range(0, len(changed), _MANY):
            theirs = AssistanceRow.learner.in_(changed[start : start + _MANY])
            yield from db.session().scalars(select(AssistanceRow.id).where(theirs))
        for stored in seen:
            if stored.kind not in LEARNER_KINDS:
                yield from self.keys(stored)

    def recompute_many(self, keys: Collection[str]) -> None:
        """Replaces each of the rows."""
        for key in keys:
            self.recompute(key)

    def recompute(self, key: str) -> None:
        """Replaces the row; none for an event that does not count."""
        session = db.session()
        session.execute(delete(AssistanceRow).where(AssistanceRow.id == key))
        stored = stored_with_ids([key]).get(key)
        voided = events_about(subject=key, kinds={EventVoided.kind})
        if stored is None or voided or not isinstance(stored.event, AssistanceGiven):
            return
        session.add(_row(stored, stored.event))

    def clear(self) -> None:
        """Empties the list."""
        db.session().execute(delete(AssistanceRow))


def _row(stored: Stored, given: AssistanceGiven) -> AssistanceRow:
    path = path_on(given.organisation, stored.at.date())
    place = places_on_path(path)
    country = place["state"].country if "state" in place else ""
    profile = profile_of(given.learner, stored.at)
    return AssistanceRow(
        id=stored.id,
        learner=given.learner,
        helper=given.helper,
        organisation=given.organisation,
        at=as_text(stored.at),
        on=local_date(stored.at, country).isoformat(),
        minutes=given.minutes,
        path=path,
        state=place["state"].id if "state" in place else "",
        operator=place["operator"].id if "operator" in place else "",
        office=place["office"].id if "office" in place else "",
        demo=profile.demo if profile else False,
    )


PROJECTORS = (GivenHelp(),)
