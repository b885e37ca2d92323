"""What is asked of one person, for the pages that say it."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from lms.base.clock import now
from lms.learning.paths import queries as asked
from lms.learning.paths.queries import Line
from lms.learning.paths.rules import Standing
from lms.people.rules import Person
from lms.web.dues import course_title, due_words
from lms.web.language import current_language
from lms.web.manager.pages import AskedLine
from lms.web.tickets import new_ticket


def asked_lines(person: Person) -> tuple[AskedLine, ...]:
    """What is asked of a person, path by path and course by course."""
    lines = asked.asked_of_learner(person.id)
    titles = {path.id: path.title(current_language()) for path in asked.paths_in_force().values()}
    return tuple(_asked_line(line, person, titles, now().date()) for line in lines)


def _asked_line(line: Line, person: Person, titles: Mapping[str, str], today: date) -> AskedLine:
    title = course_title(line.course)
    if line.subject in titles:
        title = _("%(course)s (path “%(path)s”)", course=title, path=titles[line.subject])
    standing = line.standing(today)
    return AskedLine(
        title=title,
        words=due_words(line, today, tagged=True),
        state={Standing.LATE: "red", Standing.DONE: "green"}.get(standing, "grey"),
        subject=line.subject,
        ticket=new_ticket("unenrol", person.id, line.subject),
        by_rule=bool(line.rule),
    )
