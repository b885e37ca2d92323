"""The trainer's desk: my courses, from the folder to the edition, and who is where in them."""

from typing import Any, Final

from flask import Response, abort, flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.database import writing
from lms.base.language import Sentence, sentence
from lms.courses.actions import (
    CourseIdTaken,
    CourseIsDraft,
    CourseNotReady,
    NothingChanged,
    ready_folder,
)
from lms.courses.actions import publish_course as publish
from lms.courses.rules import Edition
from lms.web.desk import acting_as, go
from lms.web.pages import show
from lms.web.tickets import read_ticket
from lms.web.trainer import workshops, workshops_people, workshops_roll
from lms.web.trainer.course import course_page
from lms.web.trainer.desk import desk
from lms.web.trainer.editions import compare_page, edition_of_course, zipped
from lms.web.trainer.folders import current_folder, current_preview, folder_named
from lms.web.trainer.forms import PublishForm
from lms.web.trainer.listing import courses_page
from lms.web.trainer.preview import lesson_page, preview_page, test_page

__all__ = ["desk", "workshops", "workshops_people", "workshops_roll"]

NOT_NOW: Final = (CourseNotReady, NothingChanged, CourseIsDraft, CourseIdTaken)
FOLDER_CHANGED: Final = sentence(
    "The folder has changed since you opened this page. Look at the list below, then publish."
)
PICTURES_ONLY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@desk.get("/courses")
def courses() -> Any:
    """Every course folder of this server, and where it stands."""
    return show("trainer/courses.html", courses_page())


@desk.get("/courses/<slug>")
def open_course(slug: str) -> Any:
    """One course: what to correct, its editions, who is where."""
    return show("trainer/course.html", course_page(slug))


@desk.post("/courses/<slug>/publish")
def publish_course(slug: str) -> Any:
    """The folder becomes the course's next edition."""
    form, ticket = PublishForm(), read_ticket("publish", slug)
    if not form.validate():
        return _not_published(slug, form)
    if request.form.get("folder") != current_folder(slug).hash:
        return _not_published(slug, form, FOLDER_CHANGED)
    try:
        edition = _publish(slug, form.note.data.strip(), ticket.id)
    except NOT_NOW as refusal:
        return _not_published(slug, form, refusal.sentence)
    flash(_("Edition %(number)s is published.", number=edition.number), "success")
    return go("trainer.open_course", slug=slug)


def _publish(slug: str, note: str, event_id: str) -> Edition:
    """Reading, checking and rendering take a second or two, so they come before the lock."""
    ready = ready_folder(folder_named(slug))
    with writing():
        return publish(ready=ready, note=note, by=acting_as("trainer"), event_id=event_id, at=now())


def _not_published(slug: str, form: PublishForm, refused: Sentence | None = None) -> Any:
    return show("trainer/course.html", course_page(slug, form, refused), 400)


@desk.get("/courses/<slug>/preview")
def preview_course(slug: str) -> Any:
    """The course's page as learners would see it."""
    return show("trainer/preview.html", preview_page(slug))


@desk.get("/courses/<slug>/preview/lessons/<lesson>")
def preview_lesson(slug: str, lesson: str) -> Any:
    """A lesson as learners would see it, with the keys of its questions."""
    return show("trainer/preview_lesson.html", lesson_page(slug, lesson))


@desk.get("/courses/<slug>/preview/test")
def preview_test(slug: str) -> Any:
    """The final test with its keys."""
    return show("trainer/preview_test.html", test_page(slug))


@desk.get("/courses/<slug>/preview/media/<name>")
def preview_media(slug: str, name: str) -> Any:
    """A picture of a folder that is not published yet."""
    found = current_preview(slug).media.get(name)
    if found is None:
        abort(404)
    response = Response(found.data, mimetype=found.media_type)
    response.headers["Content-Security-Policy"] = PICTURES_ONLY
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@desk.get("/courses/<slug>/compare")
def compare_editions(slug: str) -> Any:
    """What changed between two editions, line by line."""
    return show("trainer/compare.html", compare_page(slug))


@desk.get("/courses/<slug>/editions/<edition>.zip")
def export_edition(slug: str, edition: str) -> Any:
    """The edition's folder as it was published, byte for byte."""
    found = edition_of_course(slug, edition)
    response = Response(zipped(found), mimetype="application/zip")
    name = f"{slug}-{found.number}.zip"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
