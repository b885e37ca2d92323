"""Folds events into the list of kiosks."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.people.devices.events import (
    DEVICE_KINDS,
    DeviceEnrolled,
    DeviceWithdrawn,
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
    """One row a visit."""

    name = "guest visits"
    kinds = frozenset({GuestVisited.kind})

    def keys(self, stored: Stored) -> Iterable[str]:
        """The event itself."""
        return [stored.id]

    def recompute(self, key: str) -> None:
        """Replaces the row; none for a visit that does not count."""
        session = db.session()
        session.execute(delete(GuestVisitRow).where(GuestVisitRow.id == key))
        stored = stored_with_ids([key]).get(key)
        voided = events_about(subject=key, kinds={EventVoided.kind})
        if stored is None or voided or not isinstance(stored.event, GuestVisited):
            return
        visit = stored.event
        row = GuestVisitRow(
            id=key,
            organisation=visit.organisation,
            device=visit.device,
            at=as_text(stored.at),
            minutes=visit.minutes,
            pages=visit.pages,
            language=visit.language,
        )
        session.add(row)

    def clear(self) -> None:
        """Empties the visits."""
        db.session().execute(delete(GuestVisitRow))


PROJECTORS = (Devices(), GuestVisits())
