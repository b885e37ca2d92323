"""Learning paths, and the rules that say who follows them."""

from typing import Any, Final

from flask import flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.learning.paths import actions
from lms.learning.paths.queries import current_path, rules_in_force
from lms.learning.paths.rules import Path, PathUnknown
from lms.web import shelf
from lms.web.desk import acting_as, go, saves
from lms.web.language import current_language
from lms.web.manager.asking_forms import PathForm, RuleForm
from lms.web.manager.asking_showing import (
    is_mine,
    path_form_page,
    path_page,
    paths_to_use,
    units_to_choose,
)
from lms.web.manager.desk import desk
from lms.web.manager.person import my_place
from lms.web.pages import show
from lms.web.tickets import read_ticket

_DIGITS: Final = 5


def _path_to_use(path: str) -> Path:
    found = next((each for each in paths_to_use() if each.id == path), None)
    if found is None:
        raise PathUnknown
    return found


def _path_of_mine(path: str) -> Path:
    """One that I may change: a path from above serves my people but is not mine."""
    found = current_path(path)
    if not is_mine(found.organisation):
        raise PathUnknown
    return found


@desk.route("/learning/paths/new", methods=["GET", "POST"])
def new_path() -> Any:
    """A new path."""
    form = PathForm(organisation=my_place())
    return _save(None, form) if form.is_submitted() else _form(None, form, {})


@desk.route("/learning/paths/<path>/edit", methods=["GET", "POST"])
def edit_path(path: str) -> Any:
    """Other titles or courses for a path of mine."""
    found = _path_of_mine(path)
    form = PathForm(
        title_fr=found.title_fr, title_en=found.title_en, organisation=found.organisation
    )
    if form.is_submitted():
        return _save(found, form)
    return _form(found, form, {slug: place for place, slug in enumerate(found.courses, start=1)})


def _form(
    path: Path | None,
    form: PathForm,
    chosen: dict[str, int],
    *,
    status: int = 200,
    no_courses: bool = False,
) -> Any:
    page = path_form_page(path, form, chosen, no_courses=no_courses)
    return show("manager/path_form.html", page, status)


def _save(path: Path | None, form: PathForm) -> Any:
    form.organisation.choices = units_to_choose()
    chosen = _chosen(path)
    ticket = read_ticket("path", path.id if path else "new")
    valid = form.validate()
    if not valid or not chosen:
        return _form(path, form, chosen, status=400, no_courses=not chosen)
    saved = _define(path, form, sorted(chosen, key=chosen.__getitem__), ticket.id)
    flash(_("The learning path is saved."), "success")
    return go("manager.open_path", path=saved)


def _chosen(path: Path | None) -> dict[str, int]:
    known = [card.slug for card in shelf.cards(current_language())]
    known += [slug for slug in (path.courses if path else ()) if slug not in known]
    places = {slug: request.form.get(f"course-{slug}", "") for slug in known}
    return {slug: int(place) for slug, place in places.items() if _is_place(place)}


def _is_place(typed: str) -> bool:
    return typed.isdecimal() and len(typed) < _DIGITS and int(typed) > 0


@saves
def _define(path: Path | None, form: PathForm, courses: list[str], event_id: str) -> str:
    return actions.define_path(
        path=path.id if path else None,
        organisation=form.organisation.data,
        title_fr=form.title_fr.data,
        title_en=form.title_en.data,
        courses=courses,
        by=acting_as("manager"),
        at=now(),
        event_id=event_id,
    )


@desk.get("/learning/paths/<path>")
def open_path(path: str) -> Any:
    """One path: its courses, who follows it, how far each office is."""
    return show("manager/path.html", path_page(_path_to_use(path)))


@desk.post("/learning/paths/<path>/withdraw")
@saves
def withdraw_path(path: str) -> Any:
    """The path is asked of nobody any more."""
    found = _path_of_mine(path)
    ticket = read_ticket("withdraw-path", found.id)
    actions.withdraw_path(path=found, by=acting_as("manager"), at=now(), event_id=ticket.id)
    flash(_("The learning path is withdrawn. What was learned stays."), "success")
    return go("manager.learning")


@desk.post("/learning/paths/<path>/rules")
@saves
def set_rule(path: str) -> Any:
    """From now on a whole group follows the path."""
    found, form = _path_to_use(path), RuleForm()
    form.organisation.choices = units_to_choose()
    ticket = read_ticket("rule", found.id)
    if not form.validate():
        return show("manager/path.html", path_page(found, form=form), 400)
    actions.set_rule(
        path=found.id,
        organisation=form.organisation.data,
        who=form.who.data,
        days=form.within,
        by=acting_as("manager"),
        at=now(),
        event_id=ticket.id,
    )
    flash(_("The rule holds from today, also for people who are registered later."), "success")
    return go("manager.open_path", path=found.id)


@desk.post("/learning/paths/<path>/rules/<rule>/withdraw")
@saves
def withdraw_rule(path: str, rule: str) -> Any:
    """The rule holds no more."""
    found = next((each for each in rules_in_force(path) if each.id == rule), None)
    if found is None or not is_mine(found.organisation):
        raise PathUnknown
    ticket = read_ticket("rule-off", rule)
    actions.withdraw_rule(rule=found, by=acting_as("manager"), at=now(), event_id=ticket.id)
    flash(_("The rule holds no more."), "success")
    return go("manager.open_path", path=path)
