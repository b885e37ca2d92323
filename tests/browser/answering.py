"""Answering a question as a visitor does, by the keys that the record holds."""

from typing import Any

from lms.courses import queries as courses
from lms.courses.rules import QuestionKey
from lms.demo.learners import right_answer, wrong_answer
from tests.browser.visiting import Visit


def key_of_shown(visit: Visit, course: str) -> QuestionKey:
    """The key of the question on the page."""
    section = visit.page.locator("section.question").get_attribute("id") or ""
    question = section.removeprefix("question-")
    edition = visit.page.locator('input[name="edition"]').first.get_attribute("value") or ""
    assert edition, f"no question of {course} to answer on {visit.path}"
    return visit.site.ask(lambda: courses.key_of(edition, question))


def fill_in(visit: Visit, answer: dict[str, Any]) -> None:
    """Puts an answer into the form of the page."""
    page = visit.page
    if "chosen" in answer:
        for box in page.locator('input[name="answer"][type=checkbox]').all():
            if box.is_checked():
                page.locator(f'label[for="{box.get_attribute("id")}"]').click()
        for option in answer["chosen"]:
            page.locator(f'label[for="answer-{option}"]').click()
    elif "order" in answer:
        for place, item in enumerate(answer["order"], start=1):
            page.locator(f'select[name="answer-{item}"]').select_option(str(place))
    elif "pairs" in answer:
        for left, right in answer["pairs"].items():
            page.locator(f'select[name="answer-{left}"]').select_option(right)
    else:
        page.locator('[name="answer"]').fill(answer["text"])


def answer_shown(visit: Visit, course: str, *, right: bool = True) -> str:
    """Answers the question on the page and sends it; the question's kind."""
    key = key_of_shown(visit, course)
    fill_in(visit, right_answer(key) if right else wrong_answer(key))
    visit.send()
    return key.kind.value
