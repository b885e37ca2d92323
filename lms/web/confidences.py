"""Sensitive facts on the pages of others: hidden, and shown for some minutes to who asked.

Asking is a form: it writes the note, then leaves a permission in the visitor's signed cookie, which
ends with the session, when somebody else signs in, and by itself. A page that is read writes
nothing.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import session

from lms.base.clock import as_text, now
from lms.base.ids import derived_id
from lms.people.sensitive.actions import note_viewed
from lms.people.sensitive.queries import contact_of
from lms.people.sensitive.rules import ABOUT_A_PERSON, SHOWN_FOR, hidden
from lms.web.desk import acting_as, at_the_desk
from lms.web.tickets import Ticket, new_ticket, read_ticket

_KEPT: Final = "shown"
_VIEW: Final = "view"
_AT_MOST: Final = 8
_TO_THE_MINUTE: Final = 16


@dataclass(frozen=True, slots=True)
class Fact:
    """One sensitive fact: as it is kept where it is `shown`, else what may be seen of it."""

    text: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Confided:
    """The sensitive facts about one person. `until`: they are shown until then; None: they are
    hidden. `ticket` shows them; empty where there is nothing to show."""

    phone: Fact
    email: Fact
    birth_year: Fact
    until: datetime | None
    ticket: str


def confided(person: str, *, subject: str = "") -> Confided:
    """What the visitor sees of a person's sensitive facts; `subject` is what they asked to see, by
    itself this person."""
    contact, until = contact_of(person), shown_until(subject or person)
    phone, email, birth_year = (
        fact_of(field, getattr(contact, field), shown=until is not None) for field in ABOUT_A_PERSON
    )
    ticket = viewing_ticket(person) if contact.fields and until is None else ""
    return Confided(phone, email, birth_year, until, ticket)


def fact_of(field: str, value: str, *, shown: bool) -> Fact:
    """One fact, as it is or hidden."""
    return Fact(value if shown else hidden(field, value), shown or not value)


def viewing_ticket(subject: str) -> str:
    """The ticket of the form that asks to see what is sensitive about a subject."""
    return new_ticket(_VIEW, subject)


def read_viewing_ticket(subject: str) -> Ticket:
    """The ticket of such a form that was sent."""
    return read_ticket(_VIEW, subject)


def note_look(ticket: Ticket, subject: str, looks: Mapping[str, Collection[str]]) -> None:
    """Notes that the visitor sees fields of persons (person → fields), in the present write
    transaction, and lets them be shown. A double click is one look; asking again later, even
    by the same form, is another."""
    at = now()
    for person, fields in looks.items():
        if fields:
            note_viewed(
                person=person,
                fields=fields,
                by=acting_as("manager"),
                at=at,
                event_id=derived_id("viewed", ticket.id, person, as_text(at)[:_TO_THE_MINUTE]),
            )
    _show(subject)


def _show(subject: str) -> None:
    until = int(time.time()) + int(SHOWN_FOR.total_seconds())
    shown = sorted({**_still_shown(), subject: until}.items(), key=lambda each: each[1])
    session[_KEPT] = {"to": at_the_desk().person, "until": dict(shown[-_AT_MOST:])}


def shown_until(subject: str) -> datetime | None:
    """Until when the visitor is shown what is sensitive about a subject; None: it is hidden."""
    until = _still_shown().get(subject)
    return datetime.fromtimestamp(until, UTC) if until else None


def _still_shown() -> dict[str, int]:
    kept = session.get(_KEPT)
    if not kept or kept["to"] != at_the_desk().person:
        return {}
    return {subject: until for subject, until in kept["until"].items() if until > time.time()}
