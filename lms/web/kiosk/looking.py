"""Looking around without a card: courses, lessons and questions, of which nothing is kept."""

from dataclasses import replace
from typing import Any

from flask import abort, request, url_for

from lms.base.clock import now
from lms.base.language import Sentence
from lms.courses import queries as courses
from lms.courses.rules import (
    AnswerNotUnderstood,
    CourseUnknown,
    Edition,
    LessonText,
    clean_answer,
    mark,
    option_order,
)
from lms.learning.rules import Answered, next_step
from lms.web import shelf
from lms.web.answers import NOTHING_GIVEN, raw_answer, shown_again
from lms.web.desk import go
from lms.web.guests import Guest, guest, guest_read_a_page
from lms.web.kiosk.desk import desk
from lms.web.kiosk.pages import (
    Link,
    LookCoursePage,
    LookLessonPage,
    LookPage,
    LookQuestionPage,
)
from lms.web.language import current_language
from lms.web.listening import Listen, listen_to_lesson, listen_to_outcome, listen_to_question
from lms.web.outline import outline
from lms.web.pages import Page, show
from lms.web.results import Result, result_of


@desk.get("/look")
def look() -> Any:
    """The courses."""
    if guest() is None:
        return go("kiosk.choices")
    guest_read_a_page()
    return show("kiosk/look.html", LookPage(shelf.cards(current_language())))


@desk.get("/look/<slug>")
def look_at_course(slug: str) -> Any:
    """One course and its lessons."""
    if guest() is None:
        return go("kiosk.choices")
    guest_read_a_page()
    edition = courses.current_edition(slug)
    text = shelf.text_of(edition.hash, current_language())
    lines = outline(edition, text, None, next_step(None, edition))
    return show("kiosk/look_course.html", LookCoursePage(edition, text, lines))


@desk.get("/look/<slug>/<lesson>")
def look_at_lesson(slug: str, lesson: str) -> Any:
    """One lesson."""
    if guest() is None:
        return go("kiosk.choices")
    guest_read_a_page()
    return show("kiosk/look_lesson.html", _lesson_page(slug, lesson))


def _lesson_page(slug: str, lesson: str) -> LookLessonPage:
    edition, words = _lesson(slug, lesson)
    text = shelf.text_of(edition.hash, current_language())
    module = text.module(words.module_id)
    order = edition.lesson_ids
    place = order.index(lesson)
    first = words.questions[0].id if words.questions else None
    return LookLessonPage(
        course=slug,
        course_title=text.title,
        module_title=module.title if module else "",
        lesson=replace(words, html=_to_look_at(words.html, slug, words.language)),
        number=place + 1,
        total=len(order),
        previous=_link_to(edition, slug, place - 1) if place else None,
        next=_question_link(slug, lesson, first) if first else _link_to(edition, slug, place + 1),
        listen=listen_to_lesson(edition, words, None),
    )


def _lesson(slug: str, lesson: str) -> tuple[Edition, LessonText]:
    edition = courses.current_edition(slug)
    words = shelf.text_of(edition.hash, current_language()).lesson(lesson)
    if words is None or lesson not in edition.lesson_ids:
        raise CourseUnknown(slug=f"{slug}/{lesson}")
    return edition, words


def _to_look_at(html: str, slug: str, language: str) -> str:
    """Links from lesson to lesson lead a guest to the same lessons here."""
    ours = url_for("kiosk.look_at_course", slug=slug)
    return html.replace(f'href="/{language}/courses/{slug}/', f'href="{ours}/')


def _link_to(edition: Edition, slug: str, place: int) -> Link:
    text = shelf.text_of(edition.hash, current_language())
    if place >= len(edition.lesson_ids):
        return Link("course", text.title, url_for("kiosk.look_at_course", slug=slug))
    lesson = edition.lesson_ids[place]
    words = text.lesson(lesson)
    url = url_for("kiosk.look_at_lesson", slug=slug, lesson=lesson)
    return Link("lesson", words.title if words else lesson, url)


def _question_link(slug: str, lesson: str, question: str) -> Link:
    url = url_for("kiosk.look_at_question", slug=slug, lesson=lesson, question=question)
    return Link("question", "", url)


@desk.route("/look/<slug>/<lesson>/<question>", methods=["GET", "POST"])
def look_at_question(slug: str, lesson: str, question: str) -> Any:
    """One question. An answer is checked and shown, and then forgotten."""
    somebody = guest()
    if somebody is None:
        return go("kiosk.choices")
    if request.method == "GET":
        guest_read_a_page()
        return _question_page(somebody, slug, lesson, question)
    edition, words = _lesson(slug, lesson)
    asked = words.question(question)
    if asked is None:
        abort(404)
    raw = raw_answer(asked, request.form)
    try:
        clean = clean_answer(asked, raw)
    except AnswerNotUnderstood as refusal:
        again = shown_again(raw)
        return _question_page(
            somebody, slug, lesson, question, given=again, refused=refusal.sentence
        )
    key = courses.key_of(edition.hash, question)
    answered = Answered(clean, mark(key, clean).right, now())
    result = result_of(asked, key, answered, edition.hash, current_language())
    listen = listen_to_outcome(
        edition,
        option_order(asked, f"{somebody.id}/{question}"),
        answered,
        result.right,
        words.language,
        words.id,
    )
    return _question_page(somebody, slug, lesson, question, result=result, listen=listen)


def _question_page(
    somebody: Guest,
    slug: str,
    lesson: str,
    question: str,
    *,
    given: dict[str, Any] | None = None,
    result: Result | None = None,
    refused: Sentence | None = None,
    listen: Listen | None = None,
) -> Page:
    edition, words = _lesson(slug, lesson)
    asked = words.question(question)
    if asked is None:
        raise CourseUnknown(slug=f"{slug}/{lesson}/{question}")
    ids = [each.id for each in words.questions]
    number = ids.index(question) + 1
    after = edition.lesson_ids.index(lesson) + 1
    following = (
        _question_link(slug, lesson, ids[number])
        if number < len(ids)
        else _link_to(edition, slug, after)
    )
    shown = option_order(asked, f"{somebody.id}/{question}")
    page = LookQuestionPage(
        course=slug,
        lesson=lesson,
        title=words.title,
        question=shown,
        number=number,
        total=len(ids),
        given=given or NOTHING_GIVEN,
        result=result,
        refused=refused,
        next=following,
        listen=listen or listen_to_question(edition, shown, words.language, words.id),
    )
    return show("kiosk/look_question.html", page, 400 if refused else 200)
