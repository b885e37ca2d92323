"""Workshops: planning them, and what became of them."""

from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.refusals import Refusal
from lms.web.desk import acting_as, at_the_desk, go, saves, say
from lms.web.exports import note_export
from lms.web.language import current_language
from lms.web.pages import Page, show
from lms.web.tickets import Ticket, read_ticket
from lms.web.trainer.desk import desk
from lms.web.trainer.workshops_forms import Typed, WorkshopForm, read_plan, typed_lines
from lms.web.trainer.workshops_pages import Told
from lms.web.trainer.workshops_scope import ids_in, organisers, workshop_of_mine
from lms.web.trainer.workshops_showing import (
    plan_page,
    workshop_page,
    workshops_page,
)
from lms.workshops import actions
from lms.workshops.paper import attendance_csv, attendance_pdf, sheet_of
from lms.workshops.rules import Plan, Workshop
from lms.workshops.rules.refusals import (
    AlreadyCancelled,
    AlreadyHeld,
    NobodyCame,
    NotOverYet,
    ReasonMissing,
    SittingHasRoll,
)


@desk.get("/workshops")
def workshops() -> Any:
    """The workshops of my scope."""
    return show("trainer/workshops.html", workshops_page())


@desk.get("/workshops/new")
def new_workshop() -> Any:
    """An empty plan."""
    form = WorkshopForm(formdata=None, language=current_language())
    return show("trainer/workshop_plan.html", plan_page(form))


@desk.post("/workshops/new")
def plan_workshop() -> Any:
    """Announces a workshop; everything that is wrong with it is said at once."""
    ticket, form = read_ticket("workshop.plan"), WorkshopForm()
    typed = _typed(form, ticket, None)
    if typed.problems:
        return _plan_again(form, typed.problems)
    workshop = _record_plan(typed.plan, ticket)
    flash(_("The workshop is planned. Now say who is expected."), "success")
    return go("trainer.open_workshop", workshop=workshop)


@saves
def _record_plan(plan: Plan, ticket: Ticket) -> str:
    return actions.plan_workshop(
        plan=plan,
        by=acting_as("trainer"),
        at=now(),
        event_id=ticket.id,
        demo=at_the_desk().demo,
    )


def _typed(form: WorkshopForm, ticket: Ticket, workshop: Workshop | None) -> Typed:
    page = plan_page(form, workshop=workshop)
    before = workshop.plan.invited if workshop else ()
    return read_plan(
        form,
        typed_lines(),
        ticket=ticket.id,
        may_organise=organisers(),
        may_invite={*ids_in(page.states, page.offices), *before},
        known_sittings=[sitting.id for sitting in workshop.sittings] if workshop else (),
    )


def _plan_again(
    form: WorkshopForm, problems: tuple[tuple[str, str], ...], workshop: Workshop | None = None
) -> Page:
    told = tuple((_place_of(name), text) for name, text in problems)
    page = plan_page(form, workshop=workshop, lines=typed_lines(), problems=told)
    return show("trainer/workshop_plan.html", page, 400)


def _place_of(field: str) -> str:
    return {"sittings": "#sittings", "": ""}.get(field, f"#{field}")


@desk.get("/workshops/<workshop>")
def open_workshop(workshop: str) -> Any:
    """One workshop: who is expected, its sittings, what became of it."""
    return show("trainer/workshop.html", workshop_page(workshop_of_mine(workshop)))


@desk.get("/workshops/<workshop>/change")
def edit_workshop(workshop: str) -> Any:
    """The plan as it stands, to be changed."""
    known = workshop_of_mine(workshop).workshop
    plan = known.plan
    form = WorkshopForm(
        formdata=None,
        title=plan.title,
        theme=plan.theme,
        organiser=plan.organiser,
        language=plan.language,
        mode=plan.mode,
        place=plan.place,
        facilitators=plan.facilitators,
        invited=list(plan.invited),
    )
    return show("trainer/workshop_plan.html", plan_page(form, workshop=known))


@desk.post("/workshops/<workshop>/change")
def change_workshop(workshop: str) -> Any:
    """Gives the workshop the facts of the form."""
    known = workshop_of_mine(workshop).workshop
    ticket, form = read_ticket("workshop.change", known.id), WorkshopForm()
    typed = _typed(form, ticket, known)
    if typed.problems:
        return _plan_again(form, typed.problems, known)
    try:
        _record_change(known.id, typed.plan, ticket)
    except (SittingHasRoll, AlreadyCancelled) as refusal:
        return _plan_again(form, ((refusal.field, say(refusal.sentence)),), known)
    flash(_("The changes are saved."), "success")
    return go("trainer.open_workshop", workshop=known.id)


@saves
def _record_change(workshop: str, plan: Plan, ticket: Ticket) -> None:
    actions.change_workshop(
        workshop=workshop,
        plan=plan,
        by=acting_as("trainer"),
        at=now(),
        event_id=ticket.id,
    )


@desk.post("/workshops/<workshop>/held")
def hold_workshop(workshop: str) -> Any:
    """Reports the workshop as held."""
    known = workshop_of_mine(workshop).workshop
    ticket = read_ticket("workshop.hold", known.id)
    try:
        _record_held(known.id, ticket)
    except (NobodyCame, NotOverYet, AlreadyCancelled) as refusal:
        return _open_again(known.id, refusal, "#sittings")
    flash(_("The workshop is reported as held."), "success")
    return go("trainer.open_workshop", workshop=known.id)


@saves
def _record_held(workshop: str, ticket: Ticket) -> None:
    actions.hold_workshop(workshop=workshop, by=acting_as("trainer"), at=now(), event_id=ticket.id)


@desk.post("/workshops/<workshop>/cancel")
def cancel_workshop(workshop: str) -> Any:
    """It will not take place; the reason is kept."""
    known = workshop_of_mine(workshop).workshop
    ticket = read_ticket("workshop.cancel", known.id)
    reason = request.form.get("reason", "")[:500]
    try:
        _record_cancelled(known.id, reason, ticket)
    except (ReasonMissing, AlreadyHeld, AlreadyCancelled) as refusal:
        return _open_again(known.id, refusal, "#reason", reason)
    flash(_("The workshop is cancelled."), "success")
    return go("trainer.open_workshop", workshop=known.id)


@saves
def _record_cancelled(workshop: str, reason: str, ticket: Ticket) -> None:
    actions.cancel_workshop(
        workshop=workshop,
        reason=reason,
        by=acting_as("trainer"),
        at=now(),
        event_id=ticket.id,
    )


def _open_again(workshop: str, refusal: Refusal, place: str, reason: str = "") -> Page:
    told: Told = ((place, say(refusal.sentence)),)
    page = workshop_page(workshop_of_mine(workshop), told, reason)
    return show("trainer/workshop.html", page, 400)


@desk.post("/workshops/<workshop>/list.csv")
def download_list(workshop: str) -> Any:
    """Who was there, for a spreadsheet."""
    known = workshop_of_mine(workshop).workshop
    language = current_language()
    _note(known, "csv")
    return _file(attendance_csv(sheet_of(known, language), language), "text/csv", "csv")


@desk.post("/workshops/<workshop>/list.pdf")
def print_list(workshop: str) -> Any:
    """The list on paper: to sign (`to` is "sign"), or with who was there."""
    known = workshop_of_mine(workshop).workshop
    language, blank = current_language(), request.form.get("to") == "sign"
    _note(known, "sign" if blank else "pdf")
    data = attendance_pdf(sheet_of(known, language), language, blank=blank)
    return _file(data, "application/pdf", "pdf")


def _note(workshop: Workshop, form: str) -> None:
    organiser = workshop.plan.organiser
    note_export("export.attendance", organisation=organiser, workshop=workshop.id, form=form)


def _file(data: bytes, mimetype: str, ending: str) -> Response:
    response = Response(data, mimetype=mimetype)
    shown = "attachment" if ending == "csv" else "inline"
    name = _("attendance")
    response.headers.set("Content-Disposition", shown, filename=f"{name}.{ending}")
    return response
