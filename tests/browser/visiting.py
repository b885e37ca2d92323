"""Somebody at a phone: a browser window of their own that notes everything that goes wrong."""

from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Request, Response

from lms.demo import PASSWORD
from tests.browser.people import Learner
from tests.browser.serving import Site

PHONE: Final = {"width": 360, "height": 740}
LOCALES: Final = {"fr": "fr-FR", "en": "en-GB"}
_REFUSED_PAGE: Final = "Failed to load resource: the server responded with a status of"


class Visit:
    """One window, 360 px wide. `troubles` are console errors and requests to other hosts."""

    def __init__(
        self, chromium: Browser, site: Site, *, script: bool = True, language: str = "en"
    ) -> None:
        self.site = site
        self.language = language
        self.script = script
        self.troubles: list[str] = []
        self._refused: set[str] = set()
        self.context = chromium.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            locale=LOCALES[language],
            java_script_enabled=script,
            base_url=site.url,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(10_000)
        self.context.on("request", self._note_request)
        self.context.on("response", self._note_response)
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda wrong: self.troubles.append(f"script: {wrong.error}"))
        self.page = self.context.new_page()

    def leave(self) -> None:
        """Closes the window without signing out."""
        self.context.close()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.site.url + "/", "data:", "blob:", "about:")):
            self.troubles.append(f"asks another host: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.troubles.append(f"{response.status} {response.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        # A page that refuses is an error to Chromium; what such a page holds is checked apart.
        if message.type in ("error", "warning") and not message.text.startswith(_REFUSED_PAGE):
            self.troubles.append(f"console {message.type}: {message.text}")

    @property
    def path(self) -> str:
        """The address shown, without the host."""
        return self.page.url.removeprefix(self.site.url)

    @property
    def place(self) -> str:
        """The address shown, without the host, its language and its query."""
        return urlsplit(self.page.url).path[len("/xx") :]

    def go(self, path: str) -> Response:
        """Opens an address of the site."""
        response = self.page.goto(path)
        assert response is not None, f"no answer from {path}"
        return response

    def sign_in(self, who: Learner | str) -> None:
        """Signs in through the form."""
        login, password = (who, PASSWORD) if isinstance(who, str) else (who.login, who.password)
        self.go(f"/{self.language}/sign-in")
        self.type_sign_in(login, password)

    def type_sign_in(self, login: str, password: str) -> None:
        """Fills in the sign-in form that is shown, and sends it."""
        self.page.locator("#login").fill(login)
        self.page.locator("#password").fill(password)
        self.send("sign-in")
        assert "/sign-in" not in self.path, self.words

    def button(self, action: str = "") -> Locator:
        """The first button of the main part that sends a form whose address contains a text."""
        wanted = f'[action*="{action}"]' if action else ""
        return self.page.locator(f"main form[method=post]{wanted} [type=submit]").first

    def send(self, action: str = "") -> None:
        """Presses that button and waits for the page that follows."""
        with self.page.expect_navigation():
            self.button(action).click()

    def follow(self, link: Locator) -> None:
        """Presses a link and waits for its page."""
        with self.page.expect_navigation():
            link.first.click()

    def main_link(self, name: str, **given: Any) -> Locator:
        """A link of the main part, by its words."""
        return self.page.locator("main").get_by_role("link", name=name, **given)

    @property
    def words(self) -> str:
        """What the main part says."""
        return " ".join(self.page.locator("main").inner_text().split())
