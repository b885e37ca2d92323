"""A browser without script for tests: fills in real forms and checks every page it is given."""

import time
from collections import Counter
from functools import lru_cache
from gettext import NullTranslations, translation
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask, g
from werkzeug.test import TestResponse

from lms.base.database import db
from lms.settings import SITE


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    return translation("messages", SITE / "translations", [language], fallback=True)


def said(language: str, text: str, **values: object) -> str:
    """What the site says in a language for an English message."""
    words = _catalogue(language).gettext(text)
    return words % values if values else words


class Seen:
    """One answer of the site, and its page where it is one."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.is_page = response.mimetype == "text/html" and self.status not in (301, 302, 303, 304)
        self.html = response.get_data(as_text=True) if self.is_page else ""
        self.soup = BeautifulSoup(self.html, "html.parser")

    @property
    def text(self) -> str:
        """The words of the page, with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def main(self) -> str:
        """The words of the page's main part."""
        main = self.soup.find("main")
        return " ".join(main.get_text(" ").split()) if main else ""

    @property
    def title(self) -> str:
        """The title."""
        return self.soup.title.get_text() if self.soup.title else ""

    def form(self, contains: str = "") -> Tag:
        """The form of the main part whose action or words contain a text."""
        main = self.soup.find("main")
        assert isinstance(main, Tag), "there is no main part"
        for form in main.find_all("form", method="post"):
            if contains in str(form.get("action")) or contains in form.get_text(" "):
                return form
        raise AssertionError(f"no form with “{contains}” in: {self.text[:400]}")

    def link(self, words: str) -> str:
        """The address behind a link's words."""
        for link in self.soup.find_all("a"):
            if words in " ".join(link.get_text(" ").split()):
                return str(link["href"])
        raise AssertionError(f"no link “{words}” in: {self.text[:400]}")


def fields_of(form: Tag) -> dict[str, list[str]]:
    """What a browser would send for a form as it stands."""
    values: dict[str, list[str]] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = str(field.get("name") or ""), field.get("type", "text")
        if not name or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = [o for o in field.find_all("option") if o.has_attr("selected")]
            options = chosen or field.find_all("option")[:1]
            values.setdefault(name, []).extend(str(o.get("value", "")) for o in options)
        elif field.name == "textarea":
            values.setdefault(name, []).append(field.get_text())
        else:
            values.setdefault(name, []).append(str(field.get("value", "on")))
    return values


class TestVisitor:
    """Fetches pages and sends forms; follows redirects."""

    __test__ = False

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = app.test_client()
        self.person = ""

    def enter(self, token: str, person: str) -> None:
        """Signs in with a session that was begun already."""
        with self.http.session_transaction() as session:
            session["_user_id"] = token
            session["seen"] = int(time.time())
        self.person = person

    def get(self, url: str, *, status: int | None = 200, follow: bool = True, **given: Any) -> Seen:
        """Fetches a page."""
        forget_request()
        return self._seen(self.http.get(url, follow_redirects=follow, **given), status)

    def post(
        self,
        url: str,
        data: dict[str, Any],
        *,
        status: int | None = 200,
        follow: bool = True,
        **given: Any,
    ) -> Seen:
        """Sends fields as they are, with no token that was not given."""
        forget_request()
        return self._seen(self.http.post(url, data=data, follow_redirects=follow, **given), status)

    def send(
        self,
        page: Seen,
        contains: str = "",
        *,
        status: int | None = 200,
        headers: dict[str, str] | None = None,
        **changes: Any,
    ) -> Seen:
        """Sends a form of the page with these fields changed; None leaves a field out.

        Names with a dash are given with two underscores: answer__left for answer-left.
        """
        form = page.form(contains)
        data: dict[str, Any] = dict(fields_of(form))
        for name, value in changes.items():
            data[name.replace("__", "-")] = value
        data = {name: value for name, value in data.items() if value is not None}
        url = str(form.get("action") or page.response.request.path)
        return self.post(url, data, status=status, headers=headers or {})

    def _seen(self, response: TestResponse, status: int | None) -> Seen:
        db.session.rollback()
        seen = Seen(response)
        assert status is None or seen.status == status, f"{seen.status}: {seen.main[:600]}"
        if seen.is_page:
            check_page(seen)
        return seen


def forget_request() -> None:
    """A test's own app context lasts over several requests: what one of them kept must go."""
    vars(g._get_current_object()).clear()


def check_page(seen: Seen) -> None:
    """What is true of every page: title, language, one h1, unique ids, labels, no inline script."""
    soup = seen.soup
    assert seen.title.strip(" –"), "a page has a title"
    html = soup.find("html")
    assert isinstance(html, Tag) and html.get("lang") in ("fr", "en")
    assert len(soup.find_all("h1")) == 1, f"one h1, not {len(soup.find_all('h1'))}: {seen.title}"
    ids = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    assert not [each for each, times in ids.items() if times > 1], (
        f"ids twice: {ids.most_common(3)}"
    )
    labels = {str(label.get("for")) for label in soup.find_all("label")}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") not in ("hidden", "submit") and not field.get("aria-label"):
            assert field.get("id") in labels, f"no label: {field}"
    assert not soup.find_all(style=True), "no inline style"
    assert all(script.get("src") for script in soup.find_all("script")), "no inline script"
    assert not soup.find_all(required=True), "the site itself says what is missing"
