"""A member of staff takes a course, from the first page to the certificate."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader

from lms.courses import queries as courses
from lms.courses.rules import QuestionKey
from lms.demo.learners import right_answer, wrong_answer
from lms.learning.queries import find_completion, find_progress
from lms.record.queries import count_in_quarantine, count_of_events, events_about
from tests.visitor import Seen, TestVisitor, said

Enter = Callable[..., TestVisitor]
BOTH = pytest.mark.parametrize("language", ["fr", "en"])


def as_fields(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as the fields of a form."""
    if "chosen" in answer:
        return {"answer": answer["chosen"]}
    if "order" in answer:
        order = answer["order"]
        assert isinstance(order, list)
        return {f"answer__{item}": str(place) for place, item in enumerate(order, 1)}
    if "pairs" in answer:
        pairs = answer["pairs"]
        assert isinstance(pairs, dict)
        return {f"answer__{left}": right for left, right in pairs.items()}
    return {"answer": answer["text"]}


def key_on(page: Seen, slug: str) -> QuestionKey:
    """The key of the question that the page asks."""
    section = page.soup.select_one("section.question")
    assert section is not None
    edition = courses.current_edition(slug)
    return courses.key_of(edition.hash, str(section["id"]).removeprefix("question-"))


def answer_right(browser: TestVisitor, page: Seen, slug: str) -> Seen:
    """Sends the right answer to the question on the page."""
    return browser.send(page, **as_fields(right_answer(key_on(page, slug))))


def read_all_lessons(browser: TestVisitor, slug: str, language: str) -> Seen:
    """Reads every lesson and answers every question; the page that comes after the last."""
    page = browser.get(f"/{language}/courses/{slug}/continue")
    while "/tests/" not in page.response.request.path:
        if page.soup.select_one("section.question form, form section.question"):
            page = answer_right(browser, page, slug)
        elif page.soup.select_one(".feedback"):
            link = page.soup.select_one(".buttons a.button-start")
            assert link is not None
            page = browser.get(str(link["href"]))
        else:
            page = browser.send(page, "/courses/")
    return page


def take_test(browser: TestVisitor, page: Seen, slug: str, wrong: int = 0) -> Seen:
    """Starts the test, answers (the first `wrong` ones wrongly), hands it in; the result."""
    page = browser.send(page, "/tests/")
    for number in range(5):
        key = key_on(page, slug)
        given = wrong_answer(key) if number < wrong else right_answer(key)
        page = browser.send(page, **as_fields(given))
    return browser.send(page, "/review")


@BOTH
def test_somebody_completes_a_course_and_gets_a_certificate_that_anyone_can_check(
    sign_in: Enter, client: TestVisitor, course: str, language: str
) -> None:
    browser = sign_in(given_name="Kouamé", family_name="N’Guessan-Ọlá")
    page = browser.get(f"/{language}/courses/{course}")
    page = browser.send(page, "/start")
    assert page.response.request.path == f"/{language}/courses/{course}/weigh"
    page = read_all_lessons(browser, course, language)
    page = take_test(browser, page, course)
    assert said(language, "You passed the test") in page.main

    done = find_completion(browser.person, course)
    assert done is not None and done.percent == 100
    pdf = browser.get(page.link(said(language, "My certificate (PDF)")))
    assert pdf.response.mimetype == "application/pdf"
    assert "N’Guessan-Ọlá" in PdfReader(BytesIO(pdf.response.data)).pages[0].extract_text()

    serial = events_about(learner=browser.person, kinds={"certificate.issued"})[0].subject
    checked = client.get(f"/verify/{serial}")
    assert "Kouamé N’Guessan-Ọlá" in checked.main
    assert client.get(f"/{language}/verify/RLS-00000-00000-1", status=404)


@BOTH
def test_somebody_who_fails_is_told_what_to_read_and_may_try_after_the_pause(
    sign_in: Enter, course: str, language: str
) -> None:
    browser = sign_in()
    page = read_all_lessons(browser, course, language)
    page = take_test(browser, page, course, wrong=2)
    assert said(language, "Not passed yet") in page.main
    assert find_completion(browser.person, course) is None

    door = browser.get(f"/{language}/tests/{course}")
    assert not door.soup.select("main form")
    before = count_of_events()
    page = browser.get(f"/{language}/tests/{course}")
    assert count_of_events() == before

    with time_machine.travel(_in_eleven_minutes(), tick=True):
        door = browser.get(f"/{language}/tests/{course}")
        page = take_test(browser, door, course)
    assert said(language, "You passed the test") in page.main


def _in_eleven_minutes() -> float:
    import time

    return time.time() + 11 * 60


def test_a_course_half_read_in_french_goes_on_in_english_as_one_record(
    sign_in: Enter, course: str
) -> None:
    browser = sign_in()
    page = browser.send(browser.get(f"/fr/courses/{course}/weigh"))
    assert page.response.request.path.startswith(f"/fr/courses/{course}/weigh/questions/")
    page = browser.get(page.link("English"))
    assert page.response.request.path.startswith(f"/en/courses/{course}/weigh/questions/")
    page = answer_right(browser, page, course)
    progress = find_progress(browser.person, course)
    assert progress is not None
    assert set(progress.finished) == {"weigh"} and len(progress.answers) == 1
    assert len(events_about(learner=browser.person, kinds={"course.started"})) == 1


def test_somebody_resumes_exactly_where_they_were(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    page = browser.send(browser.get(f"/en/courses/{course}/weigh"))
    answer_right(browser, page, course)
    page = browser.get("/en/my-learning")
    start = page.soup.select_one(".resume a.button-start")
    assert start is not None
    assert str(start["href"]).endswith("/courses/small-parcels/weigh/questions/weigh-check")


def test_after_a_power_cut_the_test_goes_on_with_the_next_question(
    sign_in: Enter, course: str
) -> None:
    browser = sign_in()
    page = read_all_lessons(browser, course, "en")
    page = browser.send(page, "/tests/")
    for _ in range(3):
        page = answer_right(browser, page, course)
    door = browser.get(f"/en/tests/{course}")
    page = browser.get(door.link("Go on with the test"))
    assert page.response.request.path.endswith("/4")
    assert len(events_about(learner=browser.person, kinds={"attempt.started"})) == 1


def test_an_answer_changed_on_a_page_the_browser_had_kept_is_the_one_that_counts(
    sign_in: Enter, course: str
) -> None:
    browser = sign_in()
    page = browser.send(browser.get(f"/en/courses/{course}/weigh"))
    key = key_on(page, course)
    browser.send(page, **as_fields(wrong_answer(key)))
    again = browser.send(page, **as_fields(right_answer(key)))
    assert again.soup.select_one(".feedback-right")
    assert count_in_quarantine() == 0


def test_an_answer_after_handing_in_is_told_not_to_count(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    page = browser.send(read_all_lessons(browser, course, "en"), "/tests/")
    late = page
    for _ in range(5):
        page = answer_right(browser, page, course)
    browser.send(page, "/review")
    before = count_of_events()
    told = browser.send(late, **as_fields(wrong_answer(key_on(late, course))))
    assert "does not count" in told.main
    assert count_of_events() == before


def test_the_same_answer_sent_twice_counts_once(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    page = browser.send(browser.get(f"/en/courses/{course}/weigh"))
    answer_right(browser, page, course)
    before = count_of_events()
    again = answer_right(browser, page, course)
    assert again.soup.select_one(".feedback-right")
    assert count_of_events() == before


def test_the_page_before_answering_holds_neither_key_nor_feedback(
    sign_in: Enter, course: str
) -> None:
    browser = sign_in()
    page = browser.send(browser.get(f"/en/courses/{course}/weigh"))
    lesson = browser.get(f"/en/courses/{course}/weigh")
    for shown in (page, lesson):
        assert "the price comes after the weight" not in shown.html
        assert "The weight always comes first" not in shown.html


def test_a_lesson_that_was_not_changed_is_not_sent_again(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    first = browser.get(f"/en/courses/{course}/weigh")
    tag = first.response.headers["ETag"]
    again = browser.get(f"/en/courses/{course}/weigh", status=304, headers={"If-None-Match": tag})
    assert not again.response.data
    browser.send(first)
    browser.get(f"/en/courses/{course}/weigh", headers={"If-None-Match": tag})


def test_an_empty_answer_is_explained_and_nothing_is_recorded(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    page = browser.send(browser.get(f"/fr/courses/{course}/weigh"))
    before = count_of_events()
    page = browser.send(page, status=400)
    assert page.title.startswith(said("fr", "Error:"))
    assert page.soup.select_one(".error-summary")
    assert count_of_events() == before


def test_ids_that_do_not_exist_are_refused_in_words(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    page = browser.send(browser.get(f"/en/courses/{course}/weigh"))
    page = browser.send(page, answer="hammer", status=400)
    assert (
        said("en", "One of these answers is not in the question. Open the question again.")
        in page.main
    )
    browser.get("/en/courses/nowhere", status=404)
    browser.get(f"/en/courses/{course}/nowhere", status=404)
    browser.get(f"/en/courses/{course}/weigh/questions/nowhere", status=404)
    browser.get(f"/en/tests/{course}/nobody/1", status=404)


def test_a_form_left_open_while_a_new_edition_appears_still_counts(
    sign_in: Enter, course: str, tmp_path: "pytest.TempPathFactory"
) -> None:
    from pathlib import Path

    from tests.builders import publish
    from tests.builders_courses import change

    browser = sign_in()
    old = browser.get(f"/en/courses/{course}/weigh")
    folder = Path(str(tmp_path)) / "courses" / course
    change(folder / "01-counter/01-weigh.fr.md", "sur la balance", "sur la grande balance")
    publish(folder)
    page = browser.send(old)
    page = answer_right_in(browser, page, course)
    progress = find_progress(browser.person, course)
    assert progress is not None and "weigh" in progress.finished and len(progress.answers) == 1
    assert courses.edition_of(progress.edition).number == 1
    assert "newer edition" in browser.get(f"/en/courses/{course}").main


def answer_right_in(browser: TestVisitor, page: Seen, slug: str) -> Seen:
    """As `answer_right`; keys of the first edition serve for the second."""
    return answer_right(browser, page, slug)


def test_a_tampered_ticket_is_refused(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    page = browser.get(f"/en/courses/{course}/weigh")
    ticket = page.form()("input", {"name": "ticket"})[0]["value"]
    refused = browser.send(page, ticket=str(ticket)[:-2] + "xx", status=400)
    assert "not as the site made it" in refused.main
    assert find_progress(browser.person, course) is None


def test_a_form_of_somebody_else_is_not_credited_to_me(sign_in: Enter, course: str) -> None:
    first, second = sign_in(), sign_in()
    page = first.get(f"/en/courses/{course}/weigh")
    mine = second.get(f"/en/courses/{course}/weigh")
    theirs = str(page.form()("input", {"name": "ticket"})[0]["value"])
    second.send(mine, ticket=theirs, status=400)
    assert find_progress(second.person, course) is None


def test_a_wrong_token_after_an_outage_loses_nothing(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    page = browser.get(f"/en/courses/{course}/weigh")
    kept = browser.send(
        page, csrf_token="old", status=400, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert "Your work is kept" in kept.main
    browser.send(kept)
    progress = find_progress(browser.person, course)
    assert progress is not None and "weigh" in progress.finished


def test_a_form_from_another_site_is_not_offered_again(sign_in: Enter, course: str) -> None:
    browser = sign_in()
    page = browser.get(f"/en/courses/{course}/weigh")
    refused = browser.send(
        page, csrf_token="forged", status=400, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert not refused.soup.select("main form[method=post]")


def test_what_was_filled_in_is_kept_over_a_new_sign_in(
    sign_in: Enter, course: str, app: object
) -> None:
    from lms.base.clock import now
    from lms.base.database import writing
    from lms.people.actions import end_sessions_of, hash_password, set_password_hash

    browser = sign_in(staff_number="S-77")
    with writing():
        set_password_hash(
            person=browser.person, password_hash=hash_password("quatre mots faciles ici"), at=now()
        )
    page = browser.get(f"/en/courses/{course}/weigh")
    end_sessions_of(person=browser.person)
    headers = {"Sec-Fetch-Site": "same-origin"}
    door = browser.send(page, status=401, headers=headers)
    kept = browser.send(door, login="s-77", password="quatre mots faciles ici")
    assert "Your work is kept" in kept.main
    browser.send(kept)
    progress = find_progress(browser.person, course)
    assert progress is not None and "weigh" in progress.finished
