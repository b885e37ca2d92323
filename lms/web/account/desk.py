"""The account desk: the public part, and one's own."""

from flask import abort, current_app

from lms.people.rules import Visitor
from lms.settings import Settings
from lms.web.desk import EVERYBODY, Desk, at_the_desk

desk = Desk("account", "lms.web.account", admits=(EVERYBODY,))
own = Desk("own", "lms.web.account", admits=("learner",), path="/account")


def settings() -> Settings:
    """This server's settings."""
    found: Settings = current_app.settings  # type: ignore[attr-defined]
    return found


def not_at_a_kiosk() -> Visitor:
    """The visitor, on a device of their own: a PIN changes no password and no second step."""
    visitor = at_the_desk()
    if visitor.kiosk:
        abort(403)
    return visitor
