"""The account desk: the public part, and one's own."""

from flask import current_app

from lms.people.rules import Visitor
from lms.settings import Settings
from lms.web.desk import EVERYBODY, Desk, NotAtAKioskDesk, at_the_desk
from lms.web.standing import this_device

desk = Desk("account", "lms.web.account", admits=(EVERYBODY,))
own = Desk("own", "lms.web.account", admits=("learner",), path="/account")


def settings() -> Settings:
    """This server's settings."""
    found: Settings = current_app.settings  # type: ignore[attr-defined]
    return found


def not_at_a_kiosk() -> Visitor:
    """The visitor, on a device of their own: a PIN changes no password and no second step, and
    neither is shown on a machine that others use."""
    visitor = at_the_desk()
    if visitor.kiosk or this_device():
        raise NotAtAKioskDesk
    return visitor
