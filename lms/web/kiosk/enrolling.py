"""Making a machine a kiosk."""

from typing import Any

from flask import request

from lms.base.clock import now
from lms.base.database import writing
from lms.people import queries as people
from lms.people.devices.actions import enrol_device
from lms.people.devices.rules import DeviceCodeWrong
from lms.web.desk import go
from lms.web.kiosk.desk import desk
from lms.web.kiosk.forms import EnrolForm
from lms.web.kiosk.pages import EnrolPage
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.standing import keep_device, this_device
from lms.web.visitor import farewell

LONGEST_CODE = 60


@desk.route("/enrol", methods=["GET", "POST"])
def enrol() -> Any:
    """The code from the counter desk, once; whoever enrolled the machine is signed out of it."""
    form = EnrolForm()
    if not form.is_submitted():
        form.code.data = request.args.get("code", "")[:LONGEST_CODE]
        return show("kiosk/enrol.html", _page(form))
    if not form.validate():
        return show("kiosk/enrol.html", _page(form), 400)
    try:
        with writing():
            device = enrol_device(typed=form.code.data, label=form.label.data, at=now())
    except DeviceCodeWrong as refusal:
        return show("kiosk/enrol.html", _page(form, refusal), 400)
    farewell()
    response = go("kiosk.start")
    keep_device(response, device)
    return response


def _page(form: EnrolForm, refusal: DeviceCodeWrong | None = None) -> EnrolPage:
    device = this_device()
    office = people.find_organisation(device.organisation) if device else None
    return EnrolPage(
        form,
        refusal.sentence if refusal else None,
        device.label if device else "",
        office.name(current_language()) if office else "",
    )
