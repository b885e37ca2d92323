"""A shared machine: nothing of a person is left for the next one, on the screen or on the disk."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lms.base.clock import now
from lms.courses import queries as courses
from lms.people.devices.actions import make_device_code
from lms.people.importing import organisation_id
from lms.people.queries import current_person
from tests.browser.looking import problems_of
from tests.browser.people import OFFICE, STAFF_COURSE, newcomer
from tests.browser.serving import Site
from tests.browser.visiting import Visit
from tests.builders_kiosk import choose_pin, make_device

GIVEN = "Tchalla-Quetzal"
PIN = "481516"


@dataclass(frozen=True)
class Holder:
    """Somebody with a card and a PIN."""

    id: str
    number: str


@pytest.fixture(scope="module")
def holder(site: Site) -> Holder:
    """A person whose name stands nowhere else."""
    learner = newcomer(site, GIVEN)

    def choose() -> Holder:
        choose_pin(learner.id, make_device(organisation_id(OFFICE), label="Elsewhere"), PIN)
        return Holder(learner.id, current_person(learner.id).number)

    return site.ask(choose)


def enrol(site: Site, page: Page, language: str = "en") -> None:
    """Makes the machine a kiosk of the office."""
    code = site.ask(
        lambda: make_device_code(organisation=organisation_id(OFFICE), by="test", at=now())
    )
    page.goto(f"{site.url}/{language}/kiosk/enrol?code={code}")
    page.locator("#label").fill("Test")
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"**/{language}/kiosk/")


def come_in(site: Site, page: Page, holder: Holder, language: str = "en") -> None:
    """Signs in with card and PIN."""
    page.goto(f"{site.url}/{language}/kiosk/card")
    page.locator("#number").fill(holder.number.lower())
    page.locator("main [type=submit]").click()
    page.wait_for_url("**/kiosk/pin")
    page.locator("#pin").fill(PIN)
    page.locator("main [type=submit]").click()
    page.wait_for_url("**/my-learning")


def a_lesson(site: Site, language: str = "en") -> str:
    """Address of the first lesson."""
    lesson = site.ask(lambda: courses.current_edition(STAFF_COURSE).lesson_ids[0])
    return f"{site.url}/{language}/courses/{STAFF_COURSE}/{lesson}"


def shows_nothing(page: Page, holder: Holder) -> None:
    """No name and no number, in the page as in its title and address."""
    everything = f"{page.content()} {page.title()} {page.url}"
    assert GIVEN not in everything
    assert holder.number not in everything.replace(" ", "")


@pytest.fixture(scope="module")
def remembering(launch: Callable[..., Browser]) -> Browser:
    """A Chromium that keeps pages in memory for going back, as a kiosk's own does."""
    return launch(ignore_default_args=["--disable-back-forward-cache"])


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def machine(request: pytest.FixtureRequest, remembering: Browser, site: Site) -> Iterator[Visit]:
    """An enrolled machine."""
    visit = Visit(remembering, site, script=request.param)
    enrol(site, visit.page)
    yield visit
    visit.leave()


def test_after_i_have_finished_no_step_back_shows_anything(
    site: Site, machine: Visit, holder: Holder
) -> None:
    page = machine.page
    come_in(site, page, holder)
    assert GIVEN in page.content()
    for path in ("account/", "my-record"):
        page.goto(f"{site.url}/en/{path}")
        assert GIVEN in page.content()
    page.goto(a_lesson(site))

    page.locator("#finish button").click()
    page.wait_for_url("**/en/kiosk/")

    shows_nothing(page, holder)
    for _step in range(12):
        if page.go_back(wait_until="load") is None:
            break
        shows_nothing(page, holder)
        page.locator("main").wait_for()
        shows_nothing(page, holder)
    page.goto(f"{site.url}/en/my-learning")
    page.wait_for_url("**/en/kiosk/")


def test_with_script_the_first_screen_takes_the_place_of_the_last_page(
    site: Site, remembering: Browser, holder: Holder
) -> None:
    visit = Visit(remembering, site)
    enrol(site, visit.page)
    come_in(site, visit.page, holder)
    before = visit.page.evaluate("history.length")

    visit.page.locator("#finish button").click()
    visit.page.wait_for_url("**/en/kiosk/")

    assert visit.page.evaluate("history.length") == before
    assert visit.troubles == []
    visit.leave()


@pytest.fixture
def profile(
    remembering: Browser, chromium_path: str, tmp_path: Path
) -> Iterator[Callable[[], BrowserContext]]:
    """A browser with a profile on disk, as a kiosk has that was not set to forget by itself."""
    opened: list[BrowserContext] = []

    def start() -> BrowserContext:
        kind = remembering.browser_type
        context = kind.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium_path,
            ignore_default_args=["--disable-back-forward-cache"],
            args=["--no-sandbox"],
        )
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


def test_nothing_of_the_person_is_left_on_the_disk(
    site: Site, profile: Callable[[], BrowserContext], holder: Holder, tmp_path: Path
) -> None:
    context = profile()
    page = context.new_page()
    enrol(site, page)
    come_in(site, page, holder)
    page.goto(f"{site.url}/en/account/")
    page.goto(a_lesson(site))
    page.locator("#finish button").click()
    page.wait_for_url("**/en/kiosk/")
    page.goto(f"{site.url}/en/kiosk/card")
    expect(page.locator("#number")).to_have_value("")
    context.close()

    kept = [path for path in (tmp_path / "profile").rglob("*") if path.is_file()]
    assert any(path.name == "History" for path in kept), "this is a profile"
    secrets = (GIVEN, holder.number, holder.number.lower(), PIN)
    for path in kept:
        content = path.read_bytes()
        for word in secrets:
            for form in (word.encode(), word.encode("utf-16-le")):
                assert form not in content, f"{word} in {path.name}"


def test_after_two_minutes_it_asks_and_a_minute_later_it_ends(
    site: Site, visit: Callable[..., Visit], holder: Holder
) -> None:
    machine = visit()
    enrol(site, machine.page)
    machine.page.clock.install()
    come_in(site, machine.page, holder)
    page = machine.page
    dialog = page.locator("#idle")

    page.clock.run_for(110_000)
    expect(dialog).to_be_hidden()
    page.clock.run_for(15_000)
    expect(dialog).to_be_visible()
    assert int(page.locator("[data-count]").inner_text()) > 50
    expect(page.locator("[data-stay]")).to_be_focused()
    page.locator("[data-stay]").click()
    expect(dialog).to_be_hidden()
    page.clock.run_for(125_000)
    expect(dialog).to_be_visible()
    page.clock.run_for(61_000)

    page.wait_for_url("**/en/kiosk/")
    shows_nothing(page, holder)
    assert "Everything was saved" in machine.words


def test_who_reads_a_lesson_has_five_minutes_and_every_sign_of_life_counts(
    site: Site, visit: Callable[..., Visit], holder: Holder
) -> None:
    machine = visit()
    page = machine.page
    enrol(site, page)
    page.clock.install()
    come_in(site, page, holder)
    page.goto(a_lesson(site))
    dialog = page.locator("#idle")

    for _sign in range(3):
        page.clock.run_for(280_000)
        expect(dialog).to_be_hidden()
        page.mouse.wheel(0, 100)
        page.wait_for_timeout(50)
    page.evaluate("dispatchEvent(new Event('timeupdate'))")
    page.clock.run_for(310_000)

    expect(dialog).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_pin_is_typed_on_large_keys_or_on_any_keyboard(
    site: Site, visit: Callable[..., Visit], holder: Holder, script: bool
) -> None:
    machine = visit(script=script)
    page = machine.page
    enrol(site, page)
    page.goto(f"{site.url}/en/kiosk/card")
    if script:
        for sign in holder.number:
            page.locator(f".keypad button:text-is('{sign}')").click()
        page.locator(".keypad-delete").click()
        page.locator("#number").focus()
        page.keyboard.press("End")
        page.keyboard.type(holder.number[-1])
        page.keyboard.press("Enter")
    else:
        page.locator("#number").fill(" ".join(holder.number))
        page.locator("#number").press("Enter")
    page.wait_for_url("**/kiosk/pin")
    assert page.locator("#pin").get_attribute("type") == "password"
    if script:
        for digit in PIN + "9":
            page.locator(f".keypad button:text-is('{digit}')").click()
        page.locator("main [type=submit]").click()
    else:
        page.locator("#pin").press_sequentially(PIN)
        page.keyboard.press("Enter")

    page.wait_for_url("**/my-learning")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_kiosk_is_sound_and_large(
    site: Site, visit: Callable[..., Visit], language: str
) -> None:
    machine = visit(language=language)
    page, problems = machine.page, list[str]()
    enrol(site, page, language)

    def look() -> None:
        problems.extend(problems_of(machine, language))
        small = page.locator("main .button, main .tile-button, #finish .button").evaluate_all(
            "all => all.filter(each => each.getClientRects().length "
            "&& each.getBoundingClientRect().height < 55.5).map(each => each.outerHTML)"
        )
        problems.extend(f"{machine.path}: lower than 56 px: {each}" for each in small)
        if page.locator("main > .tile-buttons").count():
            assert page.locator(".tile-button").count() <= 4

    for path in ("", "choices", "card", "new", "help", "enrol"):
        page.goto(f"{site.url}/{language}/kiosk/{path}")
        look()
    page.goto(f"{site.url}/{language}/kiosk/choices")
    page.locator("main form button").click()
    page.wait_for_url("**/kiosk/look")
    look()
    page.locator(f"main a[href$='/{STAFF_COURSE}']").click()
    page.wait_for_url(re.compile(f"/look/{STAFF_COURSE}$"))
    look()
    page.locator(".tasks a").first.click()
    page.wait_for_load_state()
    look()
    page.locator(".lesson-nav .button-start").click()
    page.wait_for_load_state()
    look()

    assert problems == []
    page.locator("#finish button").click()
    page.wait_for_url(f"**/{language}/kiosk/")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_on_an_old_screen_no_key_is_below_the_edge(
    site: Site, visit: Callable[..., Visit], holder: Holder, language: str
) -> None:
    page = visit(language=language).page
    page.set_viewport_size({"width": 1024, "height": 768})
    enrol(site, page, language)

    def sees_all() -> None:
        keys = page.locator(".keypad button, main form [type=submit]")
        expect(keys).not_to_have_count(1)
        for key in keys.all():
            box = key.bounding_box()
            assert box is not None and box["y"] + box["height"] <= 768, key.inner_text()
            assert key.evaluate("key => key.scrollWidth <= key.clientWidth"), key.inner_text()
        assert page.evaluate("scrollY") == 0

    for path, field, wrong in (("card", "#number", "AAAA"), ("new", "#code", "111111")):
        page.goto(f"{site.url}/{language}/kiosk/{path}")
        sees_all()
        page.locator(field).fill(wrong)
        page.locator("main form [type=submit]").click()
        page.locator(".error-summary").wait_for()
        sees_all()
    page.goto(f"{site.url}/{language}/kiosk/card")
    page.locator("#number").fill(holder.number)
    page.locator("main [type=submit]").click()
    page.wait_for_url("**/kiosk/pin")
    sees_all()
    page.locator("#pin").fill("135792")
    page.locator("main [type=submit]").click()
    page.locator(".error-summary").wait_for()
    sees_all()


def test_the_scripts_of_a_kiosk_stay_light(site: Site, visit: Callable[..., Visit]) -> None:
    machine = visit()
    enrol(site, machine.page)
    sizes: list[int] = []
    machine.page.on(
        "response",
        lambda answer: sizes.append(len(answer.body())) if ".js" in answer.url else None,
    )
    machine.page.goto(f"{site.url}/en/kiosk/card")
    machine.page.wait_for_load_state("networkidle")

    assert sum(sizes) <= 10 * 1024
