"""Listening at a kiosk: one large button with its word, one voice at a time, the choices in the
order of the page, and a countdown that is heard by who cannot read it."""

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page, expect

from lms.courses import queries as courses
from lms.courses.audio.outcomes import AFTER
from lms.courses.audio.queries import SCREENS
from lms.courses.audio.rules import Wanted
from lms.courses.audio.speaking import speak
from lms.courses.audio.voice import Voice, find_voice
from lms.web.kiosk_words import MESSAGES
from lms.web.listening import edition_wanted, screen_wanted, sentence_wanted
from tests.browser.looking import problems_of
from tests.browser.people import OWNER_COURSE
from tests.browser.serving import Site
from tests.browser.test_kiosk import enrol
from tests.browser.visiting import Visit

NO_VOICE = "espeak-ng with opusenc or ffmpeg is not installed here"
PLAYS = "audio => !audio.paused && audio.currentTime > 0.1"


@pytest.fixture(scope="module")
def voice(site: Site) -> tuple[str, str]:
    """Some screens and one question are read aloud; its lesson and its id."""
    found = find_voice()
    if found is None:
        pytest.skip(NO_VOICE)
    return site.ask(lambda: read_some_aloud(site, found))


def read_some_aloud(site: Site, voice: Voice) -> tuple[str, str]:
    """The choices, the countdown, an error, and the first question of the owners' course."""
    edition = courses.current_edition(OWNER_COURSE)
    lesson = edition.lessons[0]
    question = lesson.question_ids[0]
    places = (f"{lesson.id}/{question}", f"{lesson.id}/{question}/{AFTER}")
    with site.app.test_request_context():
        wanted = [screen_wanted(name, "en") for name in ("choices", "card", "idle", "idle-nobody")]
        wanted.append(sentence_wanted(MESSAGES["no-number"].text, "en"))
        asked = [each for each in edition_wanted(edition, "en") if each.place in places]
    make(SCREENS, wanted, voice)
    make(edition.hash, asked, voice)
    return lesson.id, question


def make(edition: str, wanted: Iterable[Wanted], voice: Voice) -> None:
    """Makes these recordings."""
    _made, failed = speak(edition=edition, wanted=wanted, voice=voice, progress=lambda *_: None)
    assert not failed


def plays(page: Page, which: str) -> None:
    """Waits until this player is heard."""
    page.wait_for_function(f"which => ({PLAYS})(document.querySelector(which))", arg=which)


def test_a_screen_is_heard_with_one_large_button_and_one_voice_at_a_time(
    site: Site, visit: Callable[..., Visit], voice: tuple[str, str]
) -> None:
    machine = visit()
    page = machine.page
    enrol(site, page)
    page.goto(f"{site.url}/en/kiosk/card")
    page.locator("main [type=submit]").click()
    buttons = page.locator("main .listen-button")
    expect(buttons).to_have_count(2)
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None and box["height"] >= 55.5
        assert button.inner_text() == "Listen"

    buttons.first.click()
    plays(page, ".error-summary audio")
    expect(buttons.first).to_have_text("Pause")
    buttons.last.click()
    page.wait_for_function(f"() => ({PLAYS})([...document.querySelectorAll('main audio')].at(-1))")
    assert page.evaluate("() => document.querySelector('.error-summary audio').paused")
    expect(buttons.first).to_have_text("Listen")
    buttons.last.click()
    assert page.evaluate("() => [...document.querySelectorAll('audio')].every(each => each.paused)")
    assert problems_of(machine, "en") == []


def test_a_question_is_heard_in_the_order_of_the_page_and_then_why(
    site: Site, visit: Callable[..., Visit], voice: tuple[str, str]
) -> None:
    machine = visit()
    page = machine.page
    enrol(site, page)
    page.goto(f"{site.url}/en/kiosk/choices")
    page.locator("main form button").click()
    page.wait_for_url("**/kiosk/look")
    lesson, question = voice
    page.goto(f"{site.url}/en/kiosk/look/{OWNER_COURSE}/{lesson}/{question}")
    page.evaluate("""() => {
      window.heard = [];
      const audio = document.querySelector("main audio");
      audio.playbackRate = 4;
      audio.addEventListener("timeupdate", () => {
        const spoken = document.querySelector("label.is-spoken");
        if (spoken && heard.at(-1) !== spoken.htmlFor) heard.push(spoken.htmlFor);
      });
    }""")
    shown = page.locator(".choice label").evaluate_all("all => all.map(each => each.htmlFor)")

    page.locator("main .listen > .listen-button").click()

    page.wait_for_function("count => heard.length >= count", arg=len(shown), timeout=30_000)
    assert page.evaluate("heard") == shown
    page.wait_for_function("() => document.querySelector('main audio').paused", timeout=30_000)
    page.locator(".choice .listen-button").nth(1).click()
    expect(page.locator(".choice label").nth(1)).to_have_class("is-spoken")
    assert problems_of(machine, "en") == []

    page.locator(".choice label").first.click()
    page.locator("main form [type=submit]").last.click()
    page.locator(".feedback").wait_for()
    page.locator("main .listen > .listen-button").click()
    plays(page, "main audio")
    assert machine.troubles == []


@pytest.mark.parametrize("width", [1024, 360])
def test_the_picture_for_listening_has_its_word_beside_it(
    site: Site, visit: Callable[..., Visit], voice: tuple[str, str], width: int
) -> None:
    page = visit().page
    page.set_viewport_size({"width": width, "height": 768})
    enrol(site, page)
    page.goto(f"{site.url}/en/kiosk/choices")
    page.locator("main form button").click()
    page.wait_for_url("**/kiosk/look")
    page.goto(f"{site.url}/en/kiosk/look/{OWNER_COURSE}/{'/'.join(voice)}")

    buttons = page.locator(".choice .listen-button")

    expect(buttons).not_to_have_count(0)
    for button in buttons.all():
        word, box = button.locator("span").bounding_box(), button.bounding_box()
        label = button.locator("xpath=preceding-sibling::label").bounding_box()
        assert button.inner_text() == "Listen"
        assert word is not None and word["width"] > 40, "the word is seen"
        assert box is not None and box["height"] >= 55.5 and box["x"] + box["width"] <= width
        assert label is not None
        assert box["x"] >= label["x"] + label["width"] or box["y"] >= label["y"] + label["height"]


@pytest.mark.parametrize("has_listened", [True, False])
def test_the_countdown_is_heard_by_itself_only_by_who_has_listened(
    site: Site, visit: Callable[..., Visit], voice: tuple[str, str], has_listened: bool
) -> None:
    machine = visit()
    page = machine.page
    enrol(site, page)
    page.clock.install()
    page.goto(f"{site.url}/en/kiosk/choices")
    if has_listened:
        page.locator("main .listen-button").click()
        plays(page, "main audio")
        page.locator("main .listen-button").click()
    page.clock.run_for(125_000)
    expect(page.locator("#idle")).to_be_visible()

    if has_listened:
        plays(page, "#idle audio")
        page.locator("[data-stay]").click()
        assert page.evaluate("() => document.querySelector('#idle audio').paused")
    else:
        assert page.evaluate("() => document.querySelector('#idle audio').paused")
        page.locator("#idle .listen-button").click()
        plays(page, "#idle audio")
        page.clock.run_for(61_000)
        page.wait_for_url("**/en/kiosk/")


def test_without_script_each_part_has_the_browsers_own_player_in_the_order_of_the_page(
    site: Site, visit: Callable[..., Visit], voice: tuple[str, str]
) -> None:
    machine = visit(script=False)
    page = machine.page
    enrol(site, page)
    page.goto(f"{site.url}/en/kiosk/choices")
    assert page.locator("main audio[controls]").is_visible()
    page.locator("main form button").click()
    lesson, question = voice
    page.goto(f"{site.url}/en/kiosk/look/{OWNER_COURSE}/{lesson}/{question}")

    page.locator(".choice label").first.click()
    page.locator("main form [type=submit]").last.click()
    page.locator(".feedback").wait_for()

    players = page.locator("main .parts audio")
    assert players.first.get_attribute("aria-label") in ("Right", "Not right")
    assert all(each.is_visible() for each in players.all())
