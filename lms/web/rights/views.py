"""Positions and ways in: what may be done is decided by the positions of the visitor."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, current_app, flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.database import writing
from lms.base.ids import derived_id
from lms.base.refusals import Refusal
from lms.people.access.actions import make_mail_code, make_sheet_code, remove_second_step
from lms.people.access.paper import Sheet, sheet_pdf
from lms.people.access.rules import VALID_FOR, NoMailAddress, NoMailHere
from lms.people.actions import end_sessions_of
from lms.people.queries import find_organisation
from lms.people.rights.actions import Right, give, withdraw
from lms.people.rights.queries import places_to_give
from lms.people.rights.rules import StandsAbove
from lms.people.rules import LOOK_AFTER, Person, PersonUnknown
from lms.people.sensitive.rules import hidden
from lms.settings import Settings
from lms.web.desk import Desk, acting_as, at_the_desk, go
from lms.web.exports import as_download
from lms.web.language import current_language, dateformat
from lms.web.pages import Page, show
from lms.web.paging import page_asked
from lms.web.rights.forms import place_of
from lms.web.rights.pages import RightsPage
from lms.web.rights.showing import (
    form_for,
    may_touch,
    people_page,
    rights_page,
    somebody_of_mine,
)
from lms.web.rights.words import position_name
from lms.web.tickets import Ticket, read_ticket

desk = Desk("rights", __name__, admits=(*LOOK_AFTER, "secretariat"), path="/rights")


@desk.get("/")
def people() -> Any:
    """Find the person whose positions or access are meant."""
    search, number = request.args.get("search", ""), page_asked()
    return show("rights/people.html", people_page(search, number))


@desk.get("/<person>")
def positions(person: str) -> Any:
    """What the person may do, where, since when; and the form for one position more."""
    found = somebody_of_mine(person)
    return _page(rights_page(found, position=request.args.get("position", "")))


@desk.post("/<person>")
def give_position(person: str) -> Any:
    """One position more."""
    found, position = somebody_of_mine(person), request.form.get("position", "")
    ticket = read_ticket("give", found.id, position)
    form = form_for(position)
    if form is None or not form.validate():
        return _page(rights_page(found, position=position, form=form), 400)
    places = places_to_give(at_the_desk().positions, position)  # type: ignore[arg-type]
    right = Right(found.id, position, place_of(form, places) or "", form.on.data)
    refusal = _write(give, right, ticket)
    if refusal:
        said = refusal.sentence
        return _page(rights_page(found, position=position, form=form, refused=said), 400)
    words = _(
        "%(name)s now holds the position “%(position)s”, from %(day)s.",
        name=found.name,
        position=position_name(position),
        day=dateformat(form.on.data, "long"),
    )
    flash(words, "success")
    return go("rights.positions", person=found.id)


@desk.post("/<person>/withdraw")
def withdraw_position(person: str) -> Any:
    """A position taken back, from today."""
    found = somebody_of_mine(person)
    position, place = request.form.get("position", ""), request.form.get("place", "")
    ticket = read_ticket("withdraw", found.id, position, place)
    refusal = _write(withdraw, Right(found.id, position, place, now().date()), ticket)
    if refusal:
        return _page(rights_page(found, refused=refusal.sentence), 400)
    words = _(
        "%(name)s no longer holds the position “%(position)s”.",
        name=found.name,
        position=position_name(position),
    )
    flash(words, "success")
    return go("rights.positions", person=found.id)


def _write(act: Callable[..., None], right: Right, ticket: Ticket) -> Refusal | None:
    actor = acting_as("manager")
    try:
        with writing():
            act(right, giver=at_the_desk().person, by=actor, at=now(), event_id=ticket.id)
    except PersonUnknown:
        raise
    except Refusal as refusal:
        return refusal
    return None


def _page(page: RightsPage, status: int = 200) -> Page:
    return show("rights/positions.html", page, status)


@desk.post("/<person>/sheet")
def print_sheet(person: str) -> Response:
    """A sheet with a one-time code, as PDF. Earlier codes stop working."""
    found = _touched(person)
    ticket, at = read_ticket("sheet", found.id), now()
    with writing():
        code = make_sheet_code(person=found.id, by=acting_as("manager"), at=at, event_id=ticket.id)
    office = find_organisation(found.office)
    sheet = Sheet(
        name=found.name,
        office=office.name(found.language) if office else "",
        site=f"{_site()}/{found.language}/start",
        logins=tuple(each for each in (found.staff_number, found.email) if each) or (found.number,),
        code=code,
        valid_until=at + VALID_FOR - timedelta(days=1),
        made_at=at,
        demo=found.demo,
    )
    word = _("sheet")
    name = f"{word}-{found.number}.pdf"
    return as_download(sheet_pdf(sheet, found.language), "application/pdf", name)


@desk.post("/<person>/invitation")
def invite(person: str) -> Any:
    """A message with a link to choose a password."""
    found = _touched(person)
    ticket = read_ticket("invitation", found.id)
    if not _settings().mail_server:
        raise NoMailHere
    if not found.email:
        raise NoMailAddress
    with writing():
        make_mail_code(
            person=found.id,
            purpose="invitation",
            language=found.language if found.language in ("fr", "en") else current_language(),
            by=acting_as("manager"),
            at=now(),
            event_id=ticket.id,
        )
    address = hidden("email", found.email)
    flash(_("The message to %(address)s is on its way.", address=address), "success")
    return go("rights.positions", person=found.id)


@desk.post("/<person>/second-step")
def reset_second_step(person: str) -> Any:
    """For somebody who has lost telephone and recovery codes; it ends their sessions."""
    found = _touched(person)
    ticket = read_ticket("second-step", found.id)
    with writing():
        remove_second_step(
            person=found.id,
            by=acting_as("manager"),
            at=now(),
            event_id=derived_id("audit", ticket.id),
        )
    end_sessions_of(person=found.id)
    words = _("%(name)s signs in with the password alone, until a new second step is set up.")
    flash(words % {"name": found.name}, "success")
    return go("rights.positions", person=found.id)


def _touched(person: str) -> Person:
    found = somebody_of_mine(person)
    if not may_touch(found):
        raise StandsAbove
    return found


def _settings() -> Settings:
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    return settings


def _site() -> str:
    return (_settings().public_url or request.host_url).rstrip("/")
