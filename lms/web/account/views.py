"""Signing in and out, the language one reads, one's own password."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.database import writing
from lms.base.refusals import Refusal
from lms.people import queries as people
from lms.people.access.queries import find_second_step, sessions_of
from lms.people.actions import change_language, change_password, recognise
from lms.people.rules import PasswordTooShort, TooManyTries, WrongSignIn
from lms.web.account import functioning, my_data, second_step, sessions, sso, ways_in
from lms.web.account.admitting import admit, inside
from lms.web.account.desk import desk, not_at_a_kiosk, own, settings
from lms.web.account.forms import PasswordForm, SignInForm
from lms.web.account.pages import AccountPage, sign_in_page
from lms.web.account.proving import prove
from lms.web.desk import acting_as, at_the_desk, go
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.standing import this_device
from lms.web.tickets import new_ticket, read_ticket
from lms.web.visitor import address, farewell, welcome

__all__ = ["desk", "functioning", "my_data", "own", "second_step", "sessions", "sso", "ways_in"]


@desk.get("/sign-in")
def sign_in() -> Any:
    """The sign-in form."""
    return show("account/sign_in.html", sign_in_page(next_url=inside(request.args.get("next"))))


@desk.post("/sign-in")
def enter() -> Any:
    """Checks number and password; the answer is the same for an unknown account."""
    form = SignInForm()
    later, following = request.form.get("later", ""), inside(request.form.get("next"))
    if not form.validate():
        return show(
            "account/sign_in.html", sign_in_page(form, next_url=following, later=later), 400
        )
    try:
        person = recognise(
            login=form.login.data,
            password=form.password.data,
            address=address(),
            at=now(),
            demo=settings().demo,
        )
    except (WrongSignIn, TooManyTries) as refusal:
        page = sign_in_page(form, refused=refusal.sentence, next_url=following, later=later)
        return show("account/sign_in.html", page, 429 if isinstance(refusal, TooManyTries) else 400)
    return admit(person, following, later)


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
    somebody = not_at_a_kiosk()
    refused: Refusal | None = None
    if form.validate():
        try:
            prove(somebody.person, form.password.data)
            token = change_password(
                person=somebody.person,
                new_password=form.new_password.data,
                device=request.user_agent.string,
                hours=settings().session_hours,
                at=now(),
                address=address(),
            )
            welcome(token)
            flash(_("Your password is changed. Other devices are signed out."), "success")
            return go("own.my_account")
        except (WrongSignIn, TooManyTries, PasswordTooShort) as problem:
            refused = problem
    return show("account/account.html", _account_page(form, refused), 400)


def _account_page(form: PasswordForm, refused: Refusal | None = None) -> AccountPage:
    somebody = at_the_desk()
    person = people.current_person(somebody.person)
    office = people.find_organisation(person.office)
    step = find_second_step(somebody.person)
    return AccountPage(
        person=person,
        office=office.name(current_language()) if office else "",
        form=form,
        refused=refused.sentence if refused else None,
        ticket=new_ticket("language"),
        devices=len(sessions_of(somebody.person, now())),
        second_step_since=step.set_at if step else None,
        kiosk=somebody.kiosk or this_device() is not None,
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
