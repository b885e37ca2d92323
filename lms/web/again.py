"""Nothing typed is lost: a form that could not be taken now is offered again, with what it held.

The fields travel in the page itself, signed with the address they were meant for, and are sent
once more by the person's own click. Passwords never travel so.
"""

from dataclasses import dataclass
from typing import Final

from flask import current_app, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from lms.base.language import Sentence, sentence
from lms.web.pages import Page, show

NEVER_KEPT: Final = ("csrf_token", "password", "new_password", "pin", "later")
LARGEST: Final = 60_000

PAGE_WAS_OLD: Final = sentence(
    "This page had been open for a long time, or the site was restarted, so your work was not "
    "taken yet. It is kept below: press “Send again”."
)
SIGN_IN_FIRST: Final = sentence(
    "You were signed out while you worked. Sign in again: what you had filled in is kept and will "
    "be offered to you."
)


@dataclass(frozen=True, slots=True)
class AgainPage:
    """A form to be sent once more: where to, and its fields in order."""

    sentence: Sentence
    url: str
    fields: tuple[tuple[str, str], ...]


def typed_fields(form: MultiDict[str, str]) -> tuple[tuple[str, str], ...]:
    """What was typed, in order, without what must not be kept."""
    pairs = [(name, value) for name, value in form.items(multi=True) if name not in NEVER_KEPT]
    return tuple(pairs) if sum(len(value) for _, value in pairs) <= LARGEST else ()


def offer_again(because: Sentence, status: int) -> Page:
    """The page that offers the present form again."""
    page = AgainPage(because, request.full_path.rstrip("?"), typed_fields(request.form))
    return show("again.html", page, status)


def came_from_here() -> bool:
    """Whether the browser says that one of our own pages sent this form.

    A page of another site must not be able to fill the form that is offered.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return source.startswith(request.host_url.rstrip("/"))


def _sealed() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="later")


def keep_for_later() -> Page:
    """The sign-in page, with the form that was being sent in its keeping."""
    from lms.web.account.pages import sign_in_page

    fields = typed_fields(request.form) if came_from_here() else ()
    later = _sealed().dumps([request.full_path.rstrip("?"), fields]) if fields else ""
    return show("account/sign_in.html", sign_in_page(notice=SIGN_IN_FIRST, later=str(later)), 401)


def take_up(later: str) -> Page | None:
    """The form kept over a sign-in, offered again; None where there is none."""
    try:
        url, fields = _sealed().loads(later)
    except (BadSignature, ValueError):
        return None
    kept = sentence("Welcome back. What you had filled in is kept: press “Send again”.")
    return show("again.html", AgainPage(kept, url, tuple(map(tuple, fields))))


def home_url() -> str:
    """Where a visitor begins."""
    return url_for("public.home")
