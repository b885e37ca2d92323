"""Reading a lesson and leaving it."""

import hashlib
from typing import Any

from flask import current_app, make_response, redirect, request, session, url_for

from lms.base.clock import as_text, now
from lms.certificates.actions import issue_if_complete
from lms.courses import queries as courses
from lms.courses.rules import CourseUnknown, Edition
from lms.learning.actions import finish_lesson, start_course
from lms.learning.queries import find_progress
from lms.learning.rules import Progress, Step, next_step, step_after_lesson
from lms.web import shelf
from lms.web.desk import acting_as, at_the_desk, go, saves
from lms.web.kept import TICKET, show_kept
from lms.web.language import current_language
from lms.web.learner.desk import desk
from lms.web.learner.pages import LessonPage, Link, ListenPage
from lms.web.listening import listen_to_lesson
from lms.web.pages import show
from lms.web.tickets import new_ticket, read_ticket


def edition_for(slug: str) -> tuple[Edition, Progress | None]:
    """The edition this visitor reads (the one they began with, else the current one), and how far
    they are."""
    progress = find_progress(at_the_desk().person, slug)
    if progress is None:
        return courses.current_edition(slug), None
    return courses.edition_of(progress.edition), progress


def url_of(step: Step, slug: str) -> str:
    """The page of a step."""
    if step.kind == "lesson":
        return url_for("learner.open_lesson", slug=slug, lesson=step.lesson)
    if step.kind == "question":
        return url_for(
            "learner.open_question", slug=slug, lesson=step.lesson, question=step.question
        )
    if step.kind == "test":
        return url_for("learner.open_test", slug=slug)
    return url_for("public.course", slug=slug)


@desk.get("/courses/<slug>/continue")
def resume(slug: str) -> Any:
    """Exactly where I was."""
    edition, progress = edition_for(slug)
    return go_to(next_step(progress, edition), slug)


def go_to(step: Step, slug: str) -> Any:
    """See other: the page of a step."""
    return redirect(url_of(step, slug), 303)


@desk.post("/courses/<slug>/start")
@saves
def start(slug: str) -> Any:
    """Begins the course with the edition that was shown."""
    edition = request.form.get("edition", "")
    ticket = read_ticket("start", slug, edition)
    start_course(
        learner=at_the_desk().person,
        course=slug,
        edition=edition,
        language=current_language(),
        event_id=ticket.id,
        at=now(),
    )
    return go("learner.resume", slug=slug)


@desk.get("/courses/<slug>/<lesson>")
def open_lesson(slug: str, lesson: str) -> Any:
    """A lesson. It has an ETag: an unchanged page costs no rendering and no bytes. A page that
    says something once, as what the last form did, is shown once."""
    edition, progress = edition_for(slug)
    recording = _recording(edition, lesson)
    if "_flashes" in session:
        return current_app.response_class(
            _html(edition, progress, slug, lesson, recording), headers={"Cache-Control": "no-store"}
        )
    tag = _etag(edition, progress, lesson, recording)
    if request.if_none_match.contains(tag):
        response = current_app.response_class(status=304)
    else:
        response = make_response(_html(edition, progress, slug, lesson, recording))
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _html(
    edition: Edition, progress: Progress | None, slug: str, lesson: str, recording: str
) -> str:
    done = bool(progress and lesson in progress.lessons_done)
    return show_kept(
        (edition.hash, current_language(), done, recording),
        "learner/lesson.html",
        lambda: _lesson_page(edition, progress, slug, lesson),
        new_ticket("lesson", slug, edition.hash, lesson),
    )


def _etag(edition: Edition, progress: Progress | None, lesson: str, recording: str) -> str:
    somebody = at_the_desk()
    parts = (
        edition.hash,
        lesson,
        current_language(),
        as_text(progress.last_at) if progress else "",
        somebody.session,
        somebody.name,
        str(somebody.positions),
        somebody.assisted_by,
        str(current_app.config["BUILD"]),
        recording,
    )
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()


def _recording(edition: Edition, lesson: str) -> str:
    """Names the recording that the page offers: one that was made since makes it another page."""
    words = shelf.text_of(edition.hash, current_language()).lesson(lesson)
    listen = listen_to_lesson(edition, words, None) if words else None
    return listen.url if listen else ""


def _lesson_page(edition: Edition, progress: Progress | None, slug: str, lesson: str) -> LessonPage:
    text = shelf.text_of(edition.hash, current_language())
    words = text.lesson(lesson)
    if words is None:
        raise CourseUnknown(slug=f"{slug}/{lesson}")
    order = edition.lesson_ids
    place = order.index(lesson)
    module = text.module(words.module_id)
    return LessonPage(
        course=slug,
        course_title=text.title,
        module_title=module.title if module else "",
        lesson=words,
        number=place + 1,
        total=len(order),
        done=bool(progress and lesson in progress.lessons_done),
        previous=_lesson_link(text, slug, order[place - 1]) if place else None,
        next=_after(edition, text, slug, place),
        edition=edition.hash,
        ticket=TICKET,
        listen=listen_to_lesson(
            edition, words, url_for("learner.listen_by_part", slug=slug, lesson=lesson)
        ),
    )


@desk.get("/courses/<slug>/<lesson>/listen")
def listen_by_part(slug: str, lesson: str) -> Any:
    """The parts of a lesson, each with its words and its sound, for browsers without script."""
    edition, _progress = edition_for(slug)
    words = shelf.text_of(edition.hash, current_language()).lesson(lesson)
    listen = listen_to_lesson(edition, words, None) if words else None
    if words is None or listen is None:
        raise CourseUnknown(slug=f"{slug}/{lesson}")
    return show("learner/listen.html", ListenPage(slug, words, listen))


def _lesson_link(text: Any, slug: str, lesson: str) -> Link:
    return Link(text.lesson(lesson).title, url_for("learner.open_lesson", slug=slug, lesson=lesson))


def _after(edition: Edition, text: Any, slug: str, place: int) -> Link:
    if place + 1 < len(edition.lesson_ids):
        return _lesson_link(text, slug, edition.lesson_ids[place + 1])
    if text.test:
        return Link(text.test.title, url_for("learner.open_test", slug=slug))
    return Link(text.title, url_for("public.course", slug=slug))


@desk.post("/courses/<slug>/<lesson>")
@saves
def leave_lesson(slug: str, lesson: str) -> Any:
    """“Continue”: the lesson is read; on to its questions or to the next lesson."""
    edition = courses.edition_of(request.form.get("edition", ""))
    if edition.slug != slug or lesson not in edition.lesson_ids:
        raise CourseUnknown(slug=f"{slug}/{lesson}")
    ticket, at = read_ticket("lesson", slug, edition.hash, lesson), now()
    minutes = next(each.minutes for each in edition.lessons if each.id == lesson)
    cap = max(60, minutes * 60 * 3)
    finish_lesson(
        learner=at_the_desk().person,
        course=slug,
        edition=edition.hash,
        lesson=lesson,
        language=current_language(),
        seconds=ticket.seconds_until(at, cap),
        active_seconds=_active(request.form.get("seconds", ""), ticket.seconds_until(at, cap)),
        event_id=ticket.id,
        at=at,
    )
    issue_if_complete(learner=at_the_desk().person, course=slug, by=acting_as("learner"), at=at)
    progress = find_progress(at_the_desk().person, slug)
    return go_to(step_after_lesson(progress, edition, lesson), slug)


def _active(text: str, at_most: int) -> int:
    return min(int(text), at_most) if text.isdecimal() and len(text) < 7 else -1
