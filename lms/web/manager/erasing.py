"""Names to be removed: asked on somebody's behalf, confirmed by another, called off."""

from collections.abc import Callable
from typing import Any

from flask import flash
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.language import Sentence
from lms.base.refusals import Refusal
from lms.people import queries as people
from lms.people.actions.leaving import GRACE, keep_me
from lms.people.erasures.actions import confirm_erasure, propose_erasure
from lms.people.erasures.queries import erasure_of, erasures_in, may_ask_for
from lms.people.erasures.rules import NotAboveThePerson, OnlyThePersonKeeps
from lms.people.rules import Person
from lms.record.aliases import canonical_of
from lms.web.desk import acting_as, at_the_desk, go, saves
from lms.web.language import current_language, dateformat
from lms.web.manager.desk import desk
from lms.web.manager.erasing_pages import ErasureLine, ErasurePage, ErasuresPage, GroundForm
from lms.web.manager.offices import office_names
from lms.web.manager.person import my_paths, person_of_mine
from lms.web.pages import Page, show
from lms.web.tickets import new_ticket, read_ticket


@desk.get("/erasures")
def erasures() -> Any:
    """The names of my people that are to be removed."""
    found = erasures_in(my_paths())
    persons = people.people_with_ids({each.person for each in found})
    offices = office_names(list(persons.values()), my_paths(), current_language())
    lines = (
        ErasureLine(person, offices.get(person.office, ""), each, _is_mine(each.proposers))
        for each in found
        if (person := persons.get(each.person))
    )
    return show("manager/erasures.html", ErasuresPage(tuple(lines)))


@desk.get("/people/<person>/erasure")
def open_erasure(person: str) -> Any:
    """How far it is with one person, and what I may do."""
    return _shown(person_of_mine(person))


def _shown(
    person: Person,
    form: GroundForm | None = None,
    refused: Sentence | None = None,
    status: int = 200,
) -> Page:
    erasure = erasure_of(person.id)
    page = ErasurePage(
        person=person,
        erasure=erasure,
        mine=erasure is not None and _is_mine(erasure.proposers),
        may=_may(person),
        days=GRACE.days,
        form=form or GroundForm(formdata=None),
        ticket=new_ticket("erasure", person.id),
        refused=refused,
    )
    return show("manager/erasure.html", page, status)


def _is_mine(proposers: tuple[str, ...]) -> bool:
    me = canonical_of(at_the_desk().person)
    return bool(proposers) and all(canonical_of(each) == me for each in proposers)


def _may(person: Person) -> bool:
    somebody = at_the_desk()
    return may_ask_for(somebody.positions, somebody.person, person.id, now().date())


@desk.post("/people/<person>/erasure")
@saves
def ask_on_behalf(person: str) -> Any:
    """The person asked me in person or wrote a letter."""
    found, event_id = _of_mine_to_erase(person)
    form = GroundForm()
    if not form.validate():
        return _shown(found, form, status=400)

    def ask() -> str:
        ground, by = form.ground.data, acting_as("manager")
        propose_erasure(person=found.id, ground=ground, by=by, at=now(), event_id=event_id)
        return str(_("It is noted. Somebody else above %(name)s must confirm it.", name=found.name))

    return _done(found, ask)


@desk.post("/people/<person>/erasure/confirm")
@saves
def confirm_on_behalf(person: str) -> Any:
    """A colleague asked for it, and I agree."""
    found, event_id = _of_mine_to_erase(person)

    def confirm() -> str:
        by = acting_as("manager")
        on = confirm_erasure(person=found.id, by=by, at=now(), event_id=event_id)
        day = dateformat(on, "long")
        return str(_("The name of %(name)s will be removed on %(day)s.", name=found.name, day=day))

    return _done(found, confirm)


@desk.post("/people/<person>/erasure/cancel")
@saves
def call_off_erasure(person: str) -> Any:
    """The name stays."""
    found, event_id = _of_mine_to_erase(person)
    erasure = erasure_of(found.id)
    if erasure is not None and not erasure.ground:
        raise OnlyThePersonKeeps
    keep_me(person=found.id, by=acting_as("manager"), at=now(), event_id=event_id)
    flash(_("The name of %(name)s stays.", name=found.name), "success")
    return go("manager.open_erasure", person=found.id)


def _of_mine_to_erase(person: str) -> tuple[Person, str]:
    found = person_of_mine(person)
    ticket = read_ticket("erasure", found.id)
    if not _may(found):
        raise NotAboveThePerson
    return found, ticket.id


def _done(person: Person, act: Callable[[], str]) -> Any:
    try:
        flash(act(), "success")
    except Refusal as refusal:
        return _shown(person, refused=refusal.sentence, status=400)
    return go("manager.open_erasure", person=person.id)
