"""Tickets: what a form carries so that it counts once, for the person it was shown to.

The ticket is made when the form is rendered. It holds the id of the event that the form will
become, the moment it was shown, for whom, and what for. A double click, a reload or a replay
carries the same ticket, and so is the same event. It also says which helper was there when the
form was shown: so nobody can take that off a form.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app, request
from itsdangerous import BadSignature, Signer

from lms.base.clock import now
from lms.base.ids import new_id
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.web.visitor import visitor

FIELD = "ticket"
_AND = "+"


class TicketWrong(Refusal):
    says = sentence(
        "This form is not as the site made it, so it was not accepted. Go back to the page, load "
        "it again, and send it once more."
    )


class TicketOfAnother(Refusal):
    says = sentence(
        "This form was opened by another person. Nothing was recorded for you. Go to the page "
        "again from your own courses."
    )


@dataclass(frozen=True, slots=True)
class Ticket:
    """A form's ticket, read back: the event's id, when the form was shown, and the helper who was
    there then; empty without one."""

    id: str
    opened_at: datetime
    beside: str = ""

    def seconds_until(self, at: datetime, cap: int) -> int:
        """Seconds from showing to sending, not below 0 nor above `cap`."""
        return max(0, min(cap, int((at - self.opened_at).total_seconds())))


def _signer() -> Signer:
    return Signer(current_app.secret_key or "", salt="ticket", sep=".")


def new_ticket(*purpose: str) -> str:
    """A ticket for a form that is being shown; `purpose` names what the form is about."""
    milliseconds = int(now().timestamp() * 1000)
    text = "|".join((new_id(), str(milliseconds), _who_is_here(), *purpose))
    return _signer().sign(text).decode()


def read_ticket(*purpose: str) -> Ticket:
    """The ticket of the form that was sent; refuses one that is altered or somebody else's."""
    ticket, person, about = _opened()
    if about != purpose:
        raise TicketWrong
    if person != _whose():
        raise TicketOfAnother
    return ticket


def ticket_of_mine() -> Ticket | None:
    """The ticket of the form that was sent, whatever it is about; None where it holds none that
    this visitor was shown."""
    try:
        ticket, person, _about = _opened()
    except TicketWrong:
        return None
    return ticket if person == _whose() else None


def _opened() -> tuple[Ticket, str, tuple[str, ...]]:
    try:
        text = _signer().unsign(request.form.get(FIELD, "")).decode()
    except (BadSignature, UnicodeDecodeError):
        raise TicketWrong from None
    event_id, milliseconds, who, *about = text.split("|")
    person, _and, beside = who.partition(_AND)
    opened_at = datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    return Ticket(event_id, opened_at, beside), person, tuple(about)


def _whose() -> str:
    somebody = visitor()
    return somebody.person if somebody else "-"


def _who_is_here() -> str:
    somebody = visitor()
    beside = somebody.assisted_by if somebody else ""
    return f"{_whose()}{_AND}{beside}" if beside else _whose()
