"""Who is at the desk. Flask-Login's user id is the opaque token of a session kept on the server,
so that the server can end it."""

import time
from typing import cast

from flask import Flask, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from lms.base.clock import now
from lms.base.database import writing
from lms.people.actions import end_session
from lms.people.assistance.actions import end_assistance
from lms.people.queries import find_visitor
from lms.people.rules import Visitor
from lms.settings import Settings
from lms.web.standing import IDLE_MINUTES, this_device

SEEN = "seen"
_A_MINUTE = 60


class SignedIn:
    """Flask-Login's view of a visitor."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, visitor: Visitor) -> None:
        self.token = token
        self.visitor = visitor

    def get_id(self) -> str:
        """The session's token."""
        return self.token


def visitor() -> Visitor | None:
    """Who is signed in, or None. Looked up once a request."""
    if "visitor" not in g:
        user = current_user._get_current_object()
        g.visitor = user.visitor if isinstance(user, SignedIn) else None
    return cast("Visitor | None", g.visitor)


def welcome(token: str) -> None:
    """Begins the browser's session anew with this token."""
    session.clear()
    g.pop("csrf_token", None)  # made for the session that has just ended
    session[SEEN] = int(time.time())
    found = find_visitor(token, now())
    assert found is not None
    login_user(SignedIn(token, found))
    g.visitor = found


def farewell() -> None:
    """Ends the session on the server, then in the browser."""
    somebody = visitor()
    if somebody:
        if somebody.assisted_by:
            with writing():
                end_assistance(session=somebody.session, at=now())
        end_session(session=somebody.session)
    logout_user()
    session.clear()
    g.visitor = None


def install(app: Flask, settings: Settings) -> None:
    """Looks up the visitor behind a request; an idle session counts no more.

    When a visitor was last seen stands in the signed cookie: a page that is read writes nothing
    to the database.
    """
    manager = LoginManager(app)
    manager.session_protection = None
    idle = settings.session_idle_minutes * 60

    def load(token: str) -> SignedIn | None:
        seen = session.get(SEEN, 0)
        longest = min(idle, IDLE_MINUTES * 60) if this_device() else idle
        if time.time() - seen > longest:
            return None
        found = find_visitor(token, now())
        return SignedIn(token, found) if found and _stands_where_they_entered(found) else None

    manager.user_loader(load)

    @app.after_request
    def keep_seen(response):  # type: ignore[no-untyped-def]
        if g.get("visitor") and time.time() - session.get(SEEN, 0) > _A_MINUTE:
            session[SEEN] = int(time.time())
        return response


def _stands_where_they_entered(somebody: Visitor) -> bool:
    """A card and a PIN open a session at one kiosk, and nowhere else once it is none any more."""
    device = this_device()
    return not somebody.kiosk or (device is not None and device.id == somebody.device)


def address() -> str:
    """The network address of the visitor's device."""
    return request.remote_addr or "unknown"
