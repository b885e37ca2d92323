"""What a lesson costs, and what happens when its form arrives many times at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import event

from lms.base.database import db
from lms.record.queries import events_about
from tests.visitor import TestVisitor, fields_of, forget_request

Enter = Callable[..., TestVisitor]


def count_queries(app: Flask, work: Callable[[], Any]) -> int:
    """How many statements the databases are asked, without the settings of a connection."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SET")):
            asked.append(statement)

    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", note)
    work()
    for engine in db.engines.values():
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_reading_a_lesson_asks_the_databases_four_times_at_most(
    app: Flask, sign_in: Enter, course: str
) -> None:
    browser = sign_in()
    browser.send(browser.get(f"/en/courses/{course}/weigh"))
    browser.get(f"/en/courses/{course}/declare")
    assert count_queries(app, lambda: browser.get(f"/en/courses/{course}/weigh")) <= 4


def test_the_same_form_sent_five_times_at_once_is_one_event_and_five_polite_answers(
    app: Flask, sign_in: Enter, course: str
) -> None:
    browser = sign_in()
    page = browser.get(f"/en/courses/{course}/weigh")
    data = fields_of(page.form())
    cookie = browser.http.get_cookie("relais")
    assert cookie is not None
    db.session.remove()
    forget_request()

    def send(_number: int) -> int:
        client = app.test_client()
        client.set_cookie("relais", cookie.value)
        answer = client.post(f"/en/courses/{course}/weigh", data=data)
        return answer.status_code

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(send, range(5)))
    assert answers == [303] * 5
    assert len(events_about(learner=browser.person, kinds={"lesson.finished"})) == 1
    assert len(events_about(learner=browser.person, kinds={"course.started"})) == 1


def test_time_in_a_lesson_is_what_the_script_counted_and_never_more_than_passed(
    sign_in: Enter, course: str
) -> None:
    for typed, most in (("99999", 5), ("", 5), ("minus", 5)):
        browser = sign_in()
        browser.send(browser.get(f"/en/courses/{course}/weigh"), seconds=typed)
        told = events_about(learner=browser.person, kinds={"lesson.finished"})[0].body["data"]
        assert 0 <= told["seconds"] <= most
        assert told["active_seconds"] <= most


def test_a_page_that_was_kept_shows_each_reader_their_own_name_token_and_ticket(
    sign_in: Enter, course: str
) -> None:
    first = sign_in(given_name="Awa", family_name="Koné")
    second = sign_in(given_name="<b>N’Dri</b>", family_name="& Fils")
    pages = [browser.get(f"/en/courses/{course}/weigh") for browser in (first, second, first)]
    assert ["Awa Koné" in page.text for page in pages] == [True, False, True]
    assert "&lt;b&gt;N’Dri&lt;/b&gt; &amp; Fils" in pages[1].html
    tickets = {str(page.form()("input", {"name": "ticket"})[0]["value"]) for page in pages}
    tokens = {str(page.form()("input", {"name": "csrf_token"})[0]["value"]) for page in pages}
    assert len(tickets) == 3
    assert len(tokens) >= 2
    for browser, page in zip((first, second), pages, strict=False):
        browser.send(page)
        assert events_about(learner=browser.person, kinds={"lesson.finished"})


def test_a_kept_page_does_not_hide_whether_the_lesson_is_done(sign_in: Enter, course: str) -> None:
    reader, other = sign_in(), sign_in()
    fresh = reader.get(f"/en/courses/{course}/weigh").main
    other.get(f"/en/courses/{course}/weigh")
    assert reader.get(f"/en/courses/{course}/weigh").main == fresh
    assert reader.get(f"/fr/courses/{course}/weigh").main != fresh
