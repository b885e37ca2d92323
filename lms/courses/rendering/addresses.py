"""Where the links, pictures and terms of a page lead."""

import posixpath
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from lms.base.markdown import Picture, References
from lms.courses.rendering.gallery import Gallery
from lms.courses.rules.course import Course, Library, Page
from lms.courses.rules.marking import folded

_SCHEME: Final = re.compile(r"(https?://|mailto:|tel:)[^\s]+", re.IGNORECASE)
_PAGE_ENDING: Final = re.compile(r"(\.[a-z]{2,3}(-[A-Za-z0-9]+)?)?\.md")


@dataclass(slots=True)
class Addresses:
    """Finds what one page points at, and keeps which pictures it showed."""

    course: Course
    page: Page
    gallery: Gallery
    library: Library
    shown: dict[str, Picture] = field(default_factory=dict)

    def references(self) -> References:
        """What the Markdown renderer asks."""
        return References(picture=self._picture, link=self._link, term=self._term)

    def _picture(self, source: str) -> Picture | None:
        picture = self.gallery.pictures.get(path_from(self.page, source))
        if picture:
            self.shown[picture.src] = picture
        return picture

    def _link(self, address: str) -> str | None:
        return address_of(self.course, self.page, address)

    def _term(self, name: str) -> str | None:
        term = self.library.terms.get(self.page.language, {}).get(folded(name))
        return f"/{self.page.language}/glossary#{term}" if term else None


def path_from(page: Page, address: str) -> str:
    """The path in the folder that a relative address on a page means."""
    path = unquote(address).partition("#")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))


def address_of(course: Course, page: Page, address: str) -> str | None:
    """The address a link leads to on the site, None where it leads nowhere."""
    if _SCHEME.fullmatch(address):
        return address
    if address.startswith("#"):
        return "#s-" + address.removeprefix("#").removeprefix("s-")
    home = f"/{page.language}/courses/{course.slug}"
    stem = _PAGE_ENDING.sub("", path_from(page, address))
    if stem == "index":
        return home
    lesson = next((lesson for lesson in course.lessons if lesson.stem == stem), None)
    return f"{home}/{lesson.id}" if lesson else None
