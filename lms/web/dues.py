"""Until when somebody is asked to do a course, and what is left of it, in words."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from lms.courses.queries import find_current_edition
from lms.learning.paths.queries import Line
from lms.learning.paths.rules import Standing
from lms.web.language import current_language, dateformat
from lms.web.shelf import text_of


def due_words(line: Line, today: date, *, tagged: bool = False) -> str:
    """One line: “To finish by 3 March 2026; 2 lessons left”. `tagged`: a tag before it says that it
    is late."""
    if line.done:
        return str(_("Completed"))
    left = left_words(line)
    if not line.due:
        return left
    day = dateformat(date.fromisoformat(line.due), "long")
    if line.standing(today) is Standing.LATE and not tagged:
        return str(_("Late: it was to be finished by %(day)s; %(left)s", day=day, left=left))
    return str(_("To finish by %(day)s; %(left)s", day=day, left=left))


def left_words(line: Line) -> str:
    """What is left: “2 lessons left”, “the test remains”."""
    required = line.lessons_required
    if not required:
        edition = find_current_edition(line.course)
        required = len(edition.required_lesson_ids) if edition else 0
    left = required - line.lessons_done
    if left <= 0:
        return str(_("the test remains"))
    return str(ngettext("%(num)s lesson left", "%(num)s lessons left", left))


def days_late(line: Line, today: date) -> str:
    """How long it is late: “12 days late”."""
    days = (today - date.fromisoformat(line.due)).days
    return str(ngettext("%(num)s day late", "%(num)s days late", days))


def course_title(slug: str) -> str:
    """A course's title in the reader's language; its slug where it is not here."""
    edition = find_current_edition(slug)
    return text_of(edition.hash, current_language()).title if edition else slug
