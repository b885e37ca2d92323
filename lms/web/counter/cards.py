"""Printing at the counter: cards, one or ten on a sheet, and a certificate for its holder."""

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.ids import derived_id
from lms.people import queries as people
from lms.people.cards.actions import issue_card
from lms.people.cards.paper import PaperCard, cards_pdf
from lms.people.rules import Person
from lms.settings import Settings
from lms.web.certificate_paper import certificate_held_by, on_paper
from lms.web.counter.desk import desk
from lms.web.counter.forms import CardForm
from lms.web.counter.person import here_for, person_of_mine
from lms.web.desk import acting_as, go, saves
from lms.web.language import current_language
from lms.web.tickets import Ticket, read_ticket

MOST = 100


@desk.post("/people/<person>/card")
def print_card(person: str) -> Any:
    """One large card on its own sheet."""
    found, form = person_of_mine(person), CardForm()
    ticket = read_ticket("card", found.id)
    named = bool(form.named.data)
    _issue([found], named, ticket)
    return _paper([found], named, ten=False)


@desk.post("/cards")
def print_cards() -> Any:
    """The cards of those who are ticked, ten on a sheet."""
    ticket = read_ticket("cards")
    wanted = list(dict.fromkeys(request.form.getlist("person")))[:MOST]
    found = [person_of_mine(person) for person in wanted]
    if not found:
        flash(_("Tick the people whose cards you want to print."), "warning")
        return go("counter.today", office=request.form.get("office") or None)
    _issue(found, False, ticket)
    return _paper(found, False, ten=True)


@desk.get("/people/<person>/certificates/<serial>.pdf")
def print_certificate(person: str, serial: str) -> Response:
    """A certificate for who learns at the kiosk, where nothing is printed."""
    found = person_of_mine(person)
    certificate = certificate_held_by(found.id, serial)
    return on_paper(certificate, name=found.name, demo=found.demo)


@saves
def _issue(found: Sequence[Person], named: bool, ticket: Ticket) -> None:
    by, at = acting_as("helper"), now()
    for person in found:
        event_id = derived_id(ticket.id, person.id)
        office = here_for(person)
        issue_card(person=person, office=office, named=named, by=by, at=at, event_id=event_id)


def _paper(found: Sequence[Person], named: bool, *, ten: bool) -> Response:
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    offices = people.organisations_with_ids({here_for(person) for person in found})
    cards = [
        PaperCard(
            number=person.number,
            name=person.given_name if named else "",
            place=offices[here_for(person)].name(person.language),
            language=person.language if person.language in ("fr", "en") else current_language(),
        )
        for person in found
    ]
    pdf = cards_pdf(
        cards, site_name=settings.site_name, language=current_language(), at=now(), ten=ten
    )
    response = Response(pdf, mimetype="application/pdf")
    words = _("cards")
    response.headers.set("Content-Disposition", "inline", filename=f"{words}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response
