"""Enrolling and withdrawing kiosks, and counting who looks around."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, insert, select

from lms.base.clock import as_text
from lms.base.database import work_reading, work_writing
from lms.base.ids import clean_code, derived_id, random_code
from lms.people.audit import note
from lms.people.devices.events import DeviceEnrolled, DeviceWithdrawn, GuestCame, GuestVisited
from lms.people.devices.rules import CODE_HOLDS, CODE_LENGTH, Device, DeviceCodeWrong
from lms.people.devices.tables import DeviceCodeRow, DeviceDayRow
from lms.record.actions import record
from lms.record.events import SYSTEM, Actor, Happened
from lms.record.queries import stored_with_ids


def make_device_code(*, organisation: str, by: str, at: datetime) -> str:
    """A code of 24 characters that makes one machine a kiosk of the office, within 7 days."""
    code = random_code(CODE_LENGTH)
    row = {
        "code_hash": _hash(code),
        "organisation": organisation,
        "made_by": by,
        "ends_at": as_text(at + CODE_HOLDS),
    }
    with work_writing() as work:
        work.execute(delete(DeviceCodeRow).where(DeviceCodeRow.ends_at < as_text(at)))
        work.execute(insert(DeviceCodeRow).values(row))
    return code


def enrol_device(*, typed: str, label: str, at: datetime) -> str:
    """The machine at which the code was typed becomes a kiosk; its id. Refuses a code that is
    unknown, too old or used: of two machines that send it at once, one is enrolled.
    """
    hashed = _hash(clean_code(typed) or "")
    code = _find_code(hashed, at)
    if code is None:
        raise DeviceCodeWrong
    device = derived_id("device", hashed)
    event = DeviceEnrolled(organisation=code.organisation, device=device, label=label)
    enrolled = Happened(event, derived_id(device, event.kind), Actor(code.made_by, "officer"), at)
    if not record([enrolled]):
        raise DeviceCodeWrong
    note(
        "device.enrolled",
        by=enrolled.by,
        at=at,
        organisation=code.organisation,
        detail={"device": device, "label": label},
        event_id=derived_id(device, "noted"),
    )
    with work_writing() as work:
        work.execute(delete(DeviceCodeRow).where(DeviceCodeRow.code_hash == hashed))
    return device


def _hash(code: str) -> str:
    return hashlib.sha256(f"device:{code}".encode()).hexdigest()


def _find_code(hashed: str, at: datetime) -> DeviceCodeRow | None:
    statement = select(DeviceCodeRow.__table__).where(
        DeviceCodeRow.code_hash == hashed, DeviceCodeRow.ends_at > as_text(at)
    )
    with work_reading() as work:
        row = work.execute(statement).one_or_none()
    return DeviceCodeRow(**row._mapping) if row else None


def withdraw_device(*, device: Device, by: Actor, at: datetime, event_id: str) -> None:
    """The machine is no kiosk any more, from now on."""
    gone = DeviceWithdrawn(organisation=device.organisation, device=device.id)
    record([Happened(gone, event_id, by, at)])
    note(
        "device.withdrawn",
        by=by,
        at=at,
        organisation=device.organisation,
        detail={"device": device.id, "label": device.label},
        event_id=derived_id(event_id, "noted"),
    )


def note_device_use(*, device: str, at: datetime) -> None:
    """Keeps the day on which the kiosk was last used."""
    day = as_text(at)[:10]
    with work_writing() as work:
        work.execute(delete(DeviceDayRow).where(DeviceDayRow.device == device))
        work.execute(insert(DeviceDayRow).values(device=device, day=day))


def count_guest(*, device: Device, language: str, event_id: str, at: datetime) -> None:
    """Somebody begins to look around at the kiosk. The same `event_id` counts once."""
    came = GuestCame(organisation=device.organisation, device=device.id, language=language)
    record([Happened(came, event_id, SYSTEM, at)])


def note_length_of_visit(
    *, device: Device, visit: str, minutes: int, pages: int, language: str, at: datetime
) -> None:
    """The guest of this visit has gone. Said twice, it is the first that holds."""
    event_id = derived_id(visit, GuestVisited.kind)
    if event_id in stored_with_ids([event_id]):
        return
    visited = GuestVisited(
        organisation=device.organisation,
        device=device.id,
        minutes=minutes,
        pages=pages,
        language=language,
        visit=visit,
    )
    record([Happened(visited, event_id, SYSTEM, at)])
