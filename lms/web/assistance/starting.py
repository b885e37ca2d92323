"""From the counter: a helper who is signed in at a kiosk begins together with a learner."""

from typing import Any, Final

from flask import flash

from lms.base.clock import now
from lms.base.database import writing
from lms.base.refusals import Refusal
from lms.people import queries as people
from lms.people.actions import end_session
from lms.people.assistance.actions import begin_assistance
from lms.people.assistance.queries import position_of_helper
from lms.people.assistance.rules import NotAHelperHere, NotAtAKiosk, NotBesideOneself
from lms.people.cards.actions import sign_in_with_card
from lms.people.cards.rules import TooManyGuesses, WrongCard
from lms.people.devices.rules import Device
from lms.people.queries import token_hash
from lms.people.rules import local_date
from lms.web.assistance.desk import at_counter
from lms.web.assistance.forms import LearnerForm
from lms.web.assistance.joining import demo_is_on
from lms.web.assistance.pages import StartPage
from lms.web.desk import at_the_desk, go, say
from lms.web.kiosk_words import MESSAGES
from lms.web.language import current_language
from lms.web.pages import Page, show
from lms.web.standing import this_device
from lms.web.tickets import new_ticket, read_ticket
from lms.web.visitor import farewell, welcome

_WRONG: Final = (NotAtAKiosk, NotAHelperHere, NotBesideOneself, WrongCard, TooManyGuesses)


@at_counter.route("/", methods=["GET", "POST"])
def begin_together() -> Any:
    """The learner types their PIN and agrees; then this is their session, and the helper is with
    them. The helper's own session ends here."""
    form = LearnerForm()
    if not form.is_submitted():
        return _page(LearnerForm(formdata=None))
    if not form.validate():
        return _page(form, status=400)
    event_id = read_ticket("assist").id
    try:
        token = _begin(form, event_id)
    except _WRONG as refusal:
        form.agreed.data = False
        return _page(form, refusal, 429 if isinstance(refusal, TooManyGuesses) else 400)
    farewell()
    welcome(token)
    flash(say(MESSAGES["helper-came"]), "success")
    return go("learner.my_learning")


def _begin(form: LearnerForm, event_id: str) -> str:
    """The token of the learner's session, with the helper in it."""
    device, helper, at = this_device(), at_the_desk().person, now()
    if device is None:
        raise NotAtAKiosk
    position_of_helper(helper, device.organisation, at.date())
    person, token = sign_in_with_card(
        number=form.number.data,
        pin=form.pin.data,
        device=device,
        day=local_date(at, _country(device)),
        at=at,
        demo=demo_is_on(),
    )
    try:
        with writing():
            begin_assistance(
                session=token_hash(token),
                learner=person,
                helper=helper,
                organisation=device.organisation,
                agreed_at=at,
                event_id=event_id,
                at=at,
            )
    except Refusal:
        end_session(session=token_hash(token))
        raise
    return token


def _country(device: Device) -> str:
    office = people.find_organisation(device.organisation)
    return office.country if office else ""


def _page(form: LearnerForm, refusal: Refusal | None = None, status: int = 200) -> Page:
    device = this_device()
    office = people.find_organisation(device.organisation) if device else None
    page = StartPage(
        form=form,
        office=office.name(current_language()) if office else "",
        ticket=new_ticket("assist"),
        refused=refusal.sentence if refusal else None,
    )
    return show("assistance/start.html", page, status)
