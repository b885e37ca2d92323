"""Headers that every answer carries."""

from flask import Flask, Response, g, request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

from lms.settings import Settings


def _policy() -> ContentSecurityPolicy:
    policy = ContentSecurityPolicy().default_src("'none'").base_uri("'none'")
    policy = policy.script_src("'self'").style_src("'self'").img_src("'self'")
    policy = policy.connect_src("'self'").media_src("'self'").manifest_src("'self'")
    return policy.form_action("'self'").frame_ancestors("'none'")


def install(app: Flask, settings: Settings) -> None:
    """Strict by default; personal pages are kept by no cache unless a view says otherwise."""
    headers = Secure(
        csp=_policy(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        permissions=PermissionsPolicy().geolocation().camera().microphone().payment(),
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
        hsts=StrictTransportSecurity().max_age(31_536_000) if settings.secure_cookies else None,
    )
    fixed = dict(headers.headers)

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            private = g.get("visitor") is not None or request.method == "POST"
            response.headers["Cache-Control"] = "no-store" if private else "no-cache"
        response.vary.add("Cookie")
        return response
