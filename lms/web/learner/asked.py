"""What I am asked to learn, until when, and the paths I follow."""

from typing import Any

from flask import url_for

from lms.base.clock import now
from lms.learning.paths.queries import Line, asked_of_learner, current_path, paths_in_force
from lms.learning.paths.rules import Path, PathUnknown, Standing
from lms.web.desk import at_the_desk
from lms.web.dues import course_title, due_words
from lms.web.language import current_language
from lms.web.learner.desk import desk
from lms.web.learner.pages import AskedLine, Link, PathPage, PathStep
from lms.web.pages import show


def asked_lines(person: str) -> tuple[AskedLine, ...]:
    """What is asked of a person and not done, one line a course, what is due first first."""
    paths = paths_in_force()
    lines: dict[str, Line] = {}
    for line in asked_of_learner(person):
        if not line.done:
            lines.setdefault(line.course, line)
    return tuple(_asked_line(line, paths.get(line.subject)) for line in lines.values())


def _asked_line(line: Line, path: Path | None) -> AskedLine:
    today = now().date()
    return AskedLine(
        slug=line.course,
        title=course_title(line.course),
        url=url_for("public.course", slug=line.course),
        words=due_words(line, today, tagged=True),
        late=line.standing(today) is Standing.LATE,
        path=_link(path) if path else None,
    )


def _link(path: Path) -> Link:
    return Link(path.title(current_language()), url_for("learner.open_path", path=path.id))


@desk.get("/my-learning/paths/<path>")
def open_path(path: str) -> Any:
    """A path that I am asked to follow: better in this order, but nothing is locked."""
    asked = asked_of_learner(at_the_desk().person)
    lines = {line.course: line for line in asked if line.subject == path}
    if not lines:
        raise PathUnknown
    found = current_path(path)
    mine = [lines[course] for course in found.courses if course in lines]
    first = next((line for line in mine if not line.done), None)
    page = PathPage(
        title=found.title(current_language()),
        done=sum(line.done for line in mine),
        steps=tuple(_step(line, line is first) for line in mine),
    )
    return show("learner/path.html", page)


def _step(line: Line, is_next: bool) -> PathStep:
    return PathStep(
        title=course_title(line.course),
        url=url_for("public.course", slug=line.course),
        words=due_words(line, now().date()),
        tone="done" if line.done else "current" if is_next else "todo",
    )
