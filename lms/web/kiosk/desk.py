"""The kiosk's desk: everybody may come, but only to a machine that an office has enrolled."""

from typing import Any, Final

from flask import abort, request

from lms.people.devices.rules import Device
from lms.web.desk import EVERYBODY, Desk, go
from lms.web.standing import this_device

desk = Desk("kiosk", "lms.web.kiosk", admits=(EVERYBODY,), path="/kiosk")
BEFORE_ENROLMENT: Final = "kiosk.enrol"


@desk.before_request
def only_where_enrolled() -> Any:
    """Elsewhere there is only the page that makes a machine a kiosk."""
    if this_device() is None and request.endpoint != BEFORE_ENROLMENT:
        return go(BEFORE_ENROLMENT)
    return None


def here() -> Device:
    """The kiosk at which one stands."""
    device = this_device()
    if device is None:
        abort(404)
    return device
