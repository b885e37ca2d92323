"""Who is expected at a workshop."""

from typing import Any, Final

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.base.clock import now
from lms.base.ids import derived_id
from lms.people import queries as people
from lms.web.desk import acting_as, go, saves, say
from lms.web.language import current_language
from lms.web.pages import Page, show
from lms.web.tickets import Ticket, read_ticket
from lms.web.trainer.desk import desk
from lms.web.trainer.workshops_pages import Told
from lms.web.trainer.workshops_scope import ids_in, my_paths, senders, workshop_of_mine
from lms.web.trainer.workshops_showing import people_page
from lms.workshops import actions
from lms.workshops.queries import Overview
from lms.workshops.rules import PARTICIPANT, line_from
from lms.workshops.rules.refusals import (
    DelegationMissing,
    NobodyChosen,
    RoleUnknown,
    WorkshopRefusal,
)

MOST_LINES: Final = 200


@desk.get("/workshops/<workshop>/people")
def workshop_people(workshop: str) -> Any:
    """The people expected, and how to add others."""
    return show("trainer/workshop_people.html", people_page(workshop_of_mine(workshop)))


@desk.post("/workshops/<workshop>/people")
def expect_people(workshop: str) -> Any:
    """Adds those ticked after a search, each sent by their own office, and those typed."""
    overview = workshop_of_mine(workshop)
    ticket = read_ticket("workshop.people", overview.workshop.id)
    text = request.form.get("lines", "")[:20_000]
    lines = [line for line in text.splitlines() if line.strip()][:MOST_LINES]
    ticked = [id for id in request.form.getlist("people") if people.find_person_in(my_paths(), id)]
    problems = _problems(overview, lines, ticked)
    if problems:
        return _again(overview, text, problems)
    try:
        added = _record(overview.workshop.id, ticked, lines, ticket)
    except WorkshopRefusal as refusal:
        return _again(overview, text, _told(refusal))
    flash(
        ngettext("%(num)s person is on the list.", "%(num)s people are on the list.", added),
        "success",
    )
    return go("trainer.workshop_people", workshop=overview.workshop.id)


def _problems(overview: Overview, lines: list[str], ticked: list[str]) -> Told:
    if not lines and not ticked:
        place = "#search" if "people" in request.form or not request.form.get("lines") else "#lines"
        return ((place, say(NobodyChosen().sentence)),)
    found: list[tuple[str, str]] = []
    for number, line in enumerate(lines, start=1):
        try:
            line_from(line)
        except WorkshopRefusal as refusal:
            words = _("Line %(number)s: %(problem)s", number=number, problem=say(refusal.sentence))
            found.append(("#lines", words))
    if lines and _sender() not in ids_in(senders(overview.workshop.plan.invited)):
        found.append(("#sender", say(DelegationMissing().sentence)))
    return tuple(found)


def _sender() -> str:
    return request.form.get("sender", "")


def _role() -> str:
    return request.form.get("role", PARTICIPANT)


def _told(refusal: WorkshopRefusal) -> Told:
    places = {RoleUnknown: "#role", DelegationMissing: "#sender"}
    return ((places.get(type(refusal), "#lines"), say(refusal.sentence)),)


def _again(overview: Overview, text: str, problems: Told) -> Page:
    page = people_page(overview, lines=text, sender=_sender(), role=_role(), problems=problems)
    return show("trainer/workshop_people.html", page, 400)


@saves
def _record(workshop: str, ticked: list[str], lines: list[str], ticket: Ticket) -> int:
    by, at = acting_as("trainer"), now()
    persons = people.people_with_ids(ticked)
    offices = {id: person.office for id, person in persons.items()}
    actions.expect_people(
        workshop=workshop, people_of=offices, role=_role(), by=by, at=at, ticket=ticket.id
    )
    found: list[str] = []
    if lines:
        door = actions.Door(_sender(), role=_role(), language=current_language())
        found = actions.expect_typed(
            workshop=workshop, lines=lines, door=door, by=by, at=at, ticket=ticket.id
        )
    return len({*offices, *found})


@desk.post("/workshops/<workshop>/people/remove")
@saves
def remove_people(workshop: str) -> Any:
    """Takes those ticked off the list; who came stays."""
    known = workshop_of_mine(workshop).workshop
    ticket = read_ticket("workshop.people", known.id)
    for learner in dict.fromkeys(request.form.getlist("listed")):
        actions.remove_person(
            workshop=known.id,
            learner=learner,
            by=acting_as("trainer"),
            at=now(),
            event_id=derived_id(ticket.id, learner, "removed"),
        )
    flash(_("The list is changed."), "success")
    return go("trainer.workshop_people", workshop=known.id)
