"""Calling the roll of a sitting: forty people in five minutes, by thumb, with or without script."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.base.clock import now
from lms.people import queries as people
from lms.web.desk import acting_as, go, saves, say
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.tickets import Ticket, read_ticket
from lms.web.trainer.desk import desk
from lms.web.trainer.workshops_scope import ids_in, senders, workshop_of_mine
from lms.web.trainer.workshops_showing import roll_page
from lms.workshops import actions
from lms.workshops.queries import Overview, current_sitting, roll_of
from lms.workshops.rules import Sitting
from lms.workshops.rules.refusals import (
    DelegationMissing,
    NotOnTheList,
    TooEarlyForRoll,
    WorkshopRefusal,
)


@desk.get("/workshops/<workshop>/roll/<sitting>")
def call_roll(workshop: str, sitting: str) -> Any:
    """Everybody on the list, with a box to tick."""
    overview = workshop_of_mine(workshop)
    return show(
        "trainer/workshop_roll.html",
        roll_page(overview, current_sitting(overview.workshop, sitting)),
    )


@desk.post("/workshops/<workshop>/roll/<sitting>")
def take_roll(workshop: str, sitting: str) -> Any:
    """Writes down what was ticked or unticked since the page was opened, and who walked in."""
    overview = workshop_of_mine(workshop)
    of_day = current_sitting(overview.workshop, sitting)
    ticket = read_ticket("workshop.roll", overview.workshop.id, of_day.id)
    try:
        walked_in = _record(overview, of_day, ticket)
    except WorkshopRefusal as refusal:
        return _again(overview, of_day, refusal)
    _tell(overview, of_day, walked_in)
    sender = request.form.get("sender") if walked_in else None
    anchor = "line" if walked_in else None
    return go(
        "trainer.call_roll",
        workshop=overview.workshop.id,
        sitting=of_day.id,
        sender=sender,
        _anchor=anchor,
    )


@saves
def _record(overview: Overview, sitting: Sitting, ticket: Ticket) -> str:
    by, at = acting_as("trainer"), now()
    ticked, was = set(request.form.getlist("present")), set(request.form.get("was", "").split())
    actions.take_roll(
        workshop=overview.workshop.id,
        sitting=sitting.id,
        present={**dict.fromkeys(ticked - was, True), **dict.fromkeys(was - ticked, False)},
        by=by,
        at=at,
        ticket=ticket.id,
    )
    line, sender = request.form.get("line", "").strip()[:200], request.form.get("sender", "")
    if not line:
        return ""
    if sender not in ids_in(senders(overview.workshop.plan.invited)):
        raise DelegationMissing
    door = actions.Door(sender, language=current_language())
    return actions.add_walk_in(
        workshop=overview.workshop.id,
        sitting=sitting.id,
        line=line,
        door=door,
        by=by,
        at=at,
        ticket=ticket.id,
    )


def _again(overview: Overview, sitting: Sitting, refusal: WorkshopRefusal) -> Any:
    place = {"line": "#line", "delegation": "#sender"}.get(refusal.field, "")
    if isinstance(refusal, NotOnTheList | TooEarlyForRoll):
        place = "#roll"
    page = roll_page(
        overview,
        sitting,
        ticked=set(request.form.getlist("present")),
        was=request.form.get("was", ""),
        line=request.form.get("line", "")[:200],
        sender=request.form.get("sender", ""),
        problems=((place, say(refusal.sentence)),),
    )
    return show("trainer/workshop_roll.html", page, 400)


def _tell(overview: Overview, sitting: Sitting, walked_in: str) -> None:
    roll = roll_of(overview.workshop.id, sitting.id)
    there = sum(present for _listed, present in roll)
    words = ngettext(
        "The roll is saved: %(num)s person present of %(all)s.",
        "The roll is saved: %(num)s people present of %(all)s.",
        there,
        all=len(roll),
    )
    if walked_in:
        person = people.current_person(walked_in)
        words += " " + _(
            "%(name)s is on the list, with the number %(number)s.",
            name=person.name,
            number=person.number,
        )
    flash(words, "success")


@desk.post("/workshops/<workshop>/roll/<sitting>/all")
def mark_all_present(workshop: str, sitting: str) -> Any:
    """Everybody is present; those who are not are unticked next."""
    overview = workshop_of_mine(workshop)
    of_day = current_sitting(overview.workshop, sitting)
    ticket = read_ticket("workshop.all", overview.workshop.id, of_day.id)
    try:
        _record_all(overview.workshop.id, of_day.id, ticket)
    except TooEarlyForRoll as refusal:
        return _again(overview, of_day, refusal)
    flash(_("Everybody is marked as present. Untick who is not here, then save."), "success")
    return go("trainer.call_roll", workshop=overview.workshop.id, sitting=of_day.id)


@saves
def _record_all(workshop: str, sitting: str, ticket: Ticket) -> None:
    actions.take_roll(
        workshop=workshop,
        sitting=sitting,
        present={listed.learner: True for listed, _present in roll_of(workshop, sitting)},
        by=acting_as("trainer"),
        at=now(),
        ticket=ticket.id,
    )
