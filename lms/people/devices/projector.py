"""Folds events into the list of kiosks."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.devices.events import (
    DEVICE_KINDS,
    DeviceEnrolled,
    DeviceWithdrawn,
    GuestCame,
    GuestVisited,
)
from lms.people.devices.tables import DeviceRow, GuestVisitRow
from lms.record.events import EventVoided, Stored
from lms.record.queries import events_about, stored_with_ids


class Devices:
    """One row a machine. Withdrawn once is withdrawn for ever: enrolling again makes another."""

    name = "devices"
    kinds = DEVICE_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The office: the record is searched by it."""
        return [stored.subject] if stored.subject else []

    def recompute(self, key: str) -> None:
        """Replaces the machines of one office."""
        session = db.session()
        session.execute(delete(DeviceRow).where(DeviceRow.organisation == key))
        enrolled: dict[str, tuple[str, str]] = {}
        withdrawn: dict[str, str] = {}
        history = sorted(events_about(subject=key, kinds=self.kinds), key=lambda s: (s.at, s.id))
        for stored in history:
            if isinstance(stored.event, DeviceEnrolled):
                known = (stored.event.label, as_text(stored.at))
                enrolled.setdefault(stored.event.device, known)
            elif isinstance(stored.event, DeviceWithdrawn):
                withdrawn.setdefault(stored.event.device, as_text(stored.at))
        for device, (label, at) in enrolled.items():
            gone = withdrawn.get(device, "")
            row = DeviceRow(
                id=device, organisation=key, label=label, enrolled_at=at, withdrawn_at=gone
            )
            session.add(row)

    def clear(self) -> None:
        """Empties the list."""
        db.session().execute(delete(DeviceRow))


class GuestVisits:
    """One row a visit: counted from its beginning, its length once it is known."""

    name = "guest visits"
    kinds = frozenset({GuestCame.kind, GuestVisited.kind})

    def keys(self, stored: Stored) -> Iterable[str]:
        """The visit's id."""
        event = stored.event
        return [(event.visit if isinstance(event, GuestVisited) else "") or stored.id]

    def recompute(self, key: str) -> None:
        """Replaces the row; none for a visit that does not count."""
        session = db.session()
        session.execute(delete(GuestVisitRow).where(GuestVisitRow.id == key))
        counted, length = (_valid(each) for each in (key, derived_id(key, GuestVisited.kind)))
        if counted is None or not isinstance(counted.event, GuestCame | GuestVisited):
            return
        visit = counted.event
        known = next((e.event for e in (length, counted) if e and _tells_length(e)), None)
        row = GuestVisitRow(
            id=key,
            organisation=visit.organisation,
            device=visit.device,
            at=as_text(counted.at),
            minutes=known.minutes if isinstance(known, GuestVisited) else 0,
            pages=known.pages if isinstance(known, GuestVisited) else 0,
            language=visit.language,
        )
        session.add(row)

    def clear(self) -> None:
        """Empties the visits."""
        db.session().execute(delete(GuestVisitRow))


def _valid(event_id: str) -> Stored | None:
    voided = events_about(subject=event_id, kinds={EventVoided.kind})
    return None if voided else stored_with_ids([event_id]).get(event_id)


def _tells_length(stored: Stored) -> bool:
    return isinstance(stored.event, GuestVisited)


PROJECTORS = (Devices(), GuestVisits())
