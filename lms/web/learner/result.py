"""The result of the final test: in words, question by question."""

from typing import Any

from lms.certificates.queries import valid_certificate_for
from lms.courses import queries as courses
from lms.courses.audio.rules import TEST
from lms.learning.rules import Attempt, next_step
from lms.web import shelf
from lms.web.desk import go
from lms.web.language import current_language
from lms.web.learner.desk import desk
from lms.web.learner.pages import AnswerLine, Link, ResultPage
from lms.web.learner.reading import url_of
from lms.web.learner.test import attempt_of_mine, question_of
from lms.web.listening import listen_to_outcome
from lms.web.pages import show
from lms.web.results import result_of


@desk.get("/tests/<slug>/<attempt>/result")
def test_result(slug: str, attempt: str) -> Any:
    """The result in words, question by question."""
    progress, found = attempt_of_mine(slug, attempt)
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
    question = question_of(attempt, number)
    key = courses.key_of(attempt.edition, question.id)
    answered = attempt.answers.get(question.id)
    language = current_language()
    result = result_of(question, key, answered, attempt.edition, language)
    edition = courses.edition_of(attempt.edition)
    listen = listen_to_outcome(edition, question, answered, result.right, language, TEST)
    return AnswerLine(number, question, result, listen)
