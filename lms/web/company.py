"""A helper beside the learner: every form of an assisted session says so, whatever page it is.

Whose help it was is decided here, once a request, and everything that the request records carries
it. A form that stood open while a helper was there stays one of theirs, also where the helper has
left, or their time was over, before it is sent.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from flask import Flask, Response, current_app, flash, g, request, session
from flask_babel import gettext
from itsdangerous import BadSignature, Signer

from lms.base.clock import now
from lms.base.database import writing
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.assistance.actions import count_left_open, end_assistance, note_assisted_work
from lms.people.assistance.queries import find_assistance, left_open
from lms.people.assistance.rules import (
    LAST_MINUTES,
    ModeUnknown,
    NoHelperHere,
    mode_of,
    shows_the_helper,
)
from lms.people.queries import find_organisation
from lms.people.rules import Position, Visitor
from lms.record.via import Company, stand_with
from lms.web.kiosk_words import MESSAGES
from lms.web.language import current_language
from lms.web.tickets import ticket_of_mine
from lms.web.visitor import visitor

MODE: Final = "help-mode"
BACK: Final = "back"
_WITH_ME: Final = "with-me"
_LEFT: Final = "left-me"
_NO_PAGES: Final = ("root.media", "static")
_MINE_ALONE: Final = "own"
_A_MINUTE: Final = 60


class AccountIsMine(Refusal):
    says = sentence(
        "Your account is yours alone. The helper must leave first: press “The helper leaves”, then "
        "open this page again."
    )


@dataclass(frozen=True, slots=True)
class Band:
    """What every page of an assisted session says: as what, and of which office, somebody helps;
    never who. `mode` is what was chosen last; `asks` says that the end is near."""

    office: str
    position: Position
    until: datetime
    asks: bool
    mode: str
    back: str


def assisted_band() -> Band | None:
    """The band of this page, where a helper is there."""
    somebody = visitor()
    if somebody is None or not somebody.assisted_by:
        return None
    found = find_assistance(somebody.session, now())
    if found is None:
        return None
    office = find_organisation(found.organisation)
    return Band(
        office=office.name(current_language()) if office else "",
        position=found.position,
        until=found.until,
        asks=found.until - now() <= LAST_MINUTES,
        mode=session.get(MODE, "self"),
        back=_sealed("back", request.full_path.rstrip("?") if request.method == "GET" else ""),
    )


def _signer(what: str) -> Signer:
    return Signer(current_app.secret_key or "", salt=what, sep=".")


def _sealed(what: str, text: str) -> str:
    return _signer(what).sign(text).decode()


def _opened(what: str, sealed: str) -> str:
    try:
        return _signer(what).unsign(sealed).decode()
    except (BadSignature, UnicodeDecodeError):
        return ""


def way_back() -> str:
    """The page on which the band's button was pressed, empty where it cannot be shown again."""
    return _opened("back", request.form.get(BACK, ""))


def leave_company() -> None:
    """The helper leaves, in the present write transaction; the rest of the request is the
    learner's alone."""
    somebody = visitor()
    if somebody and somebody.assisted_by:
        end_assistance(session=somebody.session, at=now())
        g.visitor = replace(somebody, assisted_by="")
    _remember_who_left()
    stand_with(None)
    session.pop(MODE, None)


def has_just_left() -> bool:
    """Whether no helper is here any more, but one was while the form that was sent stood open."""
    somebody = visitor()
    return bool(somebody and not somebody.assisted_by and _helper_of_form())


def install(app: Flask) -> None:
    """Whatever a form records says who helped. Must come after the form's token is checked."""
    app.before_request(_begin)
    app.after_request(_note_work)
    app.teardown_request(_end)
    last_count = [0.0]

    @app.after_request
    def count_now_and_then(response: Response) -> Response:
        if request.method == "POST" and time.monotonic() - last_count[0] > _A_MINUTE:
            last_count[0] = time.monotonic()
            _count_left_open()
        return response


def _begin() -> None:
    if request.endpoint not in _NO_PAGES:
        _notice_who_left()
    if request.blueprint == _MINE_ALONE:
        somebody = visitor()
        if somebody and somebody.assisted_by:
            raise AccountIsMine
    if request.method == "POST":
        stand_with(_company())


def _notice_who_left() -> None:
    """A helper whose time is over has gone without a word: the next page says so."""
    somebody = visitor()
    if somebody is None:
        return
    if somebody.assisted_by:
        if session.get(_WITH_ME) != somebody.assisted_by:
            session[_WITH_ME] = somebody.assisted_by
    elif _WITH_ME in session:
        _remember_who_left()
        session.pop(MODE, None)
        flash(MESSAGES["time-over"].in_words(gettext), "warning")


def _remember_who_left() -> None:
    helper = session.pop(_WITH_ME, "")
    if helper:
        session[_LEFT] = [helper, now().timestamp()]


def _company() -> Company | None:
    somebody = visitor()
    if somebody is None:
        return None
    mode = mode_of(request.form.get(MODE, ""))
    helper = somebody.assisted_by or _helper_of_form()
    if not helper and shows_the_helper(mode):
        raise NoHelperHere
    return Company(helper, mode) if helper else None


def _helper_of_form() -> str:
    """Who was there when the form was shown, or came and left while it stood open."""
    ticket = ticket_of_mine()
    if ticket is None or ticket.beside:
        return ticket.beside if ticket else ""
    helper, left_at = session.get(_LEFT) or ("", 0.0)
    return str(helper) if ticket.opened_at.timestamp() < left_at else ""


def _note_work(response: Response) -> Response:
    """What was saved shows that the session is not over; what a helper read or typed, that they
    are still there. No page of an assisted session is kept anywhere."""
    somebody: Visitor | None = g.get("visitor")
    if somebody is None or not somebody.assisted_by:
        return response
    response.headers["Cache-Control"] = "no-store"
    response.headers.pop("ETag", None)
    saved = request.method == "POST" and response.status_code < 400
    if saved and request.blueprint == "learner":
        try:
            mode = mode_of(request.form.get(MODE, ""))
        except ModeUnknown:
            return response
        if MODE in request.form:
            session[MODE] = mode
        note_assisted_work(
            session=somebody.session, at=now(), helper_is_there=shows_the_helper(mode)
        )
    return response


def _end(_problem: BaseException | None) -> None:
    stand_with(None)


def _count_left_open() -> None:
    """Sessions that ended by themselves are counted by whoever comes next."""
    if not left_open(now()):
        return
    try:
        with writing():
            count_left_open(at=now())
    except Refusal:
        current_app.logger.warning("assisted sessions could not be counted yet")
