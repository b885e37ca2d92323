"""People without e-mail learn at a shared machine, and leave nothing behind. Without script."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from lms.app import create_app
from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id, random_code
from lms.courses import queries as courses
from lms.learning.events import LessonFinished, QuestionAnswered
from lms.people.actions import begin_session
from lms.people.cards.actions import make_pin_code
from lms.people.devices.actions import make_device_code
from lms.people.devices.events import DeviceEnrolled, GuestVisited
from lms.people.devices.queries import devices_in, guests_on
from lms.people.queries import current_person, find_visitor
from lms.record.actions import record
from lms.record.events import SYSTEM, Happened
from lms.record.queries import all_events, count_of_events, events_about
from lms.settings import Settings
from lms.web.kiosk_words import SCREENS
from tests.builders import make_person
from tests.builders_kiosk import PIN, at_kiosk, begin, make_device, make_holder
from tests.visitor import Seen, TestVisitor, fields_of, said

LANGUAGES = ("fr", "en")


@pytest.fixture
def office(tree: dict[str, str]) -> str:
    """An office in Abidjan."""
    return tree["CI-OP-ABJ-01"]


@pytest.fixture
def kiosk(app: Flask, office: str) -> TestVisitor:
    """Its kiosk, with nobody at it."""
    return at_kiosk(app, office)


@pytest.fixture
def awa(app: Flask, office: str) -> tuple[str, str]:
    """(person, card number) of Awa, who has chosen her PIN."""
    return make_holder(office, make_device(office, label="Other"), given_name="Awa")


def finish(browser: TestVisitor, page: Seen, because: str = "") -> Seen:
    """Presses “I have finished”, which stands outside the main part."""
    form = page.soup.find("form", id="finish")
    assert form is not None, page.title
    data = {**fields_of(form), "because": because}
    return browser.post(str(form["action"]), data)


def first_lesson(slug: str) -> tuple[str, str]:
    """(lesson, first question) of a course."""
    lesson = courses.current_edition(slug).lessons[0]
    return lesson.id, lesson.question_ids[0]


def the_language_comes_first(page: Seen) -> None:
    links = {str(link["href"]) for link in page.soup.select("main a")}
    assert links == {"/fr/kiosk/choices", "/en/kiosk/choices"}
    assert "Français" in page.main and "English" in page.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_machine_becomes_a_kiosk_once_and_asks_the_language_first(
    app: Flask, office: str, language: str
) -> None:
    code = make_device_code(organisation=office, by="chief", at=now())
    machine, other = TestVisitor(app), TestVisitor(app)
    typed = " ".join((code[:6], code[6:])).lower().replace("0", "o").replace("1", "i")

    page = machine.send(
        machine.get(f"/{language}/kiosk/"), "enrol", code=typed, label="By the door"
    )
    again = other.send(other.get(f"/{language}/kiosk/enrol"), code=code, label="Two", status=400)

    the_language_comes_first(page)
    assert again.title.startswith(said(language, "Error:"))
    kept = [s for s in events_about(subject=office) if isinstance(s.event, DeviceEnrolled)]
    assert [(s.actor, s.event.label) for s in kept if isinstance(s.event, DeviceEnrolled)] == [
        ("chief", "By the door")
    ]
    cookie = machine.http.get_cookie("device")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"


@pytest.mark.parametrize("wrong", ["", "ABCD", "0" * 24, "Ω" * 24, "'; DROP TABLE event"])
def test_a_code_that_is_none_makes_no_kiosk(client: TestVisitor, tree: object, wrong: str) -> None:
    page = client.send(client.get("/en/kiosk/enrol"), code=wrong, label="Kiosk", status=400)

    assert page.title.startswith("Error: ")
    assert "enrol" in str(client.get("/en/kiosk/card").response.request.path)


def test_a_code_older_than_seven_days_makes_no_kiosk(client: TestVisitor, office: str) -> None:
    code = make_device_code(
        organisation=office, by="chief", at=now() - timedelta(days=7, minutes=1)
    )

    client.send(client.get("/en/kiosk/enrol"), code=code, label="Kiosk", status=400)


def test_elsewhere_card_and_pin_do_not_work(
    client: TestVisitor, awa: tuple[str, str], kiosk: TestVisitor
) -> None:
    kiosk.send(kiosk.get("/en/kiosk/card"), number=awa[1])
    form = fields_of(kiosk.get("/en/kiosk/pin").form("pin"))
    with kiosk.http.session_transaction() as session:
        stolen = dict(session)
    with client.http.session_transaction() as mine:
        mine.update(stolen)

    page = client.post("/en/kiosk/pin", {**form, "pin": PIN})

    assert "enrol" in str(page.response.request.path)
    assert "/sign-in" in str(client.get("/en/my-learning").response.request.path)


def test_a_forged_cookie_is_no_kiosk(client: TestVisitor, office: str) -> None:
    device = make_device(office)
    client.http.set_cookie("device", f'"{device.id}".AAAAAAAAAAAAAAAAAAAAAAAAAAA')

    assert "enrol" in str(client.get("/en/kiosk/choices").response.request.path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_four_choices_with_a_picture_and_a_word(
    kiosk: TestVisitor, language: str
) -> None:
    page = kiosk.get(f"/{language}/kiosk/choices")

    tiles = page.soup.select("main .tile-button")
    assert len(tiles) == 4
    assert all(tile.find("use") and tile.get_text(strip=True) for tile in tiles)
    for path in ("card", "new", "help"):
        kiosk.get(f"/{language}/kiosk/{path}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_awa_signs_in_learns_and_leaves(
    kiosk: TestVisitor, awa: tuple[str, str], course: str, language: str
) -> None:
    person, number = awa
    begin(kiosk, number, language=language)
    lesson, _question = first_lesson(course)
    start = kiosk.get(f"/{language}/courses/{course}")
    kiosk.send(start, "start")
    page = kiosk.get(f"/{language}/courses/{course}/{lesson}")
    kiosk.send(page, lesson)

    after = finish(kiosk, kiosk.get(f"/{language}/my-learning"))

    the_language_comes_first(after)
    assert "Awa" not in after.html
    done = [s for s in events_about(learner=person) if isinstance(s.event, LessonFinished)]
    device = devices_in(("",))
    assert [s.body["via"]["channel"] for s in done] == ["kiosk"]
    assert done[0].body["via"]["device"] in {each.id for each in device}
    for path in ("my-learning", f"courses/{course}/{lesson}", "my-record", "account/"):
        the_language_comes_first(kiosk.get(f"/{language}/{path}"))


@pytest.mark.parametrize(
    "typed",
    ["{n}", " {n} ", "{lower}", "{spaced}", "{dashed}", "{lookalike}"],
)
def test_a_card_number_may_be_typed_oddly(
    kiosk: TestVisitor, awa: tuple[str, str], typed: str
) -> None:
    n = awa[1]
    number = typed.format(
        n=n,
        lower=n.lower(),
        spaced=" ".join(n),
        dashed=f"{n[:4]}-{n[4:]}",
        lookalike=n.replace("0", "O").replace("1", "l"),
    )

    begin(kiosk, number)


@pytest.mark.parametrize("typed", ["", "1234", "?", "{n}X", "ÀÉÎÕÜ", "0" * 400])
def test_what_is_no_card_number_is_said_so(
    kiosk: TestVisitor, awa: tuple[str, str], typed: str
) -> None:
    page = kiosk.send(kiosk.get("/en/kiosk/card"), number=typed.format(n=awa[1]), status=400)

    assert page.title.startswith("Error: ")


def test_a_card_of_another_country_works(
    app: Flask, kiosk: TestVisitor, tree: dict[str, str]
) -> None:
    nairobi = make_device(tree["KE-OP-NBO-01"])
    _person, number = make_holder(tree["KE-OP-NBO-01"], nairobi, given_name="Otieno")

    page = begin(kiosk, number).get("/en/my-learning")

    assert "Otieno" in page.main


def test_an_unknown_card_a_wrong_pin_and_no_pin_are_answered_alike(
    kiosk: TestVisitor, awa: tuple[str, str], office: str
) -> None:
    without = current_person(make_person(office=office)).number
    answers = set()
    for number, pin in ((awa[1], "000000"), (random_code(7), PIN), (without, PIN)):
        page = kiosk.send(kiosk.get("/en/kiosk/card"), number=number)
        seen = kiosk.send(page, "kiosk/pin", pin=pin, status=400)
        error = seen.soup.find(id="pin-error")
        answers.add(error.get_text(" ", strip=True) if error else "")
    assert len(answers) == 1
    assert "do not go together" in answers.pop()


def test_five_wrong_pins_lock_the_card_for_the_right_one_too(
    kiosk: TestVisitor, awa: tuple[str, str]
) -> None:
    kiosk.send(kiosk.get("/en/kiosk/card"), number=awa[1])
    for wrong in range(5):
        kiosk.send(kiosk.get("/en/kiosk/pin"), pin=f"90210{wrong}", status=400)

    page = kiosk.send(kiosk.get("/en/kiosk/pin"), pin=PIN, status=400)

    assert "locked" in page.main


def test_a_script_has_ten_guesses_an_hour_over_two_servers(
    app: Flask, settings: Settings, office: str, awa: tuple[str, str]
) -> None:
    twin = create_app(settings)
    machines = [at_kiosk(app, office), at_kiosk(app, office)]
    machines[1].app, machines[1].http.application = twin, twin
    answers = []
    for guess in range(14):
        machine = machines[guess % 2]
        machine.send(machine.get("/en/kiosk/card"), number=awa[1])
        answers.append(machine.send(machine.get("/en/kiosk/pin"), pin=f"7{guess:05}", status=None))

    assert [page.status for page in answers] == [400] * 10 + [429] * 4
    assert "Wait" in answers[-1].main


def test_a_pin_opens_no_desk(app: Flask, kiosk: TestVisitor, office: str) -> None:
    device = make_device(office)
    _person, number = make_holder(office, device, position="manager", given_name="Efua")

    begin(kiosk, number)

    kiosk.get("/en/manager/people", status=403)
    kiosk.get("/en/counter/", status=403)


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_new_chooses_a_pin_with_the_helpers_code(
    kiosk: TestVisitor, office: str, language: str
) -> None:
    person = make_person(office=office, given_name="Yao", birth_year=1987)
    code = make_pin_code(person=person, organisation=office, at=now())
    page = kiosk.send(kiosk.get(f"/{language}/kiosk/new"), code=f"{code[:3]} {code[3:]}")
    assert "Yao" in page.main

    for weak in ("", "12345", "1234567", "abcdef", "000000", "123456", "198719", "121212"):
        page = kiosk.send(page, "new/pin", pin=weak, status=400)
    page = kiosk.send(page, "new/pin", pin="4815 16")
    page = kiosk.send(page, "new/pin", pin="481517", status=400)
    assert said(language, "The two PINs are not the same. Choose your PIN once more.") in page.main
    page = kiosk.send(page, "new/pin", pin=PIN)
    page = kiosk.send(page, "new/pin", pin=PIN)

    assert "Yao" in page.main
    assert "481516" not in page.html
    finish(kiosk, page)
    kiosk.send(kiosk.get(f"/{language}/kiosk/new"), code=code, status=400)
    begin(kiosk, current_person(person).number, language=language)


def test_a_code_works_ten_minutes_at_its_own_office_only(
    app: Flask, kiosk: TestVisitor, tree: dict[str, str], office: str
) -> None:
    person = make_person(office=office)
    elsewhere = at_kiosk(app, tree["CI-OP-ABJ-02"])
    code = make_pin_code(person=person, organisation=office, at=now())
    elsewhere.send(elsewhere.get("/en/kiosk/new"), code=code, status=400)
    with time_machine.travel(now() + timedelta(minutes=11)):
        kiosk.send(kiosk.get("/en/kiosk/new"), code=code, status=400)
    kiosk.send(kiosk.get("/en/kiosk/new"), code=code)


def test_codes_are_not_guessed(kiosk: TestVisitor, office: str) -> None:
    make_pin_code(person=make_person(office=office), organisation=office, at=now())
    statuses = [
        kiosk.send(kiosk.get("/en/kiosk/new"), code=f"{guess:06}", status=None).status
        for guess in range(12)
    ]
    assert statuses == [400] * 10 + [429] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guest_reads_and_tries_and_nothing_but_the_visit_is_kept(
    kiosk: TestVisitor, course: str, office: str, language: str
) -> None:
    lesson, question = first_lesson(course)
    choices = kiosk.get(f"/{language}/kiosk/choices")
    page = kiosk.send(choices, "look")
    before = count_of_events()
    kiosk.get(f"/{language}/kiosk/look/{course}")
    page = kiosk.get(f"/{language}/kiosk/look/{course}/{lesson}")
    asked = kiosk.get(f"/{language}/kiosk/look/{course}/{lesson}/{question}")
    option = asked.soup.select_one("main input[name=answer]")
    assert option is not None
    tried = kiosk.send(asked, question, answer=str(option["value"]))
    kiosk.send(asked, question, answer=None, status=400)
    assert tried.soup.select(".feedback")
    assert count_of_events() == before

    finish(kiosk, page)
    finish(kiosk, page)

    events = [s for batch in all_events({GuestVisited.kind}) for s in batch]
    assert count_of_events() == before + 1
    assert [(s.learner, s.actor, s.subject) for s in events] == [(None, None, office)]
    visit = events[0].event
    assert isinstance(visit, GuestVisited)
    assert (visit.minutes, visit.pages, visit.language) == (1, 4, language)
    assert not [s for batch in all_events({QuestionAnswered.kind}) for s in batch]
    kiosk.get(f"/{language}/kiosk/look/{course}")
    assert "choices" in str(kiosk.get(f"/{language}/kiosk/look").response.request.path)


def test_a_guest_is_counted_when_they_come_and_their_minutes_when_the_next_one_comes(
    kiosk: TestVisitor, awa: tuple[str, str], office: str
) -> None:
    came = now()
    look = kiosk.get("/en/kiosk/choices").form("look")
    kiosk.post(str(look["action"]), fields_of(look))
    kiosk.post(str(look["action"]), fields_of(look))
    assert guests_on(office, came.date(), "CI") == (1, 0), "a double click is one guest"
    with time_machine.travel(came + timedelta(minutes=4)):
        kiosk.get("/en/kiosk/look")

        begin(kiosk, awa[1])

    assert guests_on(office, came.date(), "CI") == (1, 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_who_has_a_card_is_told_that_their_work_is_saved(
    kiosk: TestVisitor, awa: tuple[str, str], language: str
) -> None:
    saved = said(language, SCREENS["idle"]["kept"].text)
    guest = kiosk.send(kiosk.get(f"/{language}/kiosk/choices"), "look")
    assert saved not in guest.text

    assert saved in begin(kiosk, awa[1], language=language).get(f"/{language}/my-learning").text


def test_a_guest_whose_browser_forgot_them_was_counted(kiosk: TestVisitor, office: str) -> None:
    for _visit in range(2):
        kiosk.send(kiosk.get("/en/kiosk/choices"), "look")
        kiosk.http.delete_cookie("relais")

    assert guests_on(office, now().date(), "CI") == (2, 0)


def test_a_visit_that_was_counted_at_its_end_before_still_counts(app: Flask, office: str) -> None:
    old = GuestVisited(organisation=office, device="k1", minutes=7, pages=3, language="fr")
    with writing():
        record([Happened(old, new_id(), SYSTEM, now())])

    assert guests_on(office, now().date(), "CI") == (1, 7)


def test_a_session_ends_after_ten_minutes_without_a_request(
    kiosk: TestVisitor, awa: tuple[str, str]
) -> None:
    begin(kiosk, awa[1])
    with time_machine.travel(now() + timedelta(minutes=9), tick=True):
        assert "Awa" in kiosk.get("/en/my-learning").main
    with time_machine.travel(now() + timedelta(minutes=20), tick=True):
        the_language_comes_first(kiosk.get("/en/my-learning"))


def test_who_still_reads_is_still_here(kiosk: TestVisitor, awa: tuple[str, str]) -> None:
    begin(kiosk, awa[1])
    for minutes in (8, 16, 24):
        with time_machine.travel(now() + timedelta(minutes=minutes), tick=True):
            kiosk.get("/en/kiosk/here", status=204)
    with time_machine.travel(now() + timedelta(minutes=40), tick=True):
        kiosk.get("/en/kiosk/here", status=410)


def test_no_page_of_a_kiosk_is_kept_and_no_field_remembers(
    kiosk: TestVisitor, awa: tuple[str, str], course: str
) -> None:
    lesson, question = first_lesson(course)
    seen = [kiosk.get(f"/en/kiosk/{path}") for path in ("", "choices", "card", "new", "help")]
    begin(kiosk, awa[1])
    seen += [
        kiosk.get(f"/en/{path}")
        for path in (
            "my-learning",
            "account/",
            "courses",
            f"courses/{course}",
            f"courses/{course}/{lesson}",
            f"courses/{course}/{lesson}/questions/{question}",
        )
    ]

    for page in seen:
        assert page.response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in page.response.headers
        assert page.soup.body is not None and page.soup.body.has_attr("data-private")
        for field in page.soup.select("main form[method=post] input:not([type=hidden])"):
            allowed = ("off", "one-time-code", None)
            assert field.get("autocomplete") in allowed, field
        for form in page.soup.select("main form[method=post]"):
            if form.select("input:not([type=hidden]), textarea"):
                assert form.get("autocomplete") == "off", form


def test_leaving_asks_the_browser_to_forget_its_cache_alone(
    kiosk: TestVisitor, awa: tuple[str, str]
) -> None:
    page = begin(kiosk, awa[1]).get("/en/my-learning")
    form = page.soup.find("form", id="finish")
    assert form is not None
    answer = kiosk.post("/en/kiosk/finish", fields_of(form), status=303, follow=False)

    assert answer.response.headers["Clear-Site-Data"] == '"cache"'


def test_a_form_of_who_has_gone_is_not_offered_to_the_next(
    kiosk: TestVisitor, awa: tuple[str, str], course: str
) -> None:
    lesson, _question = first_lesson(course)
    begin(kiosk, awa[1])
    left_open = kiosk.get(f"/en/courses/{course}/{lesson}")
    form = fields_of(left_open.form(lesson))
    finish(kiosk, left_open)
    before = count_of_events()

    page = kiosk.post(f"/en/courses/{course}/{lesson}", form)

    the_language_comes_first(page)
    assert count_of_events() == before


def test_a_withdrawn_kiosk_is_none_at_once(
    kiosk: TestVisitor, awa: tuple[str, str], sign_in: object, tree: dict[str, str]
) -> None:
    begin(kiosk, awa[1])
    efua = sign_in("manager")  # type: ignore[operator]
    page = efua.get("/en/counter/devices/")
    for row in page.soup.select("main form[action*=withdraw]"):
        efua.post(str(row["action"]), fields_of(row))

    assert "enrol" in str(kiosk.get("/en/kiosk/card").response.request.path)


def test_a_password_session_elsewhere_stays_what_it_was(
    app: Flask, client: TestVisitor, office: str
) -> None:
    person = make_person(office=office, position="manager")
    token = begin_session(person=person, device="phone", hours=1, at=now())
    found = find_visitor(token, now())
    db.session.rollback()

    assert found is not None
    assert (found.kiosk, found.assisted_by, found.device) == (False, "", "phone")
    assert found.acts_as("manager")
