"""Choosing a password with a code from a printed sheet or a link from a message."""

from typing import Any

from flask import current_app, flash, url_for
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.refusals import Refusal
from lms.people.access.actions import (
    choose_password,
    refuse_too_many_codes,
    remember_wrong_code,
)
from lms.people.access.links import code_of, link_token
from lms.people.access.queries import code_typed, current_code
from lms.people.access.rules import CodeNotValid
from lms.people.access.sending import wish_for_reset
from lms.people.actions import end_sessions_of, hash_password
from lms.people.rules import PasswordTooShort, TooManyTries
from lms.web.account.admitting import admit
from lms.web.account.desk import desk, settings
from lms.web.account.forms import ForgottenForm, NewPasswordForm, SheetForm
from lms.web.account.pages import ForgottenPage, NewPasswordPage, SheetPage
from lms.web.desk import go, say
from lms.web.language import current_language
from lms.web.pages import Page, show
from lms.web.visitor import address


@desk.get("/start")
def start() -> Any:
    """For who has been given a sheet with a code."""
    return _ask_for_code(SheetForm(formdata=None))


@desk.post("/start")
def take_code() -> Any:
    """The code of a sheet; guessing is slowed down."""
    form = SheetForm()
    if not form.validate():
        return _ask_for_code(form, status=400)
    try:
        refuse_too_many_codes(person="", address=address(), at=now())
        found = code_typed(form.code.data, now())
    except TooManyTries as refusal:
        return _ask_for_code(form, refusal, 429)
    except CodeNotValid as refusal:
        db.session().rollback()
        remember_wrong_code(person="", address=address(), at=now())
        return _ask_for_code(form, refusal, 400)
    return go("account.choose", token=link_token(_key(), found.id))


def _ask_for_code(form: SheetForm, refusal: Refusal | None = None, status: int = 200) -> Page:
    return show(
        "account/start.html", SheetPage(form, refusal.sentence if refusal else None), status
    )


@desk.get("/choose-password/<token>")
def choose(token: str) -> Any:
    """The form for a password. Opening it uses nothing up: mail programs follow links too."""
    try:
        current_code(code_of(_key(), token), now())
    except CodeNotValid as refusal:
        return _not_valid(refusal)
    return _ask_for_password(NewPasswordForm(formdata=None), token)


def _not_valid(refusal: Refusal) -> Any:
    flash(say(refusal.sentence), "warning")
    return go("account.start")


@desk.post("/choose-password/<token>")
def keep_choice(token: str) -> Any:
    """Uses the code up; every session ends, and the person is let in."""
    form = NewPasswordForm()
    try:
        code = code_of(_key(), token)
        current_code(code, now())
    except CodeNotValid as refusal:
        return _not_valid(refusal)
    if not form.validate():
        return _ask_for_password(form, token, status=400)
    try:
        hashed = hash_password(form.new_password.data)
    except PasswordTooShort as refusal:
        return _ask_for_password(form, token, refusal, 400)
    with writing():
        used = choose_password(code=code, password_hash=hashed, at=now())
    end_sessions_of(person=used.person)
    flash(_("Your password is chosen. Use it from now on."), "success")
    return admit(used.person)


def _ask_for_password(
    form: NewPasswordForm, token: str, refusal: Refusal | None = None, status: int = 200
) -> Page:
    url = url_for("account.keep_choice", token=token)
    page = NewPasswordPage(form, url, refusal.sentence if refusal else None)
    return show("account/new_password.html", page, status)


def _key() -> str:
    return str(current_app.secret_key or "")


@desk.get("/forgotten")
def forgotten() -> Any:
    """For who cannot sign in any more."""
    return _ask_for_login(ForgottenForm(formdata=None))


@desk.post("/forgotten")
def wish() -> Any:
    """Takes the wish and always says the same: nobody learns here who has an account."""
    form = ForgottenForm()
    if not settings().mail_server or not form.validate():
        return _ask_for_login(form, status=400)
    try:
        wish_for_reset(
            login=form.login.data, language=current_language(), address=address(), at=now()
        )
    except TooManyTries as refusal:
        return _ask_for_login(form, refusal, 429)
    return show("account/wished.html")


def _ask_for_login(form: ForgottenForm, refusal: Refusal | None = None, status: int = 200) -> Page:
    said = refusal.sentence if refusal else None
    page = ForgottenPage(form, said, bool(settings().mail_server))
    return show("account/forgotten.html", page, status)
