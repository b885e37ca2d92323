"""One person at the counter: their card, their PIN."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from lms.base.clock import as_text, from_text, now
from lms.base.ids import derived_id
from lms.certificates.queries import certificates_of
from lms.certificates.rules import State
from lms.people import queries as people
from lms.people.audit import note
from lms.people.cards.actions import make_pin_code, reset_pin, withdraw_card
from lms.people.cards.queries import card_state_of
from lms.people.cards.rules import PIN_CODE_HOLDS
from lms.people.rights.queries import may_touch_access
from lms.people.rights.rules import StandsAbove
from lms.people.rules import Person, PersonUnknown
from lms.web.counter.desk import counter_paths, desk
from lms.web.counter.forms import CardForm, ResetPinForm
from lms.web.counter.offices import chosen_office
from lms.web.counter.pages import PersonPage, PinCodePage
from lms.web.desk import acting_as, at_the_desk, go, saves
from lms.web.language import current_language
from lms.web.pages import Page, show
from lms.web.people_words import EMPLOYMENT_NAMES
from lms.web.tickets import Ticket, new_ticket, read_ticket

_TO_THE_MINUTE = 16


def person_of_mine(person: str) -> Person:
    """A person of my offices; outside them nobody is to be found."""
    found = people.find_person_in(counter_paths(), person)
    if found is None:
        raise PersonUnknown
    return found


def here_for(person: Person) -> str:
    """The office at which a card or a code is given: the helper's own, else the person's."""
    offices = {each.id for each in people.organisations_in(counter_paths(), level="office")}
    own = chosen_office(counter_paths(), "").id
    return own if own in offices else person.office


def may_give_pin(person: Person) -> bool:
    """Whether the visitor may let this person choose a PIN: not where a position of the person is
    one that the visitor does not stand above, nor for themselves."""
    somebody = at_the_desk()
    return may_touch_access(somebody.positions, somebody.person, person.id, now().date())


@desk.get("/people/<person>")
def open_person(person: str) -> Any:
    """Card and PIN of one person, and what can be done."""
    return show("counter/person.html", person_page(person_of_mine(person)))


def person_page(person: Person, reset: ResetPinForm | None = None) -> PersonPage:
    """The page about a person; a form that was refused is shown again."""
    office = people.find_organisation(person.office)
    state = card_state_of(person.id)
    return PersonPage(
        person=person,
        office=office.name(current_language()) if office else "",
        employment=str(EMPLOYMENT_NAMES.get(person.employment, person.employment)),
        state=state,
        issued_at=from_text(state.issued_at) if state.issued_at else None,
        card=CardForm(formdata=None),
        reset=reset or ResetPinForm(formdata=None),
        card_ticket=new_ticket("card", person.id),
        withdraw_ticket=new_ticket("withdraw card", person.id),
        pin_ticket=new_ticket("pin", person.id),
        is_new=bool(request.args.get("new")),
        may_give_pin=may_give_pin(person),
        certificates=tuple(
            each for each in certificates_of(person.id) if each.state is not State.REVOKED
        ),
    )


@desk.post("/people/<person>/pin")
@saves
def give_pin_code(person: str) -> Any:
    """A code with which the person chooses a PIN at the kiosk, now; the helper never types one.

    Where there is a PIN already it is reset: then the helper says that they checked who it is.
    """
    found, form = person_of_mine(person), ResetPinForm()
    ticket, at, office = read_ticket("pin", found.id), now(), here_for(found)
    if not may_give_pin(found):
        raise StandsAbove
    if card_state_of(found.id).pin != "none":
        if not form.validate():
            return show("counter/person.html", person_page(found, form), 400)
        reset_pin(person=found.id, office=office, by=acting_as("helper"), at=at, event_id=ticket.id)
    _note_code(found, office, ticket)
    code = make_pin_code(person=found.id, organisation=office, at=at)
    return _told(found, code)


def _note_code(person: Person, office: str, ticket: Ticket) -> None:
    by, at = acting_as("helper"), now()
    event_id = derived_id("pin code", ticket.id, as_text(at)[:_TO_THE_MINUTE])
    note("pin.code", by=by, at=at, learner=person.id, organisation=office, event_id=event_id)


def _told(person: Person, code: str) -> Page:
    grouped = f"{code[:3]} {code[3:]}"
    page = PinCodePage(person, grouped, now() + PIN_CODE_HOLDS)
    return show("counter/pin_code.html", page)


@desk.post("/people/<person>/card/withdraw")
@saves
def withdraw(person: str) -> Any:
    """A lost card opens nothing from now on."""
    found = person_of_mine(person)
    ticket = read_ticket("withdraw card", found.id)
    by, at = acting_as("helper"), now()
    withdraw_card(person=found, office=here_for(found), by=by, at=at, event_id=ticket.id)
    flash(_("The card of %(name)s is withdrawn.", name=found.name), "success")
    return go("counter.open_person", person=found.id)
