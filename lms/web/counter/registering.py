"""Registering somebody in half a minute, with the consent text read aloud."""

from typing import Any

from flask import request, url_for

from lms.base.clock import now
from lms.base.ids import derived_id
from lms.people import queries as people
from lms.people.actions import register_person
from lms.people.audit import note
from lms.people.cards.actions import note_at_counter
from lms.people.consents.actions import give_consent
from lms.people.consents.texts import AUDIENCES, consent_for
from lms.people.rules import fold_text, local_date
from lms.web.counter.desk import counter_paths, desk
from lms.web.counter.forms import RegisterForm
from lms.web.counter.offices import chosen_office, offices_to_choose
from lms.web.counter.pages import Audience, PersonLine, RegisterPage
from lms.web.counter.today import lines_of
from lms.web.desk import acting_as, go, saves
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.people_words import EMPLOYMENT_NAMES
from lms.web.tickets import Ticket, new_ticket, read_ticket


@desk.route("/register", methods=["GET", "POST"])
def register() -> Any:
    """The form; who looks like the same person is shown before anything is written."""
    audience = _audience()
    form = RegisterForm(
        language=current_language(), office=chosen_office(counter_paths(), _wanted()).id
    )
    form.office.choices = offices_to_choose(counter_paths())
    if not form.is_submitted():
        return show("counter/register.html", _page(form, audience))
    if not form.validate():
        return show("counter/register.html", _page(form, audience), 400)
    ticket = read_ticket("counter register")
    person = derived_id("person", ticket.id)
    if people.find_person(person) is None:
        twins = () if form.another.data else _twins(form)
        if twins:
            return show("counter/register.html", _page(form, audience, twins), 400)
        _write(form, audience, ticket, person)
    return go("counter.open_person", person=person, new=1)


def _audience() -> str:
    wanted = request.args.get("audience", AUDIENCES[0])
    return wanted if wanted in AUDIENCES else AUDIENCES[0]


def _wanted() -> str:
    return request.args.get("office", "")


def _page(form: RegisterForm, audience: str, twins: tuple[PersonLine, ...] = ()) -> RegisterPage:
    audiences = tuple(
        Audience(
            str(EMPLOYMENT_NAMES[each]),
            url_for("counter.register", office=_wanted() or None, audience=each),
            each == audience,
        )
        for each in AUDIENCES
    )
    ticket = new_ticket("counter register")
    return RegisterPage(form, ticket, audience, audiences, consent_for(audience), twins)


def _twins(form: RegisterForm) -> tuple[PersonLine, ...]:
    """People of my offices with the same name, and no other year of birth."""
    wanted = fold_text(f"{form.given_name.data} {form.family_name.data}")
    found, _total = people.people_in(counter_paths(), search=wanted)
    same = [
        person
        for person in found
        if fold_text(person.name) == wanted
        and (not form.year or not person.birth_year or person.birth_year == form.year)
    ]
    return lines_of(same)


@saves
def _write(form: RegisterForm, audience: str, ticket: Ticket, person: str) -> None:
    at, by = now(), acting_as("helper")
    register_person(
        given_name=form.given_name.data,
        family_name=form.family_name.data,
        office=form.office.data,
        employment=audience,
        sex=form.sex.data,
        birth_year=form.year,
        language=form.language.data,
        person=person,
        event_id=ticket.id,
        by=by,
        at=at,
    )
    give_consent(
        person=person,
        text=consent_for(audience),
        language=current_language(),
        by=by,
        at=at,
        event_id=derived_id(ticket.id, "consent.given"),
    )
    note("person.registered", by=by, at=at, learner=person, event_id=derived_id(ticket.id, "noted"))
    office = people.find_organisation(form.office.data)
    day = local_date(at, office.country if office else "")
    note_at_counter(person=person, organisation=form.office.data, day=day, how="registered", at=at)
