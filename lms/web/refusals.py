"""Each refusal's status, and the page that says it."""

import secrets
from dataclasses import dataclass
from typing import Any, Final

import structlog
from flask import Flask, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from lms.base.database import DatabaseBusy, DiskFull, MayNotWrite, RecordIsReadOnly
from lms.base.language import Sentence, sentence
from lms.base.refusals import Refusal
from lms.certificates.rules import CertificateUnknown
from lms.courses.rules import CourseUnknown, EditionUnknown, QuestionUnknown
from lms.exchange.rules.refusals import DraftUnknown, ImportUnknown
from lms.learning.paths.rules import PathUnknown
from lms.learning.rules import AttemptUnknown, HelperMustLeave
from lms.people.assistance.rules import NotAHelperHere
from lms.people.corrections.rules import CorrectionUnknown
from lms.people.rules import OrganisationUnknown, PersonUnknown, TooManyTries
from lms.reports.rules import IndicatorUnknown
from lms.web.again import PAGE_WAS_OLD, came_from_here, offer_again
from lms.web.company import AccountIsMine
from lms.web.desk import NotAtAKioskDesk
from lms.web.pages import Page, show
from lms.web.standing import this_device
from lms.web.visitor import visitor
from lms.workshops.rules.refusals import SittingUnknown, WorkshopUnknown

log = structlog.get_logger("lms.web")

STATUS: Final[dict[type[Refusal], int]] = {
    CertificateUnknown: 404,
    CourseUnknown: 404,
    EditionUnknown: 404,
    IndicatorUnknown: 404,
    QuestionUnknown: 404,
    AttemptUnknown: 404,
    HelperMustLeave: 409,
    AccountIsMine: 403,
    NotAHelperHere: 403,
    NotAtAKioskDesk: 403,
    PathUnknown: 404,
    PersonUnknown: 404,
    CorrectionUnknown: 404,
    DraftUnknown: 404,
    ImportUnknown: 404,
    OrganisationUnknown: 404,
    WorkshopUnknown: 404,
    SittingUnknown: 404,
    TooManyTries: 429,
    DiskFull: 507,
    DatabaseBusy: 503,
    MayNotWrite: 503,
    RecordIsReadOnly: 503,
}
"""A refusal that is not listed answers 400: what was asked cannot be done as it was asked."""

TO_SEND_AGAIN: Final = (DiskFull, DatabaseBusy, MayNotWrite, RecordIsReadOnly)

NOT_FOUND: Final = sentence(
    "This page is not here. Check the address, or look for what you need in the list of courses."
)
NOT_ALLOWED: Final = sentence(
    "Your account does not give access to this page. Your manager can tell you who may open it."
)
TOO_LARGE: Final = sentence("What you sent is too large. Send a smaller file or a shorter text.")
OUR_FAULT: Final = sentence(
    "Something went wrong on our side. What you had saved before is safe. Try again; if it happens "
    "again, give this number to the person who looks after the site: %(number)s"
)
BAD_REQUEST: Final = sentence("The site did not understand this request. Go back and try again.")


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """What happened, and what to do."""

    title: Sentence
    sentence: Sentence
    offers_search: bool = False


def install(app: Flask) -> None:
    """Every refusal and every error becomes a page in the reader's language."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _wrong_token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _answer(page: Page) -> tuple[str, int]:
    return page.render(), page.status


def _refusal(refusal: Refusal) -> Any:
    status = next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), 400)
    if isinstance(refusal, TO_SEND_AGAIN) and request.method == "POST":
        return _answer(offer_again(refusal.sentence, status))
    title = sentence("Page not found") if status == 404 else sentence("This could not be done")
    return _page(title, refusal.sentence, status)


def _wrong_token(_problem: CSRFError) -> Any:
    if this_device() and visitor() is None:
        return redirect(url_for("kiosk.start"), 303)
    if request.form and came_from_here():
        return _answer(offer_again(PAGE_WAS_OLD, 400))
    return _page(sentence("This could not be done"), BAD_REQUEST, 400)


def _http(problem: HTTPException) -> Any:
    if problem.code is None or problem.code < 400:
        return problem
    titles = {
        403: (sentence("You may not open this page"), NOT_ALLOWED),
        404: (sentence("Page not found"), NOT_FOUND),
        413: (sentence("Too large"), TOO_LARGE),
    }
    title, text = titles.get(problem.code, (sentence("This could not be done"), BAD_REQUEST))
    return _page(title, text, problem.code)


def _unexpected(problem: Exception) -> Any:
    if isinstance(problem, OperationalError) and "disk" in str(problem):
        return _refusal(DiskFull())
    number = secrets.token_hex(4).upper()
    rule = request.url_rule.rule if request.url_rule else ""  # an address may hold a code
    log.exception("unexpected error", number=number, page=rule)
    text = Sentence(OUR_FAULT.text, {"number": number})
    return _page(sentence("Something went wrong"), text, 500)


def _page(title: Sentence, text: Sentence, status: int) -> tuple[str, int]:
    return _answer(show("refusal.html", RefusalPage(title, text, status == 404), status))
