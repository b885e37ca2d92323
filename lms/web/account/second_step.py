"""The second step of signing in: set up, asked for, taken away."""

from typing import Any

import segno
from flask import current_app, flash, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup

from lms.base.clock import now
from lms.base.database import writing
from lms.base.ids import derived_id
from lms.base.refusals import Refusal
from lms.people.access.actions import (
    refuse_too_many_codes,
    remember_wrong_code,
    remove_second_step,
    renew_recovery_codes,
    set_second_step,
    take_second_step,
)
from lms.people.access.queries import find_second_step, has_second_step, recovery_codes_left
from lms.people.access.rules import (
    SecondStepTooLate,
    SecondStepUnreadable,
    SecondStepWrong,
    address_for_telephone,
    in_groups,
    new_secret,
)
from lms.people.queries import current_person, has_password, may_enter
from lms.people.rules import TooManyTries, Visitor, WrongSignIn
from lms.record.events import Actor
from lms.web.account.admitting import half_way, inside, let_in
from lms.web.account.desk import desk, not_at_a_kiosk, own, settings
from lms.web.account.forms import CodeForm, ProveForm, SetUpForm
from lms.web.account.pages import CodePage, RecoveryPage, SecondStepPage
from lms.web.account.proving import prove
from lms.web.desk import go, say
from lms.web.pages import Page, show
from lms.web.tickets import Ticket, new_ticket, read_ticket
from lms.web.visitor import address

_AN_HOUR = 3600


@desk.get("/sign-in/code")
def second_step() -> Any:
    """The page again, after a reload."""
    try:
        half_way()
    except SecondStepTooLate as refusal:
        return _begin_again(refusal)
    return _ask(CodeForm(formdata=None))


def _begin_again(refusal: Refusal) -> Any:
    flash(say(refusal.sentence), "warning")
    return go("account.sign_in")


@desk.post("/sign-in/code")
def take_code_of_telephone() -> Any:
    """Checks the code; the password was right already."""
    form = CodeForm()
    try:
        person = half_way()
    except SecondStepTooLate as refusal:
        return _begin_again(refusal)
    if not form.validate():
        return _ask(form, status=400)
    try:
        _take(person, form.code.data)
    except (SecondStepWrong, SecondStepUnreadable, TooManyTries) as refusal:
        return _ask(form, refusal, 429 if isinstance(refusal, TooManyTries) else 400)
    return let_in(person, inside(request.form.get("next")), request.form.get("later", ""))


def _take(person: str, typed: str) -> None:
    refuse_too_many_codes(person=person, address=address(), at=now())
    with writing():
        right = may_enter(person) and take_second_step(
            person=person, typed=typed, key=settings().secret_key, at=now()
        )
    if not right:
        remember_wrong_code(person=person, address=address(), at=now())
        raise SecondStepWrong


def _ask(form: CodeForm, refusal: Refusal | None = None, status: int = 200) -> Page:
    said = refusal.sentence if refusal else None
    following, later = inside(request.form.get("next")), request.form.get("later", "")
    return show("account/code.html", CodePage(form, said, following, later), status)


@own.get("/second-step")
def my_second_step() -> Any:
    """Set it up, or what it is now."""
    return _page(not_at_a_kiosk(), SetUpForm(formdata=None))


@own.post("/second-step")
def keep_second_step() -> Any:
    """Turns it on once the telephone shows the right code."""
    visitor, form = not_at_a_kiosk(), SetUpForm()
    ticket, secret = read_ticket("second-step.set"), _opened(request.form.get("secret", ""))
    if has_second_step(visitor.person):
        return go("own.my_second_step")
    if not secret or not form.validate():
        return _page(visitor, form, status=400, secret=secret)
    try:
        _prove(visitor.person, form.password.data)
        codes = _set(visitor.person, secret, form.code.data)
    except (WrongSignIn, SecondStepWrong, TooManyTries) as refusal:
        return _page(visitor, form, refusal, 400, secret)
    return _show_codes(codes, ticket)


def _set(person: str, secret: str, code: str) -> list[str]:
    with writing():
        return set_second_step(
            person=person, secret=secret, code=code, key=settings().secret_key, at=now()
        )


def _prove(person: str, password: str) -> None:
    """Who only signs in by way of another site has no password to give."""
    if has_password(person):
        prove(person, password or "")


@own.post("/second-step/codes")
def renew_codes() -> Any:
    """Ten new recovery codes; the old ones stop working."""
    visitor, form = not_at_a_kiosk(), ProveForm()
    ticket = read_ticket("second-step.codes")
    if not has_second_step(visitor.person):
        return go("own.my_second_step")
    try:
        _prove(visitor.person, form.password.data)
    except (WrongSignIn, TooManyTries) as refusal:
        return _page(visitor, SetUpForm(formdata=None), refusal, 400)
    with writing():
        codes = renew_recovery_codes(person=visitor.person, key=settings().secret_key)
    return _show_codes(codes, ticket)


@own.post("/second-step/off")
def remove_my_second_step() -> Any:
    """Turns it off, where the site does not ask for it."""
    visitor, form = not_at_a_kiosk(), ProveForm()
    ticket = read_ticket("second-step.off")
    try:
        _prove(visitor.person, form.password.data)
    except (WrongSignIn, TooManyTries) as refusal:
        return _page(visitor, SetUpForm(formdata=None), refusal, 400)
    with writing():
        remove_second_step(
            person=visitor.person,
            by=Actor(visitor.person),
            at=now(),
            event_id=derived_id("audit", ticket.id),
        )
    flash(_("From now on the password alone signs you in."), "success")
    return go("own.my_account")


def _show_codes(codes: list[str], _ticket: Ticket) -> Page:
    return show("account/recovery_codes.html", RecoveryPage(tuple(codes)))


def _page(
    visitor: Visitor,
    form: SetUpForm,
    refusal: Refusal | None = None,
    status: int = 200,
    secret: str = "",
) -> Page:
    step = find_second_step(visitor.person)
    secret = secret or new_secret()
    person = current_person(visitor.person)
    login = person.email or person.staff_number or person.number
    page = SecondStepPage(
        form=form,
        prove=ProveForm(formdata=None),
        since=step.set_at if step else None,
        codes_left=recovery_codes_left(visitor.person) if step else 0,
        picture="" if step else _picture(address_for_telephone(secret, login, _site_name())),
        key="" if step else in_groups(secret),
        sealed="" if step else str(_sealer().dumps(secret)),
        has_password=has_password(visitor.person),
        refused=refusal.sentence if refusal else None,
        tickets={name: new_ticket(f"second-step.{name}") for name in ("set", "codes", "off")},
        url=url_for("own.keep_second_step"),
    )
    return show("account/second_step.html", page, status)


def _site_name() -> str:
    return settings().site_name


def _picture(text: str) -> Markup:
    made = segno.make(text, error="m", micro=False)
    return Markup(
        made.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    )


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key or ""), salt="second-step")


def _opened(sealed: str) -> str:
    """The secret that was shown; empty where the form is old or altered."""
    try:
        return str(_sealer().loads(sealed, max_age=_AN_HOUR))
    except BadSignature:
        return ""
