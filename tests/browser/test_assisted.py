"""A helper beside a learner at a kiosk: every page of the way, large and small, with and without
script, in both languages, and with the keyboard alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lms.base.clock import now
from lms.base.database import writing
from lms.base.ids import new_id
from lms.courses import queries as courses
from lms.courses.actions import publish_course, ready_folder
from lms.demo import PASSWORD
from lms.demo.learners import right_answer
from lms.learning.events import LessonFinished, QuestionAnswered
from lms.people.importing import organisation_id
from lms.people.queries import current_person
from lms.record.events import SYSTEM
from lms.record.queries import events_about
from tests.browser.answering import fill_in, key_of_shown
from tests.browser.looking import problems_of
from tests.browser.people import OFFICE, STAFF_COURSE, newcomer
from tests.browser.serving import Site
from tests.browser.test_kiosk import PIN, Holder, come_in, enrol
from tests.browser.test_main_job import Keyboard
from tests.browser.visiting import PHONE, Visit
from tests.builders_courses import make_course_folder
from tests.builders_kiosk import choose_pin, make_device

HELPER = "demo-helper"
WIDE = {"width": 1280, "height": 800}
ALONE = "alone-in-browser"


@pytest.fixture
def holder(site: Site) -> Holder:
    """A learner with a card."""
    learner = newcomer(site, "Mariam")

    def choose() -> Holder:
        choose_pin(learner.id, make_device(organisation_id(OFFICE), label="Elsewhere"), PIN)
        return Holder(learner.id, current_person(learner.id).number)

    return site.ask(choose)


@pytest.fixture(scope="module")
def alone(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A course whose test is taken without a helper."""
    folder = tmp_path_factory.mktemp("alone")

    def publish() -> None:
        made = make_course_folder(Path(folder), ALONE, id="T9", assistance="{test: false}")
        with writing():
            publish_course(
                ready=ready_folder(made), note="", by=SYSTEM, event_id=new_id(), at=now()
            )

    site.ask(publish)
    return ALONE


class Look:
    """Looks at each page of the way as it comes."""

    def __init__(self, machine: Visit, size: dict[str, int]) -> None:
        self.machine = machine
        self.size = size
        self.problems: list[str] = []
        machine.page.set_viewport_size(size)  # type: ignore[arg-type]

    def __call__(self, *, band: bool = True) -> None:
        """axe, large targets, nothing wider than the screen, text of 20 px; the band or none."""
        page, path = self.machine.page, self.machine.path
        language = self.machine.language
        self.problems += problems_of(self.machine, language, axe=self.machine.script)
        page.set_viewport_size(self.size)  # type: ignore[arg-type]
        small = page.evaluate(SMALL)
        self.problems += [f"{path}: smaller than 20 px: {each}" for each in small]
        low = page.evaluate(LOW)
        self.problems += [f"{path}: lower than 56 px: {each}" for each in low]
        assert page.locator(".band-assisted").count() == band, path


SMALL = """() => [...document.querySelectorAll("main *, .band-assisted *, .menu *, .body *")]
  .filter(each => each.getClientRects().length && !each.closest(".hidden, .visitor")
    && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim().length > 1)
    && parseFloat(getComputedStyle(each).fontSize) < 19.5)
  .map(each => each.outerHTML.slice(0, 120))"""
LOW = """() => [...document.querySelectorAll(
    "main .button, main .tile-button, #finish .button, .band-assisted .button, .choice label")]
  .filter(each => each.getClientRects().length && !each.closest(".listen")
    && each.getBoundingClientRect().height < 55.5)
  .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture(params=[PHONE, WIDE], ids=["360 px", "1280 px"])
def size(request: pytest.FixtureRequest) -> Iterator[dict[str, int]]:
    """A small screen and a large one."""
    yield request.param


def helper_signs_in(machine: Visit, password: str = PASSWORD) -> None:
    """On the page that the learner opened for them."""
    machine.page.locator("#login").fill(HELPER)
    machine.page.locator("#password").fill(password)
    machine.send("helper")


def leaves(machine: Visit) -> None:
    """Presses the button of the band."""
    with machine.page.expect_navigation():
        machine.page.locator(".band-assisted form[action*=leave] button").click()


def marks(site: Site, person: str) -> list[str]:
    """How each thing was done."""
    kinds = {LessonFinished.kind, QuestionAnswered.kind}
    found = site.ask(lambda: events_about(learner=person, kinds=kinds))
    return [
        stored.event.mode if stored.event.helper else "alone"
        for stored in sorted(found, key=lambda each: (each.at, each.id))
        if isinstance(stored.event, LessonFinished | QuestionAnswered)
    ]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_helper_is_beside_a_learner_from_the_first_page_to_the_last(
    site: Site,
    visit: Callable[..., Visit],
    holder: Holder,
    alone: str,
    size: dict[str, int],
    language: str,
    script: bool,
) -> None:
    machine = visit(script=script, language=language)
    page = machine.page
    enrol(site, page, language)
    come_in(site, page, holder, language)
    look = Look(machine, size)
    look(band=False)
    machine.follow(page.locator(".nav a[href$='/assistance/']"))
    look(band=False)
    machine.send("agree")
    look(band=False)
    if script and size == PHONE:  # five mistakes in an hour would lock the helper out
        helper_signs_in(machine, "wrong")
        assert page.locator(".error-summary").count() == 1
        look(band=False)
    helper_signs_in(machine)
    look()

    machine.go(f"/{language}/courses/{STAFF_COURSE}")
    look()
    machine.send("start")
    look()
    choose(machine, "read-aloud")
    machine.send("/courses/")
    for mode in ("self", "read-aloud", "typed"):
        look()
        choose(machine, mode)
        fill_in(machine, right_answer(key_of_shown(machine, STAFF_COURSE)))
        machine.send("/questions/")
        look()
        machine.follow(page.locator("main .button-start"))
    expect(page.locator("#help-mode-typed")).to_be_checked()

    machine.go(f"/{language}/tests/{alone}")
    assert page.locator("section.question").count() == 0
    look()
    machine.go(f"/{language}/my-learning")
    leaves(machine)
    look(band=False)

    assert look.problems == []
    assert marks(site, holder.id) == ["read-aloud", "self", "read-aloud", "typed"]
    page.locator("#finish button").click()
    page.wait_for_url(f"**/{language}/kiosk/")


def choose(machine: Visit, mode: str) -> None:
    """Says how the answer is given."""
    machine.page.locator(f"label[for=help-mode-{mode}]").click()


def test_both_of_them_manage_with_the_keyboard_alone(
    site: Site, visit: Callable[..., Visit], holder: Holder
) -> None:
    machine = visit()
    enrol(site, machine.page)
    come_in(site, machine.page, holder)
    hands, keys = Keyboard(machine), machine.page.keyboard

    hands.enter(".nav a[href$='/assistance/']")
    hands.enter("main form[action*=agree] button")
    hands.reach("#login")
    keys.type(HELPER)
    hands.reach("#password")
    keys.type(PASSWORD)
    hands.enter("main [type=submit]")
    hands.enter(f"main a[href$='/courses/{STAFF_COURSE}']")
    hands.enter("main .button-start")
    hands.reach("input[name=help-mode]")
    keys.press("ArrowDown")
    expect(machine.page.locator("#help-mode-read-aloud")).to_be_checked()
    hands.enter("main .button-start")
    hands.enter(".band-assisted form[action*=leave] button")

    assert machine.page.locator(".band-assisted").count() == 0
    assert not hands.problems, "\n".join(dict.fromkeys(hands.problems))
    assert marks(site, holder.id) == ["read-aloud"]
    assert machine.troubles == []


def test_a_page_left_open_by_a_helper_does_not_come_back_without_its_band(
    site: Site, visit: Callable[..., Visit], holder: Holder
) -> None:
    machine = visit()
    page = machine.page
    enrol(site, page)
    come_in(site, page, holder)
    machine.go("/en/assistance/")
    machine.send("agree")
    helper_signs_in(machine)
    lesson = site.ask(lambda: courses.current_edition(STAFF_COURSE).lesson_ids[0])
    machine.go(f"/en/courses/{STAFF_COURSE}/{lesson}")
    machine.go("/en/my-learning")
    leaves(machine)

    page.go_back(wait_until="load")
    page.go_back(wait_until="load")

    assert machine.path.endswith(lesson)
    assert page.locator(".band-assisted").count() == 0
    assert page.locator(".how-answered").count() == 0
