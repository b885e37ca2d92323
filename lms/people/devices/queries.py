"""Reading about kiosks."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from lms.base.clock import as_text
from lms.base.database import db, work_reading
from lms.people.devices.rules import Device, DeviceUnknown
from lms.people.devices.tables import DeviceDayRow, DeviceRow, GuestVisitRow
from lms.people.queries import within
from lms.people.rules import zone_of
from lms.people.tables import OrganisationRow

_DEVICE = select(
    DeviceRow.id,
    DeviceRow.organisation,
    DeviceRow.label,
    DeviceRow.enrolled_at,
    DeviceRow.withdrawn_at,
)


def find_device(device: str) -> Device | None:
    """An enrolled machine that was not withdrawn."""
    statement = _DEVICE.where(DeviceRow.id == device, DeviceRow.withdrawn_at == "")
    row = db.session().execute(statement).one_or_none()
    return Device(*row) if row else None


def devices_in(paths: Collection[str]) -> list[Device]:
    """Every machine ever enrolled in the subtrees, those in use first, with its last day."""
    statement = _DEVICE.join(OrganisationRow, OrganisationRow.id == DeviceRow.organisation)
    statement = statement.where(within(OrganisationRow.path, paths))
    order = (DeviceRow.withdrawn_at != "", OrganisationRow.code, DeviceRow.label, DeviceRow.id)
    rows = db.session().execute(statement.order_by(*order)).all()
    with work_reading() as work:
        days = {
            row.device: row.day
            for row in work.execute(select(DeviceDayRow.device, DeviceDayRow.day))
        }
    return [Device(*row, last_day=days.get(row.id, "")) for row in rows]


def current_device_in(paths: Collection[str], device: str) -> Device:
    """A machine of the subtrees, or a refusal."""
    found = next((each for each in devices_in(paths) if each.id == device), None)
    if found is None:
        raise DeviceUnknown
    return found


def guests_on(organisation: str, day: date, country: str) -> tuple[int, int]:
    """(visits, minutes) without a card at an office on a day of its calendar."""
    begins = datetime.combine(day, time(), zone_of(country))
    statement = select(func.count(), func.coalesce(func.sum(GuestVisitRow.minutes), 0)).where(
        GuestVisitRow.organisation == organisation,
        GuestVisitRow.at >= as_text(begins),
        GuestVisitRow.at < as_text(begins + timedelta(days=1)),
    )
    visits, minutes = db.session().execute(statement).one()
    return visits, minutes
