"""How far somebody is in a course, in words, for every desk that says it."""

from collections.abc import Sequence

from flask_babel import format_percent, ngettext
from flask_babel import gettext as _

from lms.courses.queries import find_edition
from lms.learning.queries import Overview


def how_far(line: Overview) -> str:
    """One line about one course: “3 lessons of 8; the test remains”."""
    if line.completed:
        return str(_("Completed"))
    lessons: str = ngettext(
        "%(num)s lesson of %(required)s",
        "%(num)s lessons of %(required)s",
        line.lessons_done,
        required=line.lessons_required,
    )
    if line.passed or not _has_test(line.edition):
        return lessons
    if line.best_percent is None:
        return str(_("%(lessons)s; the test remains", lessons=lessons))
    percent = format_percent(line.best_percent / 100)
    return str(
        _("%(lessons)s; test not passed yet (%(percent)s)", lessons=lessons, percent=percent)
    )


def done_so_far(lines: Sequence[Overview]) -> str:
    """All courses of one person: “2 courses completed; 1 begun”."""
    completed = sum(line.completed for line in lines)
    begun = len(lines) - completed
    if not lines:
        return str(_("Nothing begun yet"))
    if not completed:
        return str(ngettext("%(num)s course begun", "%(num)s courses begun", begun))
    first = str(ngettext("%(num)s course completed", "%(num)s courses completed", completed))
    if not begun:
        return first
    return str(ngettext("%(first)s; %(num)s begun", "%(first)s; %(num)s begun", begun, first=first))


def _has_test(edition: str) -> bool:
    found = find_edition(edition)
    return bool(found and found.test)
