"""Folds when each person, or organisation, is to be looked at again."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import delete, insert

from lms.base.clock import now
from lms.base.database import db
from lms.people.events import DATED_KINDS, OrganisationMoved
from lms.people.tables import DayChangeRow
from lms.record.events import Stored
from lms.record.queries import events_about, events_of_learners

_MANY: Final = 400


class DayChanges:
    """The other tables say what holds on the day on which they were folded. One row for whoever
    must be folded again on a day to come, because something was recorded beforehand."""

    name = "day changes"
    kinds = DATED_KINDS | {OrganisationMoved.kind}

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learner, or the organisation."""
        return self.keys_of_many([stored])

    def keys_of_many(self, seen: Sequence[Stored]) -> Iterable[str]:
        """The same for many events. What holds already changes nothing here, so that a list of
        thousands who move today costs nothing."""
        today = now().date().isoformat()
        ahead = (stored for stored in seen if _day_of(stored) > today)
        about = (s.learner if s.kind in DATED_KINDS else s.subject for s in ahead)
        return [each for each in about if each]

    def recompute(self, key: str) -> None:
        """Replaces one row."""
        self.recompute_many([key])

    def recompute_many(self, keys: Collection[str]) -> None:
        """Replaces the rows of many."""
        session, wanted, today = db.session(), list(keys), now().date().isoformat()
        for start in range(0, len(wanted), _MANY):
            some = wanted[start : start + _MANY]
            session.execute(delete(DayChangeRow).where(DayChangeRow.id.in_(some)))
            told = events_of_learners(some, DATED_KINDS)
            rows = [row for key in some for row in _row(key, told[key] or _moves(key), today)]
            if rows:
                session.execute(insert(DayChangeRow), rows)

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(DayChangeRow))


def _day_of(stored: Stored) -> str:
    return str(getattr(stored.event, "on", ""))


def _moves(organisation: str) -> list[Stored]:
    return events_about(subject=organisation, kinds={OrganisationMoved.kind})


def _row(key: str, told: Iterable[Stored], today: str) -> Iterable[dict[str, Any]]:
    days = [on for stored in told if (on := _day_of(stored)) > today]
    return [{"id": key, "on": min(days)}] if days else []
