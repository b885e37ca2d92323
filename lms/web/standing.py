"""At which enrolled machine a request is made.

The machine carries a signed cookie with its id; the list of kiosks says whether it still is one.
"""

from typing import Final, cast

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from lms.people.devices.queries import find_device
from lms.people.devices.rules import Device
from lms.record.via import stand_at
from lms.settings import Settings

IDLE_MINUTES: Final = 10
"""After so long without a request a kiosk's session counts no more, with or without script."""
_COOKIE: Final = "device"
_LONGEST_A_BROWSER_KEEPS: Final = 400 * 24 * 60 * 60
_STATIC_ENDPOINTS: Final = ("root.media",)


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
