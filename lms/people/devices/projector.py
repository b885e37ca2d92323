"""Folds events into the list of kiosks."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.people.devices.events import DEVICE_KINDS, DeviceEnrolled, DeviceWithdrawn
from lms.people.devices.tables import DeviceRow
from lms.record.events import Stored
from lms.record.queries import events_about


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


PROJECTORS = (Devices(),)
