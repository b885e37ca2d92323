"""Somebody new, or with a new PIN: the helper's code opens the page where they choose it."""

from typing import Any, Final

from flask import flash, session

from lms.base.clock import now
from lms.people.cards.actions import enter_kiosk, open_pin_code, type_pin_again, type_pin_once
from lms.people.cards.queries import person_choosing
from lms.people.cards.rules import PinCodeWrong, PinRefused, PinsDiffer, TooManyGuesses
from lms.people.queries import current_person
from lms.people.rules import local_date
from lms.web.desk import go, say
from lms.web.kiosk.desk import desk, here
from lms.web.kiosk.entering import come_in, country_of
from lms.web.kiosk.forms import CodeForm, PinForm
from lms.web.kiosk.pages import FormPage, PinPage
from lms.web.kiosk_words import MESSAGES
from lms.web.pages import Page, show

CHOOSING: Final = "choosing"


@desk.route("/new", methods=["GET", "POST"])
def new_here() -> Any:
    """“Ask the helper”: and where the helper's code is typed."""
    form = CodeForm()
    if not form.is_submitted():
        return show("kiosk/new.html", FormPage(form))
    if not form.validate():
        return show("kiosk/new.html", FormPage(form), 400)
    try:
        session[CHOOSING] = open_pin_code(typed=form.code.data, device=here(), at=now())
    except (PinCodeWrong, TooManyGuesses) as refusal:
        status = 429 if isinstance(refusal, TooManyGuesses) else 400
        return show("kiosk/new.html", FormPage(CodeForm(formdata=None), refusal.sentence), status)
    return go("kiosk.choose_pin")


@desk.route("/new/pin", methods=["GET", "POST"])
def choose_pin() -> Any:
    """A PIN, and the same once more. The first one waits as a hash on the server."""
    handle, device = session.get(CHOOSING, ""), here()
    found = person_choosing(handle, device.organisation, now())
    if found is None:
        session.pop(CHOOSING, None)
        return go("kiosk.new_here")
    person, again = found
    form = PinForm()
    if not form.is_submitted():
        return _page(form, person, again)
    if not form.validate():
        return _page(form, person, again, status=400)
    try:
        if not again:
            type_pin_once(handle=handle, pin=form.pin.data, device=device, at=now())
            return go("kiosk.choose_pin")
        type_pin_again(handle=handle, pin=form.pin.data, device=device, at=now())
    except PinRefused as refusal:
        once_more = again and not isinstance(refusal, PinsDiffer)
        return _page(PinForm(formdata=None), person, once_more, refusal, 400)
    return _enter(person)


def _page(
    form: PinForm, person: str, again: bool, refusal: PinRefused | None = None, status: int = 200
) -> Page:
    name = current_person(person).given_name
    refused = refusal.sentence if refusal else None
    return show("kiosk/choose_pin.html", PinPage(form, refused, "", name, again), status)


def _enter(person: str) -> Any:
    device, at = here(), now()
    day = local_date(at, country_of(device))
    answer = come_in(enter_kiosk(person=person, device=device, day=day, at=at))
    flash(say(MESSAGES["pin-chosen"]), "success")
    return answer
