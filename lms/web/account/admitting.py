"""From who somebody is to a session: with the second step between, where there is one."""

import time
from typing import Any, Final

from flask import g, redirect, request, session, url_for

from lms.base.clock import now
from lms.people.access.queries import has_second_step
from lms.people.access.rules import SecondStepTooLate
from lms.people.actions import begin_session
from lms.people.assistance.rules import position_at
from lms.people.cards.rules import KIOSK_HOURS
from lms.people.queries import find_organisation
from lms.web.account.desk import settings
from lms.web.account.forms import CodeForm
from lms.web.account.pages import CodePage
from lms.web.again import take_up
from lms.web.guests import guest_leaves
from lms.web.leaving import tell_of_erasure
from lms.web.pages import Page, show
from lms.web.standing import this_device
from lms.web.visitor import address, visitor, welcome

_HALF: Final = "half"
_MAY_TAKE: Final = 600


def inside(following: str | None) -> str:
    """An address of this site, or nothing: never a way to another host."""
    given = following or ""
    safe = given.startswith("/") and not given.startswith(("//", "/\\"))
    return given if safe and not any(ord(character) < 33 for character in given) else ""


def admit(person: str, following: str = "", later: str = "") -> Any:
    """Lets in who gave the right password, or asks for the second step first."""
    if not has_second_step(person):
        return let_in(person, following, later)
    session.clear()
    g.pop("csrf_token", None)  # made for the session that has just ended
    session[_HALF] = [person, int(time.time())]
    return show("account/code.html", CodePage(CodeForm(formdata=None), None, following, later))


def half_way() -> str:
    """Who has given the password and not yet the code; refuses with `SecondStepTooLate`."""
    person, at = session.get(_HALF) or ("", 0)
    if not person or time.time() - at > _MAY_TAKE:
        session.pop(_HALF, None)
        raise SecondStepTooLate
    return str(person)


def let_in(person: str, following: str = "", later: str = "") -> Any:
    """A new session, then the page that was wanted. At a kiosk it lasts no longer than others do
    there, and a guest who looked around before is counted first."""
    guest_leaves()
    hours = settings().session_hours
    token = begin_session(
        person=person,
        device=request.user_agent.string,
        hours=min(hours, KIOSK_HOURS) if this_device() else hours,
        at=now(),
        address=address(),
    )
    welcome(token)
    tell_of_erasure(person)
    kept: Page | None = take_up(later) if later else None
    return kept or redirect(inside(following) or _home(), 303)


def _home() -> str:
    """Who helps at the office of this kiosk comes to its counter, all others to their courses."""
    device, somebody = this_device(), visitor()
    office = find_organisation(device.organisation) if device else None
    if office and somebody and position_at(somebody.positions, office.path):
        return url_for("counter.today")
    return url_for("learner.my_learning")
