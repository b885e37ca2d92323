"""The final test: one question at a time, each answer safe at once, handed in at the end."""

from dataclasses import replace
from typing import Any, Final

from flask import flash, request, url_for
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.language import Sentence, sentence
from lms.base.refusals import Refusal
from lms.certificates.actions import issue_if_complete
from lms.courses import queries as courses
from lms.courses.audio.rules import TEST
from lms.courses.rules import (
    AnswerNotUnderstood,
    Edition,
    Question,
    clean_answer,
    option_order,
)
from lms.learning.actions import answer_question, start_attempt, submit_attempt
from lms.learning.queries import find_progress
from lms.learning.rules import (
    Attempt,
    AttemptUnknown,
    HelperMustLeave,
    NoTestHere,
    Progress,
    check_may_attempt,
)
from lms.web import shelf
from lms.web.answers import NOTHING_GIVEN, given_before, id_of_answer, raw_answer, shown_again
from lms.web.company import has_just_left, leave_company
from lms.web.desk import acting_as, at_the_desk, go, saves, say
from lms.web.kiosk_words import MESSAGES
from lms.web.language import current_language
from lms.web.learner.desk import desk
from lms.web.learner.pages import (
    AlonePage,
    Link,
    QuestionPage,
    ReviewLine,
    ReviewPage,
    TestPage,
)
from lms.web.learner.reading import edition_for
from lms.web.listening import listen_to_question, listen_to_test
from lms.web.pages import Page, show
from lms.web.tickets import new_ticket, read_ticket

LOOK_AGAIN: Final = sentence(
    "A helper was with you while this page was open, and this test is taken alone. Your answer is "
    "kept below: look at it again alone, then save it."
)


@desk.get("/tests/<slug>")
def open_test(slug: str) -> Any:
    """What to expect, and the way in or back in."""
    edition, progress = edition_for(slug)
    if waits_for_helper_to_leave(edition):
        return _alone(edition)
    return show("learner/test.html", _door(edition, progress, slug))


def waits_for_helper_to_leave(edition: Edition) -> bool:
    """Whether a helper is there and the test is taken without one."""
    return bool(at_the_desk().assisted_by) and not edition.assisted_test


def _alone(edition: Edition) -> Page:
    text = shelf.text_of(edition.hash, current_language())
    back = Link(text.title, url_for("public.course", slug=edition.slug))
    title = text.test.title if text.test else text.title
    return show("learner/alone.html", AlonePage(title, HelperMustLeave().sentence, back))


def _door(edition: Edition, progress: Progress | None, slug: str) -> TestPage:
    text = shelf.text_of(edition.hash, current_language())
    if text.test is None:
        raise NoTestHere
    refused: Sentence | None = None
    try:
        check_may_attempt(progress, edition, now())
    except Refusal as problem:
        refused = problem.sentence
    return TestPage(
        course=slug,
        text=text,
        test=text.test,
        edition=edition,
        progress=progress,
        ticket=new_ticket("attempt", slug, edition.hash),
        refused=refused,
        listen=listen_to_test(edition, text.test),
    )


@desk.post("/tests/<slug>")
@saves
def begin_test(slug: str) -> Any:
    """Begins an attempt, or goes back into the open one."""
    edition = courses.edition_of(request.form.get("edition", ""))
    ticket = read_ticket("attempt", slug, edition.hash)
    attempt = start_attempt(
        learner=at_the_desk().person,
        course=slug,
        edition=edition.hash,
        language=current_language(),
        event_id=ticket.id,
        at=now(),
    )
    return go("learner.resume_test", slug=slug, attempt=attempt)


def attempt_of_mine(slug: str, attempt: str) -> tuple[Progress, Attempt]:
    progress = find_progress(at_the_desk().person, slug)
    found = progress.attempt(attempt) if progress else None
    if progress is None or found is None:
        raise AttemptUnknown
    return progress, found


@desk.get("/tests/<slug>/<attempt>")
def resume_test(slug: str, attempt: str) -> Any:
    """The first question without an answer; after the last, the list before handing in."""
    _progress, found = attempt_of_mine(slug, attempt)
    if found.submitted_at:
        return go("learner.test_result", slug=slug, attempt=attempt)
    if waits_for_helper_to_leave(courses.edition_of(found.edition)):
        return _alone(courses.edition_of(found.edition))
    if found.unanswered:
        number = found.questions.index(found.unanswered[0]) + 1
        return go("learner.open_test_question", slug=slug, attempt=attempt, number=number)
    return go("learner.review_test", slug=slug, attempt=attempt)


@desk.get("/tests/<slug>/<attempt>/<int:number>")
def open_test_question(slug: str, attempt: str, number: int) -> Any:
    """One question of the test; an answer that was given can be changed until handing in."""
    _progress, found = attempt_of_mine(slug, attempt)
    if found.submitted_at:
        return go("learner.test_result", slug=slug, attempt=attempt)
    if waits_for_helper_to_leave(courses.edition_of(found.edition)):
        return _alone(courses.edition_of(found.edition))
    question = question_of(found, number)
    before = found.answers.get(question.id)
    given = given_before(before.answer) if before else NOTHING_GIVEN
    return show("learner/question.html", _page(slug, found, question, number, given))


def question_of(attempt: Attempt, number: int) -> Question:
    test = shelf.text_of(attempt.edition, current_language()).test
    if test is None or not 1 <= number <= len(attempt.questions):
        raise AttemptUnknown
    question = test.question(attempt.questions[number - 1])
    if question is None:
        raise AttemptUnknown
    return option_order(question, attempt.id)


def _page(
    slug: str,
    attempt: Attempt,
    question: Question,
    number: int,
    given: dict[str, Any],
    refused: Sentence | None = None,
) -> QuestionPage:
    text = shelf.text_of(attempt.edition, current_language())
    assert text.test is not None
    back = (
        url_for("learner.open_test_question", slug=slug, attempt=attempt.id, number=number - 1)
        if number > 1
        else url_for("learner.open_test", slug=slug)
    )
    return QuestionPage(
        course=slug,
        course_title=text.title,
        title=text.test.title,
        question=question,
        number=number,
        total=len(attempt.questions),
        ticket=new_ticket("answer", attempt.id, question.id),
        back=Link(text.test.title, back),
        next=Link("review", url_for("learner.review_test", slug=slug, attempt=attempt.id)),
        result=None,
        given=given,
        refused=refused,
        edition=attempt.edition,
        in_test=True,
        attempt=attempt.id,
        listen=listen_to_question(
            courses.edition_of(attempt.edition), question, text.test.language, TEST
        ),
    )


@desk.post("/tests/<slug>/<attempt>/<int:number>")
@saves
def answer_in_test(slug: str, attempt: str, number: int) -> Any:
    """Keeps the answer and goes to the next question."""
    _progress, found = attempt_of_mine(slug, attempt)
    if found.submitted_at:
        flash(_("The test was handed in before, so this answer does not count."), "warning")
        return go("learner.test_result", slug=slug, attempt=attempt)
    question = question_of(found, number)
    ticket = read_ticket("answer", attempt, question.id)
    raw = raw_answer(question, request.form)
    if request.form.get("helper") == "leaves":
        leave_company()
        flash(say(MESSAGES["alone-again"]), "success")
        return show("learner/question.html", _page(slug, found, question, number, shown_again(raw)))
    page = _page(slug, found, question, number, shown_again(raw))
    try:
        clean = clean_answer(question, raw)
        answer_question(
            learner=at_the_desk().person,
            course=slug,
            edition=found.edition,
            question=question.id,
            answer=clean,
            language=current_language(),
            attempt=attempt,
            event_id=id_of_answer(ticket, clean),
            at=now(),
        )
    except AnswerNotUnderstood as refusal:
        return show("learner/question.html", replace(page, refused=refusal.sentence), 400)
    except HelperMustLeave as refusal:
        return show("learner/question.html", _alone_again(page, refusal), 409)
    if number < len(found.questions):
        return go("learner.open_test_question", slug=slug, attempt=attempt, number=number + 1)
    return go("learner.review_test", slug=slug, attempt=attempt)


def _alone_again(page: QuestionPage, refusal: HelperMustLeave) -> QuestionPage:
    """The question with what was typed, to be looked at alone; the form is a new one."""
    if has_just_left():
        return replace(page, refused=LOOK_AGAIN)
    return replace(page, refused=refusal.sentence, helper_must_leave=True)


@desk.get("/tests/<slug>/<attempt>/review")
def review_test(slug: str, attempt: str) -> Any:
    """All questions of the attempt, before it is handed in."""
    _progress, found = attempt_of_mine(slug, attempt)
    if found.submitted_at:
        return go("learner.test_result", slug=slug, attempt=attempt)
    if waits_for_helper_to_leave(courses.edition_of(found.edition)):
        return _alone(courses.edition_of(found.edition))
    lines = tuple(
        ReviewLine(
            number,
            question_of(found, number).title_html,
            url_for("learner.open_test_question", slug=slug, attempt=attempt, number=number),
            question in found.answers,
        )
        for number, question in enumerate(found.questions, start=1)
    )
    page = ReviewPage(
        slug,
        shelf.text_of(found.edition, current_language()).title,
        lines,
        len(found.unanswered),
        new_ticket("submit", attempt),
        attempt,
    )
    return show("learner/review.html", page)


@desk.post("/tests/<slug>/<attempt>/review")
@saves
def hand_in(slug: str, attempt: str) -> Any:
    """Hands the test in. What is complete now gets its certificate in the same transaction."""
    ticket, at = read_ticket("submit", attempt), now()
    learner = at_the_desk().person
    submit_attempt(learner=learner, course=slug, attempt=attempt, event_id=ticket.id, at=at)
    issue_if_complete(learner=learner, course=slug, by=acting_as("learner"), at=at)
    return go("learner.test_result", slug=slug, attempt=attempt)
