"""Which language this visitor reads: the address says it; without one, account, cookie, browser."""

import re
from functools import lru_cache
from typing import Any, Final

from flask import Flask, Response, g, request, url_for
from flask_babel import Babel, format_date, get_translations

from lms.base.language import LANGUAGES, SOURCE_LANGUAGE
from lms.people import queries as people
from lms.people.rules import zone_of
from lms.web.visitor import visitor

OWN_NAMES: Final = {"fr": "Français", "en": "English"}
LOCALES: Final = {"fr": "fr", "en": "en_001"}
COOKIE: Final = "language"
A_YEAR: Final = 31_536_000
_FIRST_DAY: Final = re.compile(r"\b1(?=\s[^\W\d])")
RULE: Final = "<any(fr,en):language>"


def current_language() -> str:
    """The language of this page."""
    chosen: str | None = g.get("language")
    return chosen or preferred_language()


def preferred_language(account: str | None = None) -> str:
    """What to begin with: account, cookie, the browser's wish, then French."""
    wishes = [account, request.cookies.get(COOKIE), request.accept_languages.best_match(LANGUAGES)]
    return next((wish for wish in wishes if wish in LANGUAGES), SOURCE_LANGUAGE)


def locale() -> str:
    """The locale of dates and numbers; English in the style of the United Nations."""
    return LOCALES[current_language()]


def dateformat(day: Any, style: str | None = None, *, rebase: bool = True) -> str:
    """A date for people: « 1er octobre 2026 », which Babel writes without its ending. Without
    `rebase` a moment is that of UTC, not of the visitor's office."""
    text: str = format_date(day, style, rebase)
    return _FIRST_DAY.sub("1er", text) if current_language() == "fr" else text


def time_zone() -> str:
    """The time zone of the visitor's office, so that every moment reads as on its clock."""
    somebody = visitor()
    return zone_of(_country(somebody.office)).key if somebody else "UTC"


@lru_cache(maxsize=4096)
def _country(office: str) -> str:
    found = people.find_organisation(office)
    return found.country if found else ""


def same_place(language: str) -> str:
    """This page's address in another language."""
    if request.endpoint is None or "language" not in (
        request.url_rule.arguments if request.url_rule else ()
    ):
        return f"/{language}/"
    arguments: dict[str, Any] = {**(request.view_args or {}), "language": language}
    for name, values in request.args.lists():
        arguments.setdefault(name, [_in_language(value, language) for value in values])
    return url_for(request.endpoint, **arguments)


def _in_language(value: str, language: str) -> str:
    """An address inside an address, such as where a sign-in leads, changes its language too."""
    prefix, _, rest = value.removeprefix("/").partition("/")
    return f"/{language}/{rest}" if value.startswith("/") and prefix in LANGUAGES else value


def install(app: Flask, translations: str) -> None:
    """Reads the language from each address and puts it into each address that is built."""
    Babel(
        app,
        default_locale="en",
        default_translation_directories=translations,
        locale_selector=locale,
        timezone_selector=time_zone,
    )
    app.jinja_env.filters["dateformat"] = dateformat
    _translate_templates(app)

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.language = values.pop("language", None) if values else None
        request.view_args = dict(values or {})

    @app.after_request
    def remember_language(response: Response) -> Response:
        read = g.get("language")
        if read and response.mimetype == "text/html" and request.cookies.get(COOKIE) != read:
            response.set_cookie(COOKIE, read, max_age=A_YEAR, samesite="Lax", httponly=True)
        return response

    @app.url_defaults
    def put_language(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = current_language()


def _translate_templates(app: Flask) -> None:
    """The catalogue is found once for each language, not once for each sentence of a page."""
    loaded: dict[str, Any] = {}

    def catalogue() -> Any:
        language = current_language()
        if language not in loaded:
            loaded[language] = get_translations()
        return loaded[language]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: catalogue().ugettext(text),
        ngettext=lambda one, many, count: catalogue().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda about, text: catalogue().upgettext(about, text),
        npgettext=lambda about, one, many, count: catalogue().unpgettext(about, one, many, count),
    )
