"""The list of course folders, and where each stands in words."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.courses.queries import find_current_edition
from lms.courses.rules import Edition
from lms.learning.queries import counts_by_course
from lms.web.language import current_language
from lms.web.trainer.folders import CourseFolder, current_folder, slugs
from lms.web.trainer.pages import CoursesPage, FolderLine, FolderState


def courses_page() -> CoursesPage:
    """Every folder with its edition, its state and how many learners it has."""
    counts = counts_by_course()
    return CoursesPage(tuple(_line(slug, counts.get(slug, (0, 0))) for slug in slugs()))


def _line(slug: str, counts: tuple[int, int]) -> FolderLine:
    folder, edition = current_folder(slug), find_current_edition(slug)
    return FolderLine(
        title=folder.title(current_language()),
        url=url_for("trainer.open_course", slug=slug),
        edition=edition.number if edition else None,
        state=state_of(folder, edition),
        began=counts[0],
        completed=counts[1],
    )


def state_of(folder: CourseFolder, edition: Edition | None) -> FolderState:
    """Problems first, then whether learners have what the folder holds."""
    if folder.errors:
        words = ngettext("%(num)s problem to correct", "%(num)s problems to correct", folder.errors)
        return FolderState(words, "red", False)
    if edition and edition.hash == folder.hash:
        return FolderState(_("Published"), "green", False)
    if folder.status == "draft":
        return FolderState(_("Draft"), "grey", False)
    if edition is None:
        return FolderState(_("Ready to publish"), "blue", True)
    return FolderState(_("Changed, not published since"), "yellow", True)
