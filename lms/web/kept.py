"""Pages that are the same for every reader but for three things: the reader's name, their form
token and their ticket. Such a page is rendered once; after that only these are put in."""

import secrets
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, Final

from flask import current_app, g, render_template, request, session
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from lms.web.language import COOKIE
from lms.web.visitor import visitor

TICKET: Final = secrets.token_hex(24)
_NAME: Final = secrets.token_hex(24)
_TOKEN: Final = secrets.token_hex(24)
_AT_MOST: Final = 256
_kept: dict[Hashable, str] = {}


def show_kept(key: Hashable, template: str, page: Callable[[], Any], ticket: str) -> str:
    """The HTML of a signed-in visitor's page; `key` names all that it depends on but the three,
    and `page` makes its value with `TICKET` as the ticket."""
    somebody = visitor()
    accompanied = bool(somebody and somebody.assisted_by)
    keeps = not (accompanied or request.query_string or "_flashes" in session)
    key = (key, request.path, _choices(), current_app.config["BUILD"])
    html = _kept.get(key) if keeps else None
    if html is None:
        html = _rendered(template, page())
        if keeps:
            _keep(key, html)
    html = html.replace(_NAME, str(escape(somebody.name if somebody else "")))
    return html.replace(_TOKEN, generate_csrf()).replace(TICKET, ticket)


def _choices() -> Hashable:
    """What the visitor chose to have on every page: kept in cookies, held positions, the kiosk."""
    own = (current_app.config["SESSION_COOKIE_NAME"], COOKIE)
    cookies = sorted(each for each in request.cookies.items() if each[0] not in own)
    somebody = visitor()
    assert somebody is not None
    return (*cookies, somebody.positions, somebody.kiosk, somebody.assisted_by)


def _rendered(template: str, page: Any) -> str:
    somebody, token = visitor(), generate_csrf()
    assert somebody is not None
    g.visitor, g.csrf_token = replace(somebody, name=_NAME), _TOKEN
    try:
        return render_template(template, page=page)
    finally:
        g.visitor, g.csrf_token = somebody, token


def _keep(key: Hashable, html: str) -> None:
    if len(_kept) >= _AT_MOST:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = html
