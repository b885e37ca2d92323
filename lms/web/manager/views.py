"""The manager's desk: whom I look after, what they have done, and where they belong."""

from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.ids import derived_id
from lms.people import queries as people_queries
from lms.people.actions import (
    end_sessions_of,
    hash_password,
    set_password_hash,
)
from lms.people.actions import move_person as record_move
from lms.people.actions.moving import MovedByOthers, ThereAnyway
from lms.people.audit import note
from lms.web.desk import acting_as, go, saves, say
from lms.web.exports import as_sheet, note_export
from lms.web.language import dateformat
from lms.web.manager import (
    asking,
    corrections,
    duplicates,
    erasing,
    headcounts,
    looking,
    moving,
    paths,
    rosters,
    standing,
)
from lms.web.manager.desk import desk
from lms.web.manager.forms import MoveForm, ResetForm
from lms.web.manager.listing import LONGEST_SEARCH, people_page, people_rows
from lms.web.manager.offices import may_reset
from lms.web.manager.pages import PasswordPage
from lms.web.manager.person import is_mine, move_form, my_place, person_of_mine, person_page
from lms.web.manager.registering import (
    already_registered,
    person_form,
    person_of,
    register,
    register_page,
    twins_of,
)
from lms.web.pages import show
from lms.web.paging import page_asked
from lms.web.tickets import Ticket, read_ticket

__all__ = [
    "asking",
    "corrections",
    "desk",
    "duplicates",
    "erasing",
    "headcounts",
    "looking",
    "moving",
    "paths",
    "rosters",
    "standing",
]


@desk.get("/people")
def people() -> Any:
    """The people of my offices, searched by name, number or address."""
    page = people_page(request.args.get("search", ""), page_asked())
    return show("manager/people.html", page)


@desk.post("/people.csv")
def download_people() -> Any:
    """The same list as a sheet."""
    search = request.form.get("search", "").strip()[:LONGEST_SEARCH]
    note_export("export.people", organisation=my_place(), searched=bool(search))
    return as_sheet(people_rows(search), _("people"))


@desk.route("/people/new", methods=["GET", "POST"])
def register_person() -> Any:
    """A new person of one of my offices."""
    form = person_form()
    if not form.is_submitted():
        return show("manager/register.html", register_page(form))
    if not form.validate():
        return show("manager/register.html", register_page(form), 400)
    ticket = read_ticket("register")
    known = people_queries.find_person(person_of(ticket))
    if known:
        return already_registered(known, form) or go("manager.open_person", person=known.id)
    twins = twins_of(form)
    if twins:
        return show("manager/register.html", register_page(form, twins), 400)
    return register(form, ticket, hash_password(form.password.data))


@desk.get("/people/<person>")
def open_person(person: str) -> Any:
    """One person: where they belong, what they have learned."""
    return show("manager/person.html", person_page(person_of_mine(person)))


@desk.post("/people/<person>/move")
@saves
def move_person(person: str) -> Any:
    """To another office, or employed otherwise, from a day on."""
    found = person_of_mine(person)
    form = move_form(found)
    ticket = read_ticket("move", found.id)
    if not is_mine(found.office):
        raise MovedByOthers
    if not form.validate():
        return show("manager/person.html", person_page(found, move=form), 400)
    try:
        _move(form, found.id, ticket)
    except ThereAnyway as refused:
        form.office.errors = [say(refused.sentence)]
        return show("manager/person.html", person_page(found, move=form), 400)
    day = dateformat(form.on.data, "long")
    flash(_("The move of %(name)s is recorded, from %(day)s.", name=found.name, day=day), "success")
    return go("manager.open_person", person=found.id)


def _move(form: MoveForm, person: str, ticket: Ticket) -> None:
    record_move(
        person=person,
        office=form.office.data,
        employment=form.employment.data,
        on=form.on.data.isoformat(),
        by=acting_as("manager"),
        at=now(),
        event_id=ticket.id,
    )


@desk.post("/people/<person>/password")
def reset_password(person: str) -> Any:
    """A new password for somebody who cannot sign in; it ends their sessions."""
    found, form = person_of_mine(person), ResetForm()
    ticket = read_ticket("reset", found.id)
    if not may_reset(found.id):
        abort(403)
    if not form.validate():
        return show("manager/person.html", person_page(found, reset=form), 400)
    _keep(found.id, hash_password(form.new_password.data), ticket)
    end_sessions_of(person=found.id)
    return show("manager/password.html", PasswordPage(found, form.new_password.data, False))


@saves
def _keep(person: str, password_hash: str, ticket: Ticket) -> None:
    set_password_hash(person=person, password_hash=password_hash, at=now())
    by, event_id = acting_as("manager"), derived_id("audit", ticket.id)
    note("password.reset", by=by, at=now(), learner=person, event_id=event_id)
