"""Which file of a folder is what: `02-my-access/01-passphrase.fr.md` and the like."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LANGUAGE: Final = r"(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)"
_NAMED: Final = r"(?P<number>\d{1,3})-(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
_PAGE: Final = re.compile(rf"(?:(?P<folder>[^/]+)/)?(?P<stem>[^/.]+)\.{_LANGUAGE}\.md")
_LESSON: Final = re.compile(_NAMED)
MODULE: Final = re.compile(_NAMED)
MEDIA_FOLDER: Final = "media"
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Named:
    """A file that is a page: `kind` is index, module, lesson or test; `folder` its module's."""

    path: str
    kind: str
    language: str
    folder: str = ""
    number: int = 0
    id: str = ""

    @property
    def stem(self) -> str:
        """The path without language and ending."""
        return self.path.removesuffix(".md").removesuffix(f".{self.language}")


def pages_among(paths: Iterable[str]) -> tuple[list[Named], list[str]]:
    """The pages of a course, and the paths of text files that are none."""
    pages: list[Named] = []
    others: list[str] = []
    for path in sorted(paths):
        if path == "course.yaml" or path.startswith(MEDIA_FOLDER + "/"):
            continue
        page = _named(path)
        if page is None:
            others.append(path)
        else:
            pages.append(page)
    return pages, others


def _named(path: str) -> Named | None:
    found = _PAGE.fullmatch(path)
    if not found:
        return None
    folder, stem, language = found["folder"] or "", found["stem"], found["language"]
    module = MODULE.fullmatch(folder)
    if folder and not module:
        return None
    if stem == "index":
        number, name = (int(module["number"]), module["id"]) if module else (0, "")
        return Named(path, "module" if folder else "index", language, folder, number, name)
    if stem == "test" and not folder:
        return Named(path, "test", language)
    lesson = _LESSON.fullmatch(stem)
    if not lesson:
        return None
    return Named(path, "lesson", language, folder, int(lesson["number"]), lesson["id"])


def is_slug(text: str) -> bool:
    """Whether a folder's name can be a course's address."""
    return bool(_SLUG.fullmatch(text)) and len(text) <= 80
