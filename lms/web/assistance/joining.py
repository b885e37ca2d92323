"""In the learner's session: the learner agrees, the helper signs in, either of them ends it."""

import time
from datetime import UTC, datetime
from typing import Any, Final

from flask import current_app, flash, redirect, session
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.database import writing
from lms.base.refusals import Refusal
from lms.people import queries as people
from lms.people.access.actions import (
    refuse_too_many_codes,
    remember_wrong_code,
    take_second_step,
)
from lms.people.access.queries import has_second_step
from lms.people.access.rules import SecondStepUnreadable, SecondStepWrong
from lms.people.actions import recognise
from lms.people.assistance.actions import begin_assistance, note_assisted_work
from lms.people.assistance.rules import (
    AGREEMENT_HOLDS,
    AgreeFirst,
    NotAHelperHere,
    NotBesideOneself,
)
from lms.people.rules import Organisation, TooManyTries, WrongSignIn
from lms.settings import Settings
from lms.web.assistance.desk import desk
from lms.web.assistance.forms import HelperForm
from lms.web.assistance.pages import JoinPage, OfferPage
from lms.web.company import MODE, leave_company, way_back
from lms.web.desk import at_the_desk, go, say
from lms.web.kiosk_words import MESSAGES
from lms.web.language import current_language
from lms.web.pages import Page, show
from lms.web.standing import this_device
from lms.web.tickets import new_ticket, read_ticket
from lms.web.visitor import address

AGREED: Final = "agreed"
_WRONG: Final = (
    WrongSignIn,
    NotAHelperHere,
    NotBesideOneself,
    SecondStepWrong,
    SecondStepUnreadable,
    TooManyTries,
)


class _CodeAsked(Exception):
    """The password is right; the code of the helper's telephone is missing."""


@desk.get("/")
def offer() -> Any:
    """What it means that a helper joins."""
    return show("assistance/offer.html", OfferPage(_office_name(), new_ticket("agree")))


def office_here() -> Organisation | None:
    """The office whose helpers may join: the kiosk's, elsewhere the learner's own."""
    device = this_device()
    return people.find_organisation(device.organisation if device else at_the_desk().office)


def _office_name() -> str:
    office = office_here()
    return office.name(current_language()) if office else ""


@desk.post("/agree")
def agree() -> Any:
    """The learner agrees. It is recorded once a helper has joined."""
    session[AGREED] = [read_ticket("agree").id, int(time.time())]
    return go("assistance.join")


def _agreement() -> tuple[str, datetime]:
    event_id, moment = session.get(AGREED) or ("", 0)
    if not event_id or time.time() - moment > AGREEMENT_HOLDS.total_seconds():
        session.pop(AGREED, None)
        raise AgreeFirst
    return event_id, datetime.fromtimestamp(moment, UTC)


@desk.route("/helper", methods=["GET", "POST"])
def join() -> Any:
    """The helper signs in beside the learner, who stays the person signed in."""
    try:
        event_id, agreed_at = _agreement()
    except AgreeFirst as refusal:
        flash(refusal.sentence.in_words(_), "warning")
        return go("assistance.offer")
    form = HelperForm()
    if not form.is_submitted():
        return _form(HelperForm(formdata=None))
    if not form.validate():
        return _form(form, status=400, needs_code=bool(form.code.data))
    try:
        _join(_recognised(form), event_id, agreed_at)
    except _CodeAsked:
        return _form(form, needs_code=True)
    except _WRONG as refusal:
        status = 429 if isinstance(refusal, TooManyTries) else 400
        return _form(form, refusal, status, needs_code=bool(form.code.data))
    return _welcome()


def _form(
    form: HelperForm, refusal: Refusal | None = None, status: int = 200, needs_code: bool = False
) -> Page:
    refused = refusal.sentence if refusal else None
    at_code = isinstance(refusal, SecondStepWrong | SecondStepUnreadable)
    page = JoinPage(form, _office_name(), needs_code, refused, at_code)
    return show("assistance/join.html", page, status)


def _recognised(form: HelperForm) -> str:
    """The person who signs in beside the learner, with the second step where they have one."""
    helper = recognise(
        login=form.login.data,
        password=form.password.data,
        address=address(),
        at=now(),
        demo=demo_is_on(),
    )
    if has_second_step(helper):
        if not form.code.data:
            raise _CodeAsked
        _take_code(helper, form.code.data)
    return helper


def settings() -> Settings:
    """This server's settings."""
    found: Settings = current_app.settings  # type: ignore[attr-defined]
    return found


def demo_is_on() -> bool:
    """Whether people of the demonstration may come in."""
    return settings().demo


def _take_code(helper: str, typed: str) -> None:
    refuse_too_many_codes(person=helper, address=address(), at=now())
    with writing():
        right = take_second_step(person=helper, typed=typed, key=settings().secret_key, at=now())
    if not right:
        remember_wrong_code(person=helper, address=address(), at=now())
        raise SecondStepWrong


def _join(helper: str, event_id: str, agreed_at: datetime) -> None:
    office = office_here()
    if office is None:
        raise NotAHelperHere
    somebody = at_the_desk()
    with writing():
        begin_assistance(
            session=somebody.session,
            learner=somebody.person,
            helper=helper,
            organisation=office.id,
            agreed_at=agreed_at,
            event_id=event_id,
            at=now(),
        )


def _welcome() -> Any:
    session.pop(AGREED, None)
    session.pop(MODE, None)
    flash(say(MESSAGES["helper-came"]), "success")
    return go("learner.my_learning")


@desk.post("/leave")
def leave() -> Any:
    """The helper leaves. Pressed twice, or too late, nothing more happens."""
    somebody = at_the_desk()
    with writing():
        leave_company()
    if somebody.assisted_by:
        flash(say(MESSAGES["helper-left"]), "success")
    back = way_back()
    return redirect(back, 303) if back else go("learner.my_learning")


@desk.post("/stay")
def stay() -> Any:
    """The helper is still there."""
    somebody = at_the_desk()
    note_assisted_work(session=somebody.session, at=now(), helper_is_there=True)
    back = way_back()
    return redirect(back, 303) if back else go("learner.my_learning")
