"""What every page is given about the site itself: name, languages, menu, visitor, static files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, get_flashed_messages, request, url_for
from flask_babel import gettext as _

from lms.base.language import LANGUAGES
from lms.people.rules import AUDITORS, LOOK_AFTER, Position, Visitor
from lms.settings import Settings
from lms.web.company import Band, assisted_band
from lms.web.desk import say
from lms.web.kiosk_frame import KioskFrame, kiosk_frame
from lms.web.language import OWN_NAMES, current_language, same_place
from lms.web.second_step import second_step_is_missing
from lms.web.visitor import visitor


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One entry of the language switch."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Site:
    """Given to every template as `site`."""

    name: str
    language: str
    demo: bool
    person: Visitor | None
    static: Callable[[str], str]
    kiosk: KioskFrame | None = None
    assisted: Band | None = None

    @property
    def languages(self) -> list[LanguageLink]:
        """The switch: this page in each language, named in that language."""
        return [
            LanguageLink(code, OWN_NAMES[code], same_place(code), code == self.language)
            for code in LANGUAGES
        ]

    @property
    def nav(self) -> list[MenuEntry]:
        """The menu for this visitor."""
        return [
            MenuEntry(label, url_for(endpoint), _is_here(endpoint))
            for label, endpoint in self._entries()
        ]

    def _entries(self) -> list[tuple[str, str]]:
        if self.kiosk and not self.person:
            return [(_("Courses"), "kiosk.look")] if self.kiosk.somebody else []
        entries = [(_("Courses"), "public.catalogue")]
        if self.person is None:
            return entries
        entries.append((_("My learning"), "learner.my_learning"))
        if self.kiosk and not self.assisted:
            entries.append((_("With a helper"), "assistance.offer"))
        desks: tuple[tuple[tuple[Position, ...], str, str], ...] = (
            (("trainer",), _("Course desk"), "trainer.courses"),
            (("trainer",), _("Workshops"), "trainer.workshops"),
            (LOOK_AFTER, _("People"), "manager.people"),
            (("helper", "manager"), _("Counter"), "counter.today"),
            (("training-manager", "coordinator", "engineer"), _("Kiosks"), "devices.enrolled"),
            (("secretariat",), _("Figures"), "secretariat.figures"),
            (("secretariat",), _("Rights"), "rights.people"),
            (("engineer",), _("Server"), "engineer.state"),
            (AUDITORS, _("Audit trail"), "audit.notes"),
        )
        entries += [
            (label, endpoint)
            for positions, label, endpoint in desks
            if self.person.paths_as(*positions) and (not self.kiosk or endpoint == "counter.today")
        ]
        return entries

    @property
    def reminder(self) -> str:
        """Where to set up the second step of signing in, on the pages that it protects."""
        wanted = request.blueprint in _PROTECTED and second_step_is_missing(self.person)
        return url_for("own.my_second_step") if wanted else ""

    @property
    def messages(self) -> list[tuple[str, str]]:
        """What the last form had to say: (kind, text)."""
        kept = cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))
        return [(str(kind), str(text)) for kind, text in kept]

    @property
    def canonical_path(self) -> str:
        """This page's address without its query."""
        return request.path

    @property
    def home_url(self) -> str:
        """Where the name leads."""
        if self.kiosk:
            return self.kiosk.home_url
        return url_for("learner.my_learning" if self.person else "public.home")

    @property
    def sign_in_url(self) -> str:
        """Where to sign in, coming back here."""
        here = request.full_path.rstrip("?")
        leads_home = request.endpoint in ("account.sign_in", "public.home")
        back = here if request.method == "GET" and not leads_home else None
        return url_for("account.sign_in", next=back)

    @property
    def sign_out_url(self) -> str:
        """Where to sign out."""
        return url_for("account.sign_out")

    @property
    def help_url(self) -> str:
        """Help."""
        if self.kiosk:
            return self.kiosk.help_url
        return url_for("public.help_page")

    @property
    def privacy_url(self) -> str:
        """What is kept about a person."""
        return url_for("public.privacy")

    @property
    def glossary_url(self) -> str:
        """The glossary."""
        return url_for("public.glossary")


_PROTECTED = ("manager", "secretariat", "engineer", "rights", "audit")


def _is_here(endpoint: str) -> bool:
    return request.endpoint == endpoint


def install(app: Flask, static: Callable[[str], str]) -> None:
    """Gives `site` to every template."""

    @app.context_processor
    def give_site() -> dict[str, Any]:
        settings: Settings = app.settings  # type: ignore[attr-defined]
        site = Site(
            name=settings.site_name,
            language=current_language(),
            demo=settings.demo,
            person=visitor(),
            static=static,
            kiosk=kiosk_frame(),
            assisted=assisted_band(),
        )
        return {"site": site, "say": say}
