"""Where I am signed in, ended one by one or all at once."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.database import writing
from lms.base.ids import derived_id
from lms.people.access.actions import end_one_session, end_other_sessions
from lms.people.access.queries import OpenSession, sessions_of
from lms.people.audit import note
from lms.record.events import Actor
from lms.web.account.desk import not_at_a_kiosk, own
from lms.web.account.device_words import device_in_words
from lms.web.account.pages import SessionLine, SessionsPage
from lms.web.desk import go
from lms.web.pages import show
from lms.web.tickets import Ticket, new_ticket, read_ticket


@own.get("/sessions")
def my_sessions() -> Any:
    """The devices on which I am signed in."""
    visitor = not_at_a_kiosk()
    found = sessions_of(visitor.person, now())
    lines = tuple(_line(each, visitor.session) for each in found)
    return show("account/sessions.html", SessionsPage(lines, new_ticket("sessions")))


def _line(each: OpenSession, mine: str) -> SessionLine:
    return SessionLine(
        id=each.id,
        device=_("A machine at a post office") if each.kiosk else device_in_words(each.device),
        address="" if each.kiosk else each.address,
        began_at=each.began_at,
        current=each.token_hash == mine,
        ticket=new_ticket("session", each.id),
    )


@own.post("/sessions/end")
def end_a_session() -> Any:
    """One device is signed out."""
    visitor, session = not_at_a_kiosk(), request.form.get("session", "")
    ticket = read_ticket("session", session)
    if end_one_session(person=visitor.person, session=session, at=now()):
        _note(visitor.person, ticket, "one")
        flash(_("That device is signed out."), "success")
    else:
        flash(_("That device was signed out already."), "info")
    return go("own.my_sessions")


@own.post("/sessions/end-others")
def end_my_other_sessions() -> Any:
    """Every device but this one is signed out."""
    visitor, ticket = not_at_a_kiosk(), read_ticket("sessions")
    end_other_sessions(person=visitor.person, keep=visitor.session)
    _note(visitor.person, ticket, "others")
    flash(_("All other devices are signed out."), "success")
    return go("own.my_sessions")


def _note(person: str, ticket: Ticket, which: str) -> None:
    event_id = derived_id("audit", ticket.id)
    with writing():
        note(
            "sessions.ended",
            by=Actor(person),
            at=now(),
            learner=person,
            detail={"which": which},
            event_id=event_id,
        )
