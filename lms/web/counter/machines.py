"""The kiosks of my offices: a code for a new one, the list, withdrawing."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from lms.base.clock import from_text, now
from lms.base.paper import qr_code
from lms.people import queries as people
from lms.people.audit import note
from lms.people.devices.actions import make_device_code, withdraw_device
from lms.people.devices.queries import current_device_in, devices_in
from lms.people.devices.rules import CODE_HOLDS, Device, in_groups
from lms.settings import Settings
from lms.web.counter.desk import devices, machine_paths
from lms.web.counter.forms import CodeForm
from lms.web.counter.offices import chosen_office, offices_to_choose
from lms.web.counter.pages import DeviceCodePage, DeviceLine, DevicesPage
from lms.web.desk import acting_as, at_the_desk, go, saves
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.tickets import new_ticket, read_ticket


@devices.get("/")
def enrolled() -> Any:
    """The kiosks of my subtree."""
    return show("counter/devices.html", _page(_form()))


def _form() -> CodeForm:
    form = CodeForm(office=chosen_office(machine_paths(), "").id)
    form.office.choices = offices_to_choose(machine_paths())
    return form


def _page(form: CodeForm) -> DevicesPage:
    found = devices_in(machine_paths())
    offices = people.organisations_with_ids({each.organisation for each in found})
    names = {id: office.name(current_language()) for id, office in offices.items()}
    lines = tuple(_line(each, names.get(each.organisation, "")) for each in found)
    return DevicesPage(lines, form, new_ticket("device code"))


def _line(device: Device, office: str) -> DeviceLine:
    last = datetime.fromisoformat(device.last_day).replace(tzinfo=UTC) if device.last_day else None
    return DeviceLine(
        device=device,
        office=office,
        enrolled_at=from_text(device.enrolled_at),
        withdrawn_at=from_text(device.withdrawn_at) if device.withdrawn_at else None,
        last_day=last,
        ticket=new_ticket("withdraw device", device.id),
    )


@devices.post("/")
@saves
def make_code() -> Any:
    """A code for one machine of an office. It is shown once."""
    form, ticket = _form(), read_ticket("device code")
    if not form.validate():
        return show("counter/devices.html", _page(form), 400)
    office, at = chosen_office(machine_paths(), form.office.data), now()
    code = make_device_code(organisation=office.id, by=at_the_desk().person, at=at)
    by = acting_as("manager")
    note("device.code", by=by, at=at, organisation=office.id, event_id=ticket.id)
    url = _site() + url_for("kiosk.enrol", code=code)
    page = DeviceCodePage(
        office=office.name(current_language()),
        code=in_groups(code),
        url=url,
        address=(_site() + url_for("kiosk.enrol")).partition("://")[2],
        qr=Markup(qr_code(url)),
        until=at + CODE_HOLDS,
    )
    return show("counter/device_code.html", page)


def _site() -> str:
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    return settings.public_url.rstrip("/") or request.host_url.rstrip("/")


@devices.post("/<device>/withdraw")
@saves
def withdraw(device: str) -> Any:
    """The machine is no kiosk any more: at once, wherever it stands."""
    found = current_device_in(machine_paths(), device)
    ticket = read_ticket("withdraw device", found.id)
    withdraw_device(device=found, by=acting_as("manager"), at=now(), event_id=ticket.id)
    flash(_("“%(label)s” is no kiosk any more.", label=found.label), "success")
    return go("devices.enrolled")
