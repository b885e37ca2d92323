"""Signing in and out, the language one reads, one's own password."""

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.database import writing
from lms.base.refusals import Refusal
from lms.people import queries as people
from lms.people.actions import (
    change_language,
    change_password,
    prove_password,
)
from lms.people.actions import (
    sign_in as sign_in_person,
)
from lms.people.rules import PasswordTooShort, TooManyTries, WrongSignIn
from lms.settings import Settings
from lms.web.account.forms import PasswordForm, SignInForm
from lms.web.account.pages import AccountPage, sign_in_page
from lms.web.again import take_up
from lms.web.desk import EVERYBODY, Desk, acting_as, at_the_desk, go
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.tickets import new_ticket, read_ticket
from lms.web.visitor import address, farewell, welcome

desk = Desk("account", __name__, admits=(EVERYBODY,))
own = Desk("own", __name__, admits=("learner",), path="/account")


@desk.get("/sign-in")
def sign_in() -> Any:
    """The sign-in form."""
    return show("account/sign_in.html", sign_in_page(next_url=_inside(request.args.get("next"))))


@desk.post("/sign-in")
def enter() -> Any:
    """Checks number and password; the answer is the same for an unknown account."""
    form = SignInForm()
    later, following = request.form.get("later", ""), _inside(request.form.get("next"))
    if not form.validate():
        return show(
            "account/sign_in.html", sign_in_page(form, next_url=following, later=later), 400
        )
    try:
        _person, token = sign_in_person(
            login=form.login.data,
            password=form.password.data,
            address=address(),
            device=request.user_agent.string,
            hours=_settings().session_hours,
            at=now(),
            demo=_settings().demo,
        )
    except (WrongSignIn, TooManyTries) as refusal:
        page = sign_in_page(form, refused=refusal.sentence, next_url=following, later=later)
        return show("account/sign_in.html", page, 429 if isinstance(refusal, TooManyTries) else 400)
    welcome(token)
    kept = take_up(later) if later else None
    return kept or redirect(following or url_for("learner.my_learning"), 303)


def _settings() -> Settings:
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    return settings


def _inside(following: str | None) -> str:
    """An address of this site, or nothing: never a way to another host."""
    given = following or ""
    safe = given.startswith("/") and not given.startswith(("//", "/\\")) and "\n" not in given
    return given if safe else ""


@desk.post("/sign-out")
def sign_out() -> Any:
    """Ends the session, here and on the server."""
    farewell()
    flash(_("You are signed out. Your work is saved."), "success")
    return go("public.home")


@own.get("/")
def my_account() -> Any:
    """Who I am for this site."""
    return show("account/account.html", _account_page(PasswordForm(formdata=None)))


@own.post("/")
def choose_password() -> Any:
    """A new password ends every other session."""
    form = PasswordForm()
    somebody = at_the_desk()
    refused: Refusal | None = None
    if form.validate():
        try:
            prove_password(person=somebody.person, password=form.password.data)
            token = change_password(
                person=somebody.person,
                new_password=form.new_password.data,
                device=request.user_agent.string,
                hours=_settings().session_hours,
                at=now(),
            )
            welcome(token)
            flash(_("Your password is changed. Other devices are signed out."), "success")
            return go("own.my_account")
        except (WrongSignIn, PasswordTooShort) as problem:
            refused = problem
    return show("account/account.html", _account_page(form, refused), 400)


def _account_page(form: PasswordForm, refused: Refusal | None = None) -> AccountPage:
    person = people.current_person(at_the_desk().person)
    office = people.find_organisation(person.office)
    name = office.name(current_language()) if office else ""
    return AccountPage(
        person, name, form, refused.sentence if refused else None, new_ticket("language")
    )


@own.post("/language")
def choose_language() -> Any:
    """The language I read from now on, on every device."""
    ticket = read_ticket("language")
    with writing():
        change_language(
            person=at_the_desk().person,
            language=current_language(),
            by=acting_as("learner"),
            at=now(),
            event_id=ticket.id,
        )
    flash(_("From now on the site greets you in this language."), "success")
    return go("own.my_account")
