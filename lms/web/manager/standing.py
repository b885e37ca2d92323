"""Accounts closed and opened again, and the further offices of a person."""

from datetime import date
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.language import Sentence
from lms.people import queries as people
from lms.people.actions.assignments import (
    BelongsThereAlready,
    DoesNotBelongThere,
    EndsBeforeItBegins,
    begin_assignment,
    end_assignment,
)
from lms.people.actions.leaving import close_account, reopen_account
from lms.people.erasures.queries import erasure_of
from lms.people.queries.assignments import Assignment, assignments_of, is_closed
from lms.people.rights.queries import may_touch_access
from lms.people.rights.rules import StandsAbove
from lms.people.rules import Person
from lms.web.desk import acting_as, at_the_desk, go, saves
from lms.web.language import current_language, dateformat
from lms.web.manager.desk import desk
from lms.web.manager.listing import ON_A_PAGE
from lms.web.manager.offices import offices_to_choose, where_seen
from lms.web.manager.person import (
    employment_name,
    is_mine,
    my_paths,
    person_of_mine,
    planned_lines,
)
from lms.web.manager.standing_forms import CloseForm, FurtherOfficeForm
from lms.web.manager.standing_pages import ClosedPage, FurtherOffice, StandingPage
from lms.web.pages import show
from lms.web.paging import page_asked, sheet_of
from lms.web.tickets import new_ticket, read_ticket


@desk.get("/closed")
def closed_accounts() -> Any:
    """Who cannot sign in any more."""
    number = page_asked()
    offset = (number - 1) * ON_A_PAGE
    found, total = people.people_in(my_paths(), limit=ON_A_PAGE, offset=offset, closed=True)
    pages = sheet_of("manager.closed_accounts", number, total, ON_A_PAGE)
    offices = where_seen(found, my_paths(), current_language())
    lines = tuple((each, offices[each.id]) for each in found)
    return show("manager/closed.html", ClosedPage(lines, total, pages))


@desk.get("/people/<person>/account")
def standing(person: str) -> Any:
    """Whether the account is open, and the further offices."""
    return show("manager/standing.html", _page(person_of_mine(person)))


@desk.post("/people/<person>/close")
@saves
def close_person(person: str) -> Any:
    """The person may no longer sign in; their sessions end at once."""
    found, form = person_of_mine(person), CloseForm()
    ticket = read_ticket("close", found.id)
    if not _may_close(found.id):
        raise StandsAbove
    if not form.validate():
        return show("manager/standing.html", _page(found, close=form), 400)
    close_account(
        person=found.id,
        reason=form.reason.data,
        by=acting_as("manager"),
        at=now(),
        event_id=ticket.id,
    )
    flash(_("The account of %(name)s is closed.", name=found.name), "success")
    return go("manager.standing", person=found.id)


@desk.post("/people/<person>/reopen")
@saves
def reopen_person(person: str) -> Any:
    """The person may sign in again."""
    found = person_of_mine(person)
    ticket = read_ticket("reopen", found.id)
    if not _may_close(found.id):
        raise StandsAbove
    reopen_account(person=found.id, by=acting_as("manager"), at=now(), event_id=ticket.id)
    flash(_("%(name)s may sign in again.", name=found.name), "success")
    return go("manager.standing", person=found.id)


@desk.post("/people/<person>/offices")
@saves
def begin_office(person: str) -> Any:
    """The person belongs to a further office as well."""
    found = person_of_mine(person)
    form, ticket = _further_form(found), read_ticket("office", found.id)
    if not form.validate():
        return show("manager/standing.html", _page(found, further=form), 400)
    try:
        begin_assignment(
            person=found.id,
            office=form.office.data,
            employment=form.employment.data,
            on=form.on.data,
            by=acting_as("manager"),
            at=now(),
            event_id=ticket.id,
        )
    except BelongsThereAlready as refusal:
        page = _page(found, further=form, refused=refusal.sentence)
        return show("manager/standing.html", page, 400)
    _tell_begun(found, form.on.data)
    return go("manager.standing", person=found.id)


def _tell_begun(person: Person, on: date) -> None:
    if on <= now().date():
        flash(_("%(name)s belongs to this office as well.", name=person.name), "success")
        return
    day = dateformat(on, "long")
    words = _("%(name)s belongs to this office as well, from %(day)s.", name=person.name, day=day)
    flash(words, "success")


@desk.post("/people/<person>/offices/end")
@saves
def end_office(person: str) -> Any:
    """From today the person no longer belongs to a further office."""
    found, office = person_of_mine(person), request.form.get("office", "")
    ticket = read_ticket("end-office", found.id, office)
    if not is_mine(office):
        raise DoesNotBelongThere
    try:
        end_assignment(
            person=found.id,
            office=office,
            on=now().date(),
            by=acting_as("manager"),
            at=now(),
            event_id=ticket.id,
        )
    except (DoesNotBelongThere, EndsBeforeItBegins) as refusal:
        return show("manager/standing.html", _page(found, refused=refusal.sentence), 400)
    flash(_("The further office ends today."), "success")
    return go("manager.people" if _is_gone(found.id) else "manager.standing", **_named(found.id))


def _is_gone(person: str) -> bool:
    return people.find_person_in(my_paths(), person) is None


def _named(person: str) -> dict[str, str]:
    return {} if _is_gone(person) else {"person": person}


def _may_close(person: str) -> bool:
    somebody = at_the_desk()
    found = people.find_person(person)
    return (
        found is not None
        and is_mine(found.office)
        and may_touch_access(somebody.positions, somebody.person, person, now().date())
    )


def _further_form(person: Person) -> FurtherOfficeForm:
    form = FurtherOfficeForm(employment=person.employment, on=now().date())
    form.office.choices = offices_to_choose(my_paths(), current_language())
    return form


def _page(
    person: Person,
    *,
    close: CloseForm | None = None,
    further: FurtherOfficeForm | None = None,
    refused: Sentence | None = None,
) -> StandingPage:
    return StandingPage(
        person=person,
        closed=is_closed(person.id),
        erasure=erasure_of(person.id),
        may_close=_may_close(person.id),
        close=close or CloseForm(formdata=None),
        close_ticket=new_ticket("reopen" if is_closed(person.id) else "close", person.id),
        offices=tuple(
            _office(person.id, each)
            for each in assignments_of(person.id)
            if each.since <= now().date().isoformat()
        ),
        planned=planned_lines(person),
        further=further or _further_form(person),
        further_ticket=new_ticket("office", person.id),
        today=now().date(),
        refused=refused,
    )


def _office(person: str, held: Assignment) -> FurtherOffice:
    place = people.find_organisation(held.office)
    return FurtherOffice(
        office=held.office,
        name=place.name(current_language()) if place else "",
        employment=employment_name(held.employment),
        since=date.fromisoformat(held.since),
        until=date.fromisoformat(held.until) if held.until else None,
        ticket=new_ticket("end-office", person, held.office) if is_mine(held.office) else "",
    )
