"""At which enrolled machine a request is made, and whether a guest looks around there.

The machine carries a signed cookie with its id; the list of kiosks says whether it still is one.
"""

import time
from dataclasses import dataclass, replace
from typing import Final, cast

from flask import Flask, Response, current_app, g, request, session
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from lms.base.clock import now
from lms.base.database import writing
from lms.people.devices.actions import count_guest
from lms.people.devices.queries import find_device
from lms.people.devices.rules import Device, minutes_between
from lms.record.via import stand_at
from lms.settings import Settings
from lms.web.language import current_language

IDLE_MINUTES: Final = 10
"""After so long without a request a kiosk's session counts no more, with or without script."""
GUEST: Final = "guest"
_COOKIE: Final = "device"
_LONGEST_A_BROWSER_KEEPS: Final = 400 * 24 * 60 * 60
_STATIC_ENDPOINTS: Final = ("root.media",)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who looks around. Stands in the signed cookie alone; moments in epoch seconds."""

    id: str
    began: int
    last: int
    pages: int


def this_device() -> Device | None:
    """The kiosk at which this request is made. Looked up once a request."""
    if "device" not in g:
        g.device = _device_of_cookie()
    return cast("Device | None", g.device)


def _device_of_cookie() -> Device | None:
    sealed = request.cookies.get(_cookie_name())
    if not sealed:
        return None
    try:
        return find_device(str(_seal().loads(sealed)))
    except BadSignature:
        return None


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="device")


def _cookie_name() -> str:
    return f"__Host-{_COOKIE}" if _settings().secure_cookies else _COOKIE


def _settings() -> Settings:
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    return settings


def keep_device(response: AnyResponse, device: str) -> None:
    """Lets the browser remember which kiosk it is, for as long as it will."""
    known = g.get("device")
    if known is None or known.id != device:
        g.pop("device", None)  # looked up before the machine was this kiosk
    response.set_cookie(
        _cookie_name(),
        str(_seal().dumps(device)),
        max_age=_LONGEST_A_BROWSER_KEEPS,
        secure=_settings().secure_cookies,
        httponly=True,
        samesite="Lax",
    )


def guest() -> Guest | None:
    """Who looks around at this kiosk without a card."""
    kept = session.get(GUEST)
    return Guest(**kept) if kept and this_device() else None


def begin_guest(visit: str) -> None:
    """Somebody begins to look around; `visit` will be the id of the event."""
    moment = int(time.time())
    _keep_guest(Guest(visit, moment, moment, 0))


def _keep_guest(somebody: Guest) -> None:
    session[GUEST] = {
        "id": somebody.id,
        "began": somebody.began,
        "last": somebody.last,
        "pages": somebody.pages,
    }


def guest_read_a_page() -> None:
    """Counts one page of the guest's visit, in the cookie."""
    somebody = guest()
    if somebody:
        _keep_guest(replace(somebody, last=int(time.time()), pages=somebody.pages + 1))


def guest_leaves() -> None:
    """Counts the guest's session, if there was one; writes in a transaction of its own."""
    somebody, device = guest(), this_device()
    if somebody and device:
        with writing():
            count_guest(
                device=device,
                minutes=minutes_between(somebody.began, somebody.last),
                pages=somebody.pages,
                language=current_language(),
                event_id=somebody.id,
                at=now(),
            )
    session.pop(GUEST, None)


def install(app: Flask) -> None:
    """Every event of a request made at a kiosk says so; no page of a kiosk is kept anywhere."""

    @app.before_request
    def stand_here() -> None:
        device = this_device()
        stand_at(device.id if device else None)

    @app.after_request
    def keep_nothing(response: Response) -> Response:
        if g.get("device") and request.endpoint not in _STATIC_ENDPOINTS:
            response.headers["Cache-Control"] = "no-store"
            response.headers.pop("ETag", None)
        return response

    @app.teardown_request
    def step_away(_problem: BaseException | None) -> None:
        stand_at(None)
