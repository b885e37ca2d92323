"""The final test: one question at a time, each answer safe at once, handed in at the end."""

from dataclasses import replace
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.language import Sentence
from lms.base.refusals import Refusal
from lms.certificates.actions import issue_if_complete
from lms.certificates.queries import valid_certificate_for
from lms.courses import queries as courses
from lms.courses.rules import (
    AnswerNotUnderstood,
    Edition,
    FinalTestText,
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
    next_step,
)
from lms.web import shelf
from lms.web.answers import NOTHING_GIVEN, given_before, id_of_answer, raw_answer, shown_again
from lms.web.company import leave_company
from lms.web.desk import acting_as, at_the_desk, go, saves
from lms.web.language import current_language
from lms.web.learner.desk import desk
from lms.web.learner.pages import (
    AlonePage,
    AnswerLine,
    Link,
    QuestionPage,
    ResultPage,
    ReviewLine,
    ReviewPage,
    TestPage,
)
from lms.web.learner.reading import edition_for, url_of
from lms.web.listening import Listen, listen_to_question
from lms.web.pages import Page, show
from lms.web.results import result_of
from lms.web.tickets import new_ticket, read_ticket


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
        slug, text, text.test, edition, progress, new_ticket("attempt", slug, edition.hash), refused
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


def _attempt(slug: str, attempt: str) -> tuple[Progress, Attempt]:
    progress = find_progress(at_the_desk().person, slug)
    found = progress.attempt(attempt) if progress else None
    if progress is None or found is None:
        raise AttemptUnknown
    return progress, found


@desk.get("/tests/<slug>/<attempt>")
def resume_test(slug: str, attempt: str) -> Any:
    """The first question without an answer; after the last, the list before handing in."""
    _progress, found = _attempt(slug, attempt)
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
    _progress, found = _attempt(slug, attempt)
    if found.submitted_at:
        return go("learner.test_result", slug=slug, attempt=attempt)
    if waits_for_helper_to_leave(courses.edition_of(found.edition)):
        return _alone(courses.edition_of(found.edition))
    question = _question(found, number)
    before = found.answers.get(question.id)
    given = given_before(before.answer) if before else NOTHING_GIVEN
    return show("learner/question.html", _page(slug, found, question, number, given))


def _question(attempt: Attempt, number: int) -> Question:
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
        listen=_listen(attempt, text.test, question.id),
    )


def _listen(attempt: Attempt, test: FinalTestText, question: str) -> Listen | None:
    asked = test.question(question)
    edition = courses.edition_of(attempt.edition)
    return listen_to_question(edition, asked, test.language) if asked else None


@desk.post("/tests/<slug>/<attempt>/<int:number>")
@saves
def answer_in_test(slug: str, attempt: str, number: int) -> Any:
    """Keeps the answer and goes to the next question."""
    _progress, found = _attempt(slug, attempt)
    if found.submitted_at:
        flash(_("The test was handed in before, so this answer does not count."), "warning")
        return go("learner.test_result", slug=slug, attempt=attempt)
    question = _question(found, number)
    ticket = read_ticket("answer", attempt, question.id)
    raw = raw_answer(question, request.form)
    page = _page(slug, found, question, number, shown_again(raw))
    if request.form.get("helper") == "leaves":
        leave_company()
        flash(_("The helper has left. Look at your answer again alone, then save it."), "success")
        return show("learner/question.html", page)
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
        page = replace(page, refused=refusal.sentence, helper_must_leave=True)
        return show("learner/question.html", page, 409)
    if number < len(found.questions):
        return go("learner.open_test_question", slug=slug, attempt=attempt, number=number + 1)
    return go("learner.review_test", slug=slug, attempt=attempt)


@desk.get("/tests/<slug>/<attempt>/review")
def review_test(slug: str, attempt: str) -> Any:
    """All questions of the attempt, before it is handed in."""
    _progress, found = _attempt(slug, attempt)
    if found.submitted_at:
        return go("learner.test_result", slug=slug, attempt=attempt)
    if waits_for_helper_to_leave(courses.edition_of(found.edition)):
        return _alone(courses.edition_of(found.edition))
    lines = tuple(
        ReviewLine(
            number,
            _question(found, number).title_html,
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


@desk.get("/tests/<slug>/<attempt>/result")
def test_result(slug: str, attempt: str) -> Any:
    """The result in words, question by question."""
    progress, found = _attempt(slug, attempt)
    if found.submitted_at is None:
        return go("learner.resume_test", slug=slug, attempt=attempt)
    edition = courses.edition_of(found.edition)
    certificate = valid_certificate_for(progress.learner, slug)
    step = next_step(progress, courses.edition_of(progress.edition))
    page = ResultPage(
        course=slug,
        course_title=shelf.text_of(found.edition, current_language()).title,
        attempt=found,
        edition=edition,
        needed=-(-edition.pass_mark * found.out_of // 100),
        lines=tuple(_line(found, number) for number in range(1, len(found.questions) + 1)),
        lessons_open=progress.lessons_required - len(progress.lessons_done),
        certificate=certificate.serial if certificate else "",
        next=Link(step.kind, url_of(step, slug)) if step.kind in ("lesson", "question") else None,
    )
    return show("learner/result.html", page)


def _line(attempt: Attempt, number: int) -> AnswerLine:
    question = _question(attempt, number)
    key = courses.key_of(attempt.edition, question.id)
    answered = attempt.answers.get(question.id)
    result = result_of(question, key, answered, attempt.edition, current_language())
    return AnswerLine(number, question, result)
