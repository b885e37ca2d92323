"""People who read little listen: to a lesson, a question, a screen of the kiosk."""

import re
from collections.abc import Callable

import pytest
from bs4 import Tag
from flask import Flask

from lms.base.database import writing
from lms.base.language import LANGUAGES
from lms.courses import queries as courses
from lms.courses.audio.actions import keep_audio
from tests.builders import publish
from tests.builders_audio import make_recording, read_all_aloud, speak_screens
from tests.builders_courses import make_course_folder
from tests.builders_kiosk import at_kiosk, begin, make_device, make_holder
from tests.visitor import Seen, TestVisitor, said

Enter = Callable[..., TestVisitor]


@pytest.fixture
def shop(app: Flask, tmp_path: object) -> str:
    """A course for small businesses, read aloud in both languages."""
    slug = publish(make_course_folder(tmp_path, audience="[msme]"))  # type: ignore[arg-type]
    read_all_aloud(slug)
    return slug


def player(page: Seen) -> Tag | None:
    """The browser's own player on a page."""
    found = page.soup.select_one("main audio")
    return found if isinstance(found, Tag) else None


def source(page: Seen) -> str:
    """The address of its sound."""
    found = player(page)
    assert found is not None, page.main[:300]
    return str(found["src"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_for_small_businesses_can_be_listened_to(
    sign_in: Enter, shop: str, language: str
) -> None:
    browser = sign_in()

    page = browser.get(f"/{language}/courses/{shop}/weigh")

    assert said(language, "Listen to this lesson") in page.main
    assert re.search(r"2 minutes, 8\d\sK[Bo]", page.main), page.main
    found = player(page)
    assert found is not None
    assert found["preload"] == "none" and not found.has_attr("autoplay")
    assert page.soup.find(id=found["aria-labelledby"]) is not None
    marks = str(page.soup.select_one("[data-parts]")["data-parts"]).split()  # type: ignore[index]
    assert marks[0] == ":0-9" and marks[3] == "b0:27-36"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_can_be_heard_again_without_script(
    sign_in: Enter, shop: str, language: str
) -> None:
    browser = sign_in()
    lesson = browser.get(f"/{language}/courses/{shop}/weigh")

    page = browser.get(lesson.link(said(language, "Listen part by part")))

    items = page.soup.select("main li")
    assert len(items) == 10
    sounds = [str(item.find("audio")["src"]) for item in items]  # type: ignore[index]
    assert sounds[0].endswith("#t=0.0,9.0") and sounds[9].endswith("#t=81.0,90.0")
    assert {sound.partition("#")[0] for sound in sounds} == {source(lesson)}
    assert "Attendez que" in page.main or "Wait until" in page.main


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_read_with_its_choices_and_then_whether_the_answer_is_right_and_why(
    sign_in: Enter, shop: str, language: str
) -> None:
    browser = sign_in()
    browser.send(browser.get(f"/{language}/courses/{shop}/weigh"))
    url = f"/{language}/courses/{shop}/weigh/questions/weigh-first"

    asked = browser.get(url)
    answered = browser.send(asked, answer="scale")

    assert said(language, "Listen to the question") in asked.main
    marks = str(asked.soup.select_one("[data-parts]")["data-parts"])  # type: ignore[index]
    for option in ("price", "scale", "close"):
        assert f" c{option}:" in marks
        assert asked.soup.find("label", attrs={"for": f"answer-{option}"}) is not None
    after = str(answered.soup.select_one("[data-parts]")["data-parts"])  # type: ignore[index]
    assert after.startswith("wright:") and " wmine-right:" in after and " fscale:" in after
    assert "wwrong:" not in after and "fprice:" not in after, "only what belongs to this answer"


def test_the_final_test_is_read_aloud_too(sign_in: Enter, shop: str) -> None:
    browser = sign_in()

    page = browser.send(browser.get(f"/en/tests/{shop}"))

    assert source(page).startswith("/media/")


def test_where_nothing_was_recorded_a_page_says_nothing_of_it(
    sign_in: Enter, tmp_path: object
) -> None:
    slug = publish(make_course_folder(tmp_path, audience="[citizen]"))  # type: ignore[arg-type]
    browser = sign_in()

    page = browser.get(f"/fr/courses/{slug}/weigh")

    assert player(page) is None and "listen.js" not in page.html
    assert said("fr", "Listen to this lesson") not in page.main
    browser.get(f"/fr/courses/{slug}/weigh/listen", status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_course_for_staff_one_listens_when_one_wishes_to(
    sign_in: Enter, course: str, language: str
) -> None:
    read_all_aloud(course, language)
    browser = sign_in()
    url = f"/{language}/courses/{course}/weigh"
    assert player(browser.get(url)) is None

    page = browser.send(browser.get(f"/{language}/help"), "read-aloud")
    assert said(
        language, "From now on every course can be listened to, where it was recorded."
    ) in (page.main)
    assert player(browser.get(url)) is not None

    browser.send(browser.get(f"/{language}/help"), "read-aloud")
    assert player(browser.get(url)) is None


def test_a_strange_wish_is_taken_as_no(client: TestVisitor) -> None:
    page = client.get("/en/help")

    client.send(page, "read-aloud", on="<script>")

    assert client.http.get_cookie("read-aloud") is None


def test_a_page_that_was_kept_is_asked_for_anew_once_it_can_be_listened_to(
    sign_in: Enter, tmp_path: object
) -> None:
    slug = publish(make_course_folder(tmp_path, audience="[msme]"))  # type: ignore[arg-type]
    browser, url = sign_in(), f"/en/courses/{slug}/weigh"
    tag = browser.get(url).response.headers["ETag"]
    browser.get(url, headers={"If-None-Match": tag}, status=304)

    read_all_aloud(slug)

    assert player(browser.get(url, headers={"If-None-Match": tag})) is not None


def test_a_recording_of_other_words_is_not_offered(app: Flask, sign_in: Enter, shop: str) -> None:
    edition = courses.current_edition(shop)
    text = courses.text_of(edition.hash, "en").lesson("weigh")
    assert text is not None
    from lms.courses.audio.rules import lesson_aloud

    wanted = lesson_aloud(text)  # “500 {{ currency }}”: not what this page says
    with writing():
        keep_audio(edition=edition.hash, wanted=wanted, recording=make_recording(wanted))

    assert player(sign_in().get(f"/en/courses/{shop}/weigh")) is None


def test_a_recording_comes_whole_in_pieces_or_not_at_all(sign_in: Enter, shop: str) -> None:
    browser = sign_in()
    url = source(browser.get(f"/en/courses/{shop}/weigh"))

    whole = browser.http.get(url)
    piece = browser.http.get(url, headers={"Range": "bytes=100-199"})
    rest = browser.http.get(url, headers={"Range": "bytes=-50"})
    known = browser.http.get(url, headers={"If-None-Match": whole.headers["ETag"]})
    beyond = browser.http.get(url, headers={"Range": "bytes=99999999-"})

    assert (whole.status_code, whole.mimetype) == (200, "audio/ogg")
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert "immutable" in whole.headers["Cache-Control"]
    assert (piece.status_code, piece.data) == (206, whole.data[100:200])
    assert piece.headers["Content-Range"] == f"bytes 100-199/{len(whole.data)}"
    assert (rest.status_code, rest.data) == (206, whole.data[-50:])
    assert (known.status_code, known.data) == (304, b"")
    assert beyond.status_code == 416
    assert "media-src 'self'" in browser.http.get("/en/").headers["Content-Security-Policy"]


def test_a_picture_is_still_sent_whole(client: TestVisitor, shop: str) -> None:
    text = courses.text_of(courses.current_edition(shop).hash, "en").lesson("weigh")
    assert text is not None
    url = text.html.partition('src="')[2].partition('"')[0]

    answer = client.http.get(url, headers={"Range": "bytes=0-9"})

    assert answer.status_code == 200 and answer.mimetype == "image/svg+xml"


def test_the_first_screen_offers_each_language_in_its_own_words(
    app: Flask, tree: dict[str, str]
) -> None:
    kiosk = at_kiosk(app, tree["CI-OP-ABJ-01"])
    speak_screens(app)

    page = kiosk.get("/fr/kiosk/")

    found = [(str(each["aria-label"]), str(each["src"])) for each in page.soup.select("audio")]
    assert [label for label, _ in found] == ["Écouter", "Listen"]
    assert len({url for _, url in found}) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_card_and_pin_one_listens_and_is_read_to_in_every_course(
    app: Flask, tree: dict[str, str], course: str, language: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    speak_screens(app)
    read_all_aloud(course, language)
    kiosk = at_kiosk(app, office)
    _person, number = make_holder(office, make_device(office, label="Other"))

    pin = kiosk.send(kiosk.get(f"/{language}/kiosk/card"), number=number)
    assert source(pin).startswith("/media/")
    begin(kiosk, number, language=language)

    assert player(kiosk.get(f"/{language}/courses/{course}/weigh")) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_looks_around_listens_too(
    app: Flask, tree: dict[str, str], course: str, language: str
) -> None:
    read_all_aloud(course, language)
    kiosk = at_kiosk(app, tree["CI-OP-ABJ-01"])
    kiosk.send(kiosk.get(f"/{language}/kiosk/choices"), "look")

    lesson = kiosk.get(f"/{language}/kiosk/look/{course}/weigh")
    question = kiosk.get(f"/{language}/kiosk/look/{course}/weigh/weigh-first")

    assert player(lesson) is not None and player(question) is not None


def test_elsewhere_the_kiosks_recordings_are_not_offered(app: Flask, client: TestVisitor) -> None:
    speak_screens(app)

    assert player(client.get("/fr/help")) is None
