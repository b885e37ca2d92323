"""Coming to a kiosk and leaving it: language, choices, card and PIN, "I have finished"."""

from typing import Any, Final

from flask import Response, current_app, flash, make_response, request, session

from lms.base.clock import now
from lms.base.ids import clean_code
from lms.people import queries as people
from lms.people.cards.actions import sign_in_with_card
from lms.people.cards.paper.press import in_two
from lms.people.cards.rules import CardNumberWrong, TooManyGuesses, WrongCard
from lms.people.devices.rules import Device
from lms.people.rules import local_date
from lms.settings import Settings
from lms.web.desk import at_the_desk, go, say
from lms.web.guests import begin_guest, guest, guest_leaves
from lms.web.kiosk.desk import desk, here
from lms.web.kiosk.forms import NumberForm, PinForm
from lms.web.kiosk.pages import ChoicesPage, FormPage, PinPage
from lms.web.kiosk_words import MESSAGES
from lms.web.leaving import tell_of_erasure
from lms.web.pages import show
from lms.web.standing import keep_device
from lms.web.tickets import new_ticket, read_ticket
from lms.web.visitor import farewell, visitor, welcome

CARD: Final = "card"
NUMBER_LENGTH: Final = 8


@desk.get("/")
def start() -> Any:
    """Which language? Nothing of anybody stands here."""
    response = make_response(show("kiosk/start.html"))
    keep_device(response, here().id)  # the browser remembers for as long again
    return response


@desk.get("/choices")
def choices() -> Any:
    """Four things that one can do."""
    if visitor():
        return go("learner.my_learning")
    if guest():
        return go("kiosk.look")
    return show("kiosk/choices.html", ChoicesPage(new_ticket("look")))


@desk.post("/look")
def begin_to_look() -> Any:
    """Begins to look around, without a name."""
    begin_guest(read_ticket("look").id)
    return go("kiosk.look")


@desk.route("/card", methods=["GET", "POST"])
def card() -> Any:
    """The number of the card: typed, or read by a scanner that types it."""
    form = NumberForm()
    if not form.is_submitted():
        return show("kiosk/card.html", FormPage(form))
    if not form.validate():
        return show("kiosk/card.html", FormPage(form), 400)
    number = clean_code(form.number.data)
    if number is None or len(number) != NUMBER_LENGTH:
        return show("kiosk/card.html", FormPage(form, CardNumberWrong().sentence), 400)
    session[CARD] = number
    return go("kiosk.pin")


@desk.route("/pin", methods=["GET", "POST"])
def pin() -> Any:
    """The PIN of the card whose number was typed."""
    number = session.get(CARD)
    if not number:
        return go("kiosk.card")
    form, shown = PinForm(), in_two(number)
    if not form.is_submitted():
        return show("kiosk/pin.html", PinPage(form, shown=shown))
    if not form.validate():
        return show("kiosk/pin.html", PinPage(form, shown=shown), 400)
    try:
        token = _enter(number, form.pin.data)
    except (WrongCard, TooManyGuesses) as refusal:
        status = 429 if isinstance(refusal, TooManyGuesses) else 400
        page = PinPage(PinForm(formdata=None), refusal.sentence, shown)
        return show("kiosk/pin.html", page, status)
    return come_in(token)


def _enter(number: str, typed: str) -> str:
    device, at = here(), now()
    _person, token = sign_in_with_card(
        number=number,
        pin=typed,
        device=device,
        day=local_date(at, country_of(device)),
        at=at,
        demo=demo_is_on(),
    )
    return token


def come_in(token: str) -> Any:
    """The person is signed in; a guest who looked around before them is counted first."""
    guest_leaves()
    welcome(token)
    tell_of_erasure(at_the_desk().person)
    return go("learner.my_learning")


def country_of(device: Device) -> str:
    """The country of the kiosk's office."""
    office = people.find_organisation(device.organisation)
    return office.country if office else ""


def demo_is_on() -> bool:
    """Whether people of the demonstration may come in."""
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    return settings.demo


@desk.post("/finish")
def finish() -> Any:
    """Ends what there is: a person's session, a guest's visit, a number half typed."""
    somebody = visitor() is not None
    guest_leaves()
    farewell()
    if request.form.get("because") == "idle" and somebody:
        flash(say(MESSAGES["idle"]), "success")
    elif somebody:
        flash(say(MESSAGES["left"]), "success")
    response = go("kiosk.start")
    response.headers["Clear-Site-Data"] = '"cache"'  # never "storage": work may wait there
    return response


@desk.get("/here")
def still_here() -> Any:
    """Somebody is still reading: their session goes on. Nothing is written but the cookie."""
    return Response(status=204 if visitor() or guest() else 410, mimetype="text/plain")


@desk.get("/help")
def help_here() -> Any:
    """How the kiosk works, and who helps."""
    return show("kiosk/help.html")
