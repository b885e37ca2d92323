"""The questions at the end of a lesson: answer, read why, try again, go on."""

from typing import Any

from flask import request, url_for

from lms.base.clock import now
from lms.base.language import Sentence
from lms.certificates.actions import issue_if_complete
from lms.courses import queries as courses
from lms.courses.rules import (
    AnswerNotUnderstood,
    CourseUnknown,
    Edition,
    Kind,
    LessonText,
    Question,
    clean_answer,
    option_order,
)
from lms.learning.actions import answer_question
from lms.learning.queries import find_progress
from lms.learning.rules import Answered, Progress, step_after_lesson
from lms.web import shelf
from lms.web.answers import NOTHING_GIVEN, id_of_answer, raw_answer, shown_again
from lms.web.desk import acting_as, at_the_desk, go, saves
from lms.web.language import current_language
from lms.web.learner.desk import desk
from lms.web.learner.pages import Link, QuestionPage
from lms.web.learner.reading import edition_for, url_of
from lms.web.listening import Listen, listen_to_outcome, listen_to_question
from lms.web.pages import show
from lms.web.results import result_of
from lms.web.tickets import new_ticket, read_ticket


@desk.get("/courses/<slug>/<lesson>/questions/<question>")
def open_question(slug: str, lesson: str, question: str) -> Any:
    """One question; once it is answered, what is right and why."""
    edition, progress = edition_for(slug)
    known = progress.answers.get(question) if progress else None
    answered = None if request.args.get("again") else known
    return show("learner/question.html", _page(edition, progress, slug, lesson, question, answered))


@desk.post("/courses/<slug>/<lesson>/questions/<question>")
@saves
def answer(slug: str, lesson: str, question: str) -> Any:
    """Records the answer; the page that follows says whether it is right."""
    edition = courses.edition_of(request.form.get("edition", ""))
    words = _lesson(edition, slug, lesson)
    asked = _question(words, question)
    ticket = read_ticket("question", slug, edition.hash, question)
    raw = raw_answer(asked, request.form)
    try:
        clean = clean_answer(asked, raw)
    except AnswerNotUnderstood as refusal:
        progress = find_progress(at_the_desk().person, slug)
        page = _page(
            edition,
            progress,
            slug,
            lesson,
            question,
            None,
            refusal.sentence,
            shown_again(raw),
        )
        return show("learner/question.html", page, 400)
    at = now()
    answer_question(
        learner=at_the_desk().person,
        course=slug,
        edition=edition.hash,
        question=question,
        answer=clean,
        language=current_language(),
        event_id=id_of_answer(ticket, clean),
        at=at,
    )
    issue_if_complete(learner=at_the_desk().person, course=slug, by=acting_as("learner"), at=at)
    return go("learner.open_question", slug=slug, lesson=lesson, question=question)


def _lesson(edition: Edition, slug: str, lesson: str) -> LessonText:
    words = shelf.text_of(edition.hash, current_language()).lesson(lesson)
    if words is None or edition.slug != slug:
        raise CourseUnknown(slug=f"{slug}/{lesson}")
    return words


def _question(words: LessonText, question: str) -> Question:
    asked = words.question(question)
    if asked is None:
        raise CourseUnknown(slug=f"{words.id}/{question}")
    return asked


def _page(
    edition: Edition,
    progress: Progress | None,
    slug: str,
    lesson: str,
    question: str,
    answered: Answered | None,
    refused: Sentence | None = None,
    given: dict[str, Any] | None = None,
) -> QuestionPage:
    words = _lesson(edition, slug, lesson)
    asked = option_order(_question(words, question), f"{at_the_desk().person}/{question}")
    ids = [each.id for each in words.questions]
    number = ids.index(question) + 1
    key, language = courses.key_of(edition.hash, question), current_language()
    return QuestionPage(
        course=slug,
        course_title=shelf.text_of(edition.hash, language).title,
        title=words.title,
        question=asked,
        number=number,
        total=len(ids),
        ticket=new_ticket("question", slug, edition.hash, question),
        back=Link(words.title, url_for("learner.open_lesson", slug=slug, lesson=lesson)),
        next=_next(edition, progress, slug, lesson, ids, number),
        result=result_of(asked, key, answered, edition.hash, language) if answered else None,
        given=given or NOTHING_GIVEN,
        refused=refused,
        edition=edition.hash,
        lesson=lesson,
        listen=_listen(edition, asked, words, answered),
    )


def _listen(
    edition: Edition, asked: Question, words: LessonText, answered: Answered | None
) -> Listen | None:
    if answered is None:
        return listen_to_question(edition, asked, words.language, words.id)
    right = None if asked.kind == Kind.OPEN else answered.right
    return listen_to_outcome(edition, asked, answered, right, words.language, words.id)


def _next(
    edition: Edition, progress: Progress | None, slug: str, lesson: str, ids: list[str], number: int
) -> Link:
    if number < len(ids):
        following = url_for("learner.open_question", slug=slug, lesson=lesson, question=ids[number])
        return Link("question", following)
    step = step_after_lesson(progress, edition, lesson)
    return Link(step.kind, url_of(step, slug))
