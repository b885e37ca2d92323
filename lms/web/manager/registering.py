"""Registering a person: the form, who is there already, and the one write."""

from typing import Any

from flask import url_for

from lms.base.clock import now
from lms.base.ids import derived_id
from lms.people import queries as people
from lms.people.actions import prove_password, register_person
from lms.people.rules import Person, WrongSignIn, clean_login
from lms.web.desk import acting_as, saves
from lms.web.language import current_language
from lms.web.manager.first_passwords import first_password
from lms.web.manager.forms import PersonForm
from lms.web.manager.offices import offices_to_choose, where_seen
from lms.web.manager.pages import PasswordPage, RegisterPage, Twin
from lms.web.manager.person import my_paths
from lms.web.pages import Page, show
from lms.web.tickets import Ticket, new_ticket


def person_form() -> PersonForm:
    """The form, with the offices of the manager to choose from."""
    form = PersonForm(language=current_language())
    form.office.choices = offices_to_choose(my_paths(), current_language())
    return form


def register_page(form: PersonForm, twins: tuple[Twin, ...] = ()) -> RegisterPage:
    """The page around the form."""
    return RegisterPage(form, new_ticket("register"), first_password(current_language()), twins)


def person_of(ticket: Ticket) -> str:
    """The person that this ticket registers."""
    return derived_id("person", ticket.id)


def twins_of(form: PersonForm) -> tuple[Twin, ...]:
    """Who is registered already with this address, or with this number in the same operator."""
    by_number = [
        person
        for person in people.people_known_as(form.staff_number.data)
        if person.staff_number == clean_login(form.staff_number.data)
        and people.employer_of(person.office) == people.employer_of(form.office.data)
    ]
    by_email = people.people_known_as(form.email.data or "")
    return (
        *(_twin(person, form.staff_number.data, False) for person in by_number),
        *(_twin(person, form.email.data, True) for person in by_email if person not in by_number),
    )


def _twin(person: Person, typed: str, is_email: bool) -> Twin:
    mine = people.find_person_in(my_paths(), person.id)
    if mine is None:
        return Twin(typed, is_email)
    office = where_seen([mine], my_paths(), current_language())[mine.id]
    url = url_for("manager.open_person", person=mine.id)
    return Twin(typed, is_email, mine.name, office, url)


def already_registered(person: Person, form: PersonForm) -> Page | None:
    """The same form once more: its page again, if the password is still the one that was typed."""
    try:
        prove_password(person=person.id, password=form.password.data)
    except WrongSignIn:
        return None
    return _told(person, form)


@saves
def register(form: PersonForm, ticket: Ticket, password_hash: str) -> Any:
    """Writes the person; the password was hashed before, outside the write transaction."""
    person = register_person(
        given_name=form.given_name.data,
        family_name=form.family_name.data,
        staff_number=form.staff_number.data,
        email=form.email.data or "",
        office=form.office.data,
        employment=form.employment.data,
        sex=form.sex.data,
        birth_year=form.year,
        language=form.language.data,
        password_hash=password_hash,
        person=person_of(ticket),
        event_id=ticket.id,
        by=acting_as("manager"),
        at=now(),
    )
    return _told(people.current_person(person), form)


def _told(person: Person, form: PersonForm) -> Page:
    return show("manager/password.html", PasswordPage(person, form.password.data, True))
