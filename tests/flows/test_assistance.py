"""A helper joins a learner: agreed to, seen on every page, marked with every answer. Without
script."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from lms.base.clock import now
from lms.base.database import db
from lms.demo.learners import right_answer
from lms.learning.events import (
    AttemptStarted,
    AttemptSubmitted,
    LessonFinished,
    QuestionAnswered,
)
from lms.learning.queries import find_completion, find_progress
from lms.people.actions import begin_session
from lms.people.assistance.events import AssistanceAgreed, AssistanceGiven
from lms.record.queries import count_of_events, events_about
from lms.web.learner.test import LOOK_AGAIN
from tests.builders import publish
from tests.builders_assistance import NUMBER, PASSWORD, helper_joins, make_helper, press_in_band
from tests.builders_courses import make_course_folder
from tests.builders_kiosk import PIN, at_kiosk, begin, make_device, make_holder
from tests.flows.test_learning_a_course import as_fields, key_on
from tests.visitor import Seen, TestVisitor, said

BOTH = pytest.mark.parametrize("language", ["fr", "en"])
Enter = Callable[..., TestVisitor]
HELPED = {LessonFinished.kind, QuestionAnswered.kind, AttemptStarted.kind, AttemptSubmitted.kind}


@pytest.fixture
def office(tree: dict[str, str]) -> str:
    """An office in Abidjan."""
    return tree["CI-OP-ABJ-01"]


@pytest.fixture
def koffi(office: str) -> str:
    """Helps there."""
    return make_helper(office, given_name="Koffi", family_name="Secret")


@pytest.fixture
def alone(app: Flask, tmp_path: Path) -> str:
    """A course whose test is taken without a helper."""
    folder = make_course_folder(tmp_path / "more", "alone", id="T9", assistance="{test: false}")
    return publish(folder)


def answer(browser: TestVisitor, page: Seen, slug: str, **more: Any) -> Seen:
    """Sends the right answer, with these fields beside it."""
    return browser.send(page, **(as_fields(right_answer(key_on(page, slug))) | more))


def marks(person: str) -> set[tuple[str, str | None]]:
    """(mode, helper) of everything that somebody has learned."""
    kept = [s.event for s in events_about(learner=person, kinds=HELPED)]
    return {(e.mode, e.helper) for e in kept}  # type: ignore[union-attr]


def learn(browser: TestVisitor, slug: str, mode: str = "") -> Seen:
    """Does the whole course; with a `mode`, says so with each lesson and answer."""
    more: dict[str, Any] = {"help__mode": mode} if mode else {}
    page = browser.send(browser.get(f"/en/courses/{slug}"), "/start")
    while "/tests/" not in page.response.request.path:
        if page.soup.select_one("section.question form, form section.question"):
            page = answer(browser, page, slug, **more)
        elif page.soup.select_one(".feedback"):
            page = browser.get(str(page.soup.select_one(".buttons a.button-start")["href"]))  # type: ignore[index]
        else:
            page = browser.send(page, "/courses/", **more)
    page = browser.send(page, "/tests/")
    while page.soup.select_one("form section.question"):
        page = answer(browser, page, slug, **more)
    return browser.send(page, "/review")


@BOTH
def test_a_helper_joins_a_learner_who_agreed_and_every_page_says_so(
    sign_in: Enter, koffi: str, office: str, course: str, language: str
) -> None:
    awa = sign_in(given_name="Awa")
    page = helper_joins(awa, language)
    for url in ("my-learning", f"courses/{course}", f"courses/{course}/weigh", "help"):
        page = awa.get(f"/{language}/{url}")
        [band] = page.soup.select(".band-assisted")
        words = " ".join(band.get_text(" ").split())
        assert f"CI-OP-ABJ-01 ({language})" in words
        assert said(language, "The helper leaves") in words
        assert "Koffi" not in page.text and "Secret" not in page.text
        assert "Awa" in page.text, "the learner stays the person signed in"
        assert page.response.headers["Cache-Control"] == "no-store"
    [agreed] = events_about(learner=awa.person, kinds={AssistanceAgreed.kind})
    assert (agreed.subject, agreed.actor) == (office, awa.person)

    page = press_in_band(awa, page, "/leave")
    assert said(language, "The helper has left. You go on alone.") in page.main
    assert page.response.request.path == f"/{language}/help"
    assert not awa.get(f"/{language}/my-learning").soup.select(".band-assisted")
    [given] = events_about(learner=awa.person, kinds={AssistanceGiven.kind})
    assert isinstance(given.event, AssistanceGiven) and given.event.helper == koffi


def test_each_answer_is_marked_as_it_was_given_and_the_last_choice_is_remembered(
    sign_in: Enter, koffi: str, course: str
) -> None:
    awa = sign_in()
    helper_joins(awa)
    page = awa.send(awa.get(f"/en/courses/{course}"), "/start")
    assert checked(page) == "self"
    page = awa.send(page, "/courses/", help__mode="read-aloud")
    assert checked(page) == "read-aloud"
    answer(awa, page, course, help__mode="typed")
    page = awa.get(f"/en/courses/{course}/continue")
    assert checked(page) == "typed"
    answer(awa, page, course, help__mode="self")
    assert marks(awa.person) == {("read-aloud", koffi), ("typed", koffi), ("self", koffi)}


def checked(page: Seen) -> str:
    """How the page supposes that the answer is given."""
    [chosen] = page.soup.select("input[name=help-mode][checked]")
    return str(chosen["value"])


def test_without_a_helper_there_is_nothing_to_mark(sign_in: Enter, course: str) -> None:
    awa = sign_in()
    learn(awa, course)
    assert marks(awa.person) == {("self", None)}
    done = find_completion(awa.person, course)
    assert done is not None and done.help == ""


def test_an_answer_shown_beside_a_helper_stays_theirs_when_they_have_left(
    sign_in: Enter, koffi: str, course: str
) -> None:
    awa = sign_in()
    helper_joins(awa)
    page = awa.send(awa.get(f"/en/courses/{course}"), "/start")
    question = awa.send(page, "/courses/")
    press_in_band(awa, question, "/leave")
    answer(awa, question, course, help__mode="typed")
    assert marks(awa.person) == {("self", koffi), ("typed", koffi)}


def test_a_form_opened_alone_is_helped_once_a_helper_is_there(
    sign_in: Enter, koffi: str, course: str
) -> None:
    awa = sign_in()
    page = awa.send(awa.get(f"/en/courses/{course}"), "/start")
    question = awa.send(page, "/courses/")
    helper_joins(awa)
    answer(awa, question, course)
    assert marks(awa.person) == {("self", None), ("self", koffi)}


def test_a_mark_without_a_helper_and_one_that_is_not_known_are_refused(
    sign_in: Enter, koffi: str, course: str
) -> None:
    awa = sign_in()
    page = awa.send(awa.get(f"/en/courses/{course}"), "/start")
    question = awa.send(page, "/courses/")
    before = count_of_events()
    fields = as_fields(right_answer(key_on(question, course)))
    refused = awa.send(question, status=400, help__mode="typed", **fields)
    assert "no helper is signed in with you" in refused.main
    forged = f"{question.form('/questions/').find('input', attrs={'name': 'ticket'})['value']}"  # type: ignore[index]
    forged = forged.replace(awa.person, f"{awa.person}+{koffi}")
    awa.send(question, status=400, **fields, help__mode="typed", ticket=forged)
    helper_joins(awa)
    refused = awa.send(question, status=400, help__mode="whispered", **fields)
    assert "Say how the answer was given" in refused.main
    db.session.rollback()
    assert not events_about(learner=awa.person, kinds={QuestionAnswered.kind})
    assert count_of_events() == before + 2, "only the agreement and its note"


def test_the_form_of_another_learner_does_not_bring_their_helper(
    sign_in: Enter, koffi: str, course: str
) -> None:
    awa, binta = sign_in(), sign_in()
    helper_joins(awa)
    page = awa.send(awa.get(f"/en/courses/{course}"), "/start")
    ticket = ticket_in(page)
    page = binta.send(binta.get(f"/en/courses/{course}"), "/start")
    binta.send(page, "/courses/", status=400, ticket=ticket)
    assert marks(binta.person) == set()
    binta.send(page, "/courses/")
    assert marks(binta.person) == {("self", None)}


def ticket_in(page: Seen) -> str:
    """The ticket of the first form."""
    [field, *_others] = page.soup.select("main input[name=ticket]")
    return str(field["value"])


def has_run_out(browser: TestVisitor, page: Seen) -> bool:
    """Whether the page says that the helper's time is over, and shows no band."""
    language = page.response.request.path[1:3]
    words = said(language, "The time with the helper is over. You go on alone.")
    return words in page.main and not page.soup.select(".band-assisted")


@BOTH
def test_when_the_helpers_time_runs_out_the_next_page_says_so_once(
    sign_in: Enter, koffi: str, course: str, language: str
) -> None:
    awa, begun = sign_in(), now()
    helper_joins(awa, language)
    awa.get(f"/{language}/my-learning")
    lesson = f"/{language}/courses/{course}/weigh"
    with time_machine.travel(begun + timedelta(minutes=31), tick=False):
        page = awa.get(lesson)
        assert has_run_out(awa, page)
        assert "ETag" not in page.response.headers, "said once: nobody keeps this page"
        assert not has_run_out(awa, awa.get(lesson))
        assert awa.get(lesson).response.headers["ETag"]


@pytest.mark.parametrize("mode", ["self", "read-aloud", "typed"])
def test_an_answer_sent_when_the_helpers_time_is_over_still_says_who_helped(
    sign_in: Enter, koffi: str, course: str, mode: str
) -> None:
    awa, begun = sign_in(), now()
    helper_joins(awa)
    page = awa.send(awa.get(f"/en/courses/{course}"), "/start")
    question = awa.send(page, "/courses/")
    with time_machine.travel(begun + timedelta(minutes=31), tick=False):
        page = answer(awa, question, course, help__mode=mode)
        assert has_run_out(awa, page)
        [kept] = events_about(learner=awa.person, kinds={QuestionAnswered.kind})
        assert (kept.event.mode, kept.event.helper) == (mode, koffi)  # type: ignore[union-attr]
        page = awa.get(f"/en/courses/{course}/continue")
        page = answer(awa, page, course)
    last = events_about(learner=awa.person, kinds={QuestionAnswered.kind})[-1].event
    assert (last.mode, last.helper) == ("self", None), "what was opened alone is theirs alone"  # type: ignore[union-attr]


def test_a_form_that_a_helper_came_to_and_left_again_is_one_of_theirs(
    sign_in: Enter, koffi: str, course: str
) -> None:
    awa = sign_in()
    page = awa.send(awa.get(f"/en/courses/{course}"), "/start")
    question = awa.send(page, "/courses/")
    helper_joins(awa)
    press_in_band(awa, awa.get("/en/my-learning"), "/leave")
    answer(awa, question, course)
    assert marks(awa.person) == {("self", None), ("self", koffi)}


@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_test_begun_or_handed_in_when_the_helpers_time_is_over_says_who_helped(
    sign_in: Enter, koffi: str, course: str, at_the_end: bool
) -> None:
    awa, begun = sign_in(), now()
    helper_joins(awa)
    page = awa.get(f"/en/tests/{course}")
    if at_the_end:
        page = awa.send(page, "/tests/")
        while page.soup.select_one("form section.question"):
            page = answer(awa, page, course)
    with time_machine.travel(begun + timedelta(minutes=31), tick=False):
        awa.send(page, "/review" if at_the_end else "/tests/")
    kinds = {AttemptSubmitted.kind if at_the_end else AttemptStarted.kind}
    [done] = events_about(learner=awa.person, kinds=kinds)
    assert done.event.helper == koffi  # type: ignore[union-attr]


@BOTH
def test_a_test_taken_alone_takes_no_answer_from_a_page_that_a_helper_stood_beside(
    sign_in: Enter, koffi: str, alone: str, language: str
) -> None:
    awa = sign_in()
    door = awa.send(awa.get(f"/{language}/tests/{alone}"), "/tests/")
    helper_joins(awa, language)
    press_in_band(awa, awa.get(f"/{language}/my-learning"), "/leave")
    fields = as_fields(right_answer(key_on(door, alone)))
    page = awa.send(door, status=409, **fields)
    assert " ".join(said(language, LOOK_AGAIN.text).split()) in page.main
    assert page.soup.select(".error-summary")
    kept = page.soup.select("section.question :checked, section.question [selected]")
    typed = page.soup.select("section.question input[value]:not([value='']):not([type])")
    assert kept or typed, "what was typed is still there"
    awa.send(page, **fields)
    assert marks(awa.person) == {("self", None)}


@BOTH
def test_a_test_that_is_taken_alone_waits_until_the_helper_has_left_and_loses_nothing(
    sign_in: Enter, koffi: str, alone: str, language: str
) -> None:
    awa = sign_in()
    door = awa.send(awa.get(f"/{language}/tests/{alone}"), "/tests/")
    question = answer(awa, door, alone)
    helper_joins(awa, language)
    before = count_of_events()

    for url in (f"tests/{alone}", question.response.request.path.split("/", 2)[2]):
        page = awa.get(f"/{language}/{url}")
        assert not page.soup.select("section.question")
        assert said(language, "The helper leaves") in page.main
    fields = as_fields(right_answer(key_on(question, alone)))
    page = awa.send(question, status=409, **fields)
    db.session.rollback()
    assert count_of_events() == before
    assert page.soup.select(".error-summary")

    page = awa.send(page, helper="leaves", **fields)
    assert not page.soup.select(".band-assisted")
    kept = page.soup.select(
        "section.question :checked, section.question [selected], "
        "section.question input[value]:not([value=''])"
    )
    assert kept, "what was typed is still there"
    page = answer(awa, page, alone)
    progress = find_progress(awa.person, alone)
    assert progress is not None and len(progress.attempts[0].answers) == 2
    assert marks(awa.person) == {("self", None)}


@BOTH
def test_who_does_not_help_here_cannot_join_and_the_learner_goes_on(
    sign_in: Enter, tree: dict[str, str], koffi: str, language: str
) -> None:
    make_helper(tree["CI-OP-ABJ-02"], staff_number="ELSEWHERE")
    awa = sign_in()
    page = awa.send(awa.get(f"/{language}/assistance/"), "/agree")
    for login, password in (("ELSEWHERE", PASSWORD), (NUMBER, "wrong"), ("NOBODY", PASSWORD)):
        refused = awa.send(page, "/helper", status=400, login=login, password=password)
        assert refused.soup.select(".error-summary") and PASSWORD not in refused.html
    empty = awa.send(page, "/helper", status=400, login="", password="")
    assert len(empty.soup.select(".error-summary li")) == 2
    assert not awa.get(f"/{language}/my-learning").soup.select(".band-assisted")
    assert not events_about(learner=awa.person, kinds={AssistanceAgreed.kind})


def test_a_helper_cannot_join_before_the_learner_agrees_nor_long_after(
    sign_in: Enter, koffi: str
) -> None:
    awa = sign_in()
    page = awa.get("/en/assistance/helper")
    assert page.response.request.path == "/en/assistance/"
    form = awa.send(page, "/agree")
    with time_machine.travel(now() + timedelta(minutes=11)):
        late = awa.send(form, "/helper", login=NUMBER, password=PASSWORD)
        assert late.response.request.path == "/en/assistance/"
        assert "The learner must agree first" in late.main


def test_guessing_a_helpers_password_is_slowed_down(sign_in: Enter, koffi: str) -> None:
    awa = sign_in()
    page = awa.send(awa.get("/en/assistance/"), "/agree")
    for _ in range(5):
        awa.send(page, "/helper", status=400, login=NUMBER, password="no")
    awa.send(page, "/helper", status=429, login=NUMBER, password=PASSWORD)


def test_the_page_asks_whether_the_helper_is_still_there_and_then_it_ends(
    sign_in: Enter, koffi: str
) -> None:
    awa, begun = sign_in(), now()
    helper_joins(awa)
    with time_machine.travel(begun + timedelta(minutes=21), tick=False):
        page = awa.get("/en/my-learning")
        assert "The helper is still here" in page.text
        page = press_in_band(awa, page, "/stay")
        assert "The helper is still here" not in page.text
    with time_machine.travel(begun + timedelta(minutes=45), tick=False):
        assert awa.get("/en/my-learning").soup.select(".band-assisted")
    with time_machine.travel(begun + timedelta(minutes=52), tick=False):
        assert not awa.get("/en/my-learning").soup.select(".band-assisted")


def test_my_account_is_mine_alone_while_a_helper_is_there(sign_in: Enter, koffi: str) -> None:
    awa = sign_in()
    url = awa.get("/en/my-learning").link("My account")
    helper_joins(awa)
    page = awa.get(url, status=403)
    assert "Your account is yours alone" in page.main
    press_in_band(awa, page, "/leave")
    awa.get(url)


def test_at_a_kiosk_the_helpers_of_its_office_join_and_i_have_finished_ends_both(
    app: Flask, office: str, koffi: str, tree: dict[str, str]
) -> None:
    person, number = make_holder(tree["KE-OP-NBO-01"], make_device(office, label="Other"))
    kiosk = begin(at_kiosk(app, office), number)
    page = kiosk.get("/en/my-learning")
    assert page.link("With a helper") == "/en/assistance/"
    helper_joins(kiosk)
    page = kiosk.get("/en/my-learning")
    assert page.soup.select(".band-assisted")
    form = page.soup.find("form", id="finish")
    assert form is not None
    token = form.find("input", attrs={"name": "csrf_token"})
    kiosk.post(str(form["action"]), {"csrf_token": str(token["value"])})  # type: ignore[index]
    [given] = events_about(learner=person, kinds={AssistanceGiven.kind})
    assert given.subject == office
    assert not kiosk.get("/en/kiosk/").soup.select(".band-assisted")


@BOTH
def test_a_helper_begins_together_with_a_learner_at_a_kiosk(
    app: Flask, office: str, koffi: str, language: str
) -> None:
    _awa, number = make_holder(office, make_device(office, label="Other"), given_name="Awa")
    kiosk = at_kiosk(app, office, language)
    kiosk.enter(begin_session(person=koffi, device="test", hours=1, at=now()), koffi)
    url = f"/{language}/counter/assist/"
    page = kiosk.get(url)

    refused = kiosk.send(page, "assist", status=400, number=number, pin=PIN)
    assert refused.soup.select(".error-summary"), "the learner has not agreed"
    kiosk.send(page, "assist", status=400, number=number, pin="000001", agreed="y")
    page = kiosk.send(page, "assist", number=number, pin=PIN, agreed="y")
    assert page.response.request.path == f"/{language}/my-learning"
    assert "Awa" in page.main and page.soup.select(".band-assisted")
    assert kiosk.get(f"/{language}/counter/", status=403), "the helper’s own session has ended"
    db.session.rollback()

    desk = TestVisitor(app)
    desk.enter(begin_session(person=koffi, device="test", hours=1, at=now()), koffi)
    today = desk.get(f"/{language}/counter/")
    assert said(language, "Assisted sessions") in today.main


def test_elsewhere_than_at_a_kiosk_a_card_opens_nothing(
    app: Flask, office: str, koffi: str
) -> None:
    helper = TestVisitor(app)
    helper.enter(begin_session(person=koffi, device="test", hours=1, at=now()), koffi)
    page = helper.get("/en/counter/assist/")
    assert "This machine is no kiosk" in page.main
    assert not page.soup.select("main form")
