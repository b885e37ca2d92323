"""A business owner who reads little and has no e-mail: registered by the helper, with a card and a
PIN, through a lesson, away and back again."""

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import expect

from lms.courses import queries as courses
from lms.demo.learners import right_answer, wrong_answer
from tests.browser.answering import fill_in, key_of_shown
from tests.browser.people import OWNER_COURSE
from tests.browser.serving import Site
from tests.browser.test_kiosk import PIN, enrol
from tests.browser.visiting import Visit

GIVEN = "Zeinabou"
_others = count(1)


def register(helper: Visit, name: str) -> tuple[str, str]:
    """The helper registers them on their own telephone: the card's number, and the code with
    which the person chooses a PIN."""
    page = helper.page
    helper.sign_in("demo-helper")
    helper.go(f"/{helper.language}/counter/register")
    page.locator("#given_name").fill(GIVEN)
    page.locator("#family_name").fill(name)
    for box in page.locator("main input[type=checkbox]").all():
        page.locator(f"label[for={box.get_attribute('id')}]").click()
    helper.send()
    number = re.search(r"\b[0-9A-Z]{4} [0-9A-Z]{4}\b", helper.words)
    assert number is not None, helper.words
    helper.send("pin")
    code = re.search(r"\b\d{3}\D?\d{3}\b", helper.words.replace(number[0], ""))
    assert code is not None, helper.words
    return number[0], code[0]


def types(machine: Visit, field: str, text: str) -> None:
    """Types it on whatever keyboard there is, and goes on."""
    machine.page.locator(f"#{field}").fill(text)
    machine.send("/kiosk/")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_owner_learns_goes_away_and_comes_back_to_the_same_place(
    site: Site, visit: Callable[..., Visit], script: bool
) -> None:
    helper, machine = visit(language="fr"), visit(script=script, language="fr")
    page = machine.page
    enrol(site, page, "fr")
    machine.follow(page.locator(".tile-button[lang=fr]"))
    machine.follow(page.locator("main a[href$='/kiosk/new']"))
    number, code = register(helper, f"Essai{'abcdefgh'[next(_others)]}")

    types(machine, "code", "000 001")
    assert page.locator(".error-summary").count() == 1
    types(machine, "code", code)
    assert GIVEN in machine.words
    types(machine, "pin", "123456")
    assert page.locator(".error-summary").count() == 1
    types(machine, "pin", PIN)
    types(machine, "pin", PIN)
    assert machine.place == "/my-learning"

    machine.follow(page.locator(f"main a[href$='/courses/{OWNER_COURSE}']"))
    machine.send("start")
    machine.send("/courses/")
    fill_in(machine, wrong_answer(key_of_shown(machine, OWNER_COURSE)))
    machine.send("/questions/")
    machine.follow(page.locator("main a[href='?again=1']"))
    fill_in(machine, right_answer(key_of_shown(machine, OWNER_COURSE)))
    machine.send("/questions/")
    expect(page.locator(".feedback-right")).to_be_visible()
    machine.follow(page.locator("main .button-start"))
    left_at = machine.place

    page.locator("#finish button").click()
    page.wait_for_url("**/fr/kiosk/")
    machine.follow(page.locator(".tile-button[lang=en]"))
    with page.expect_navigation():
        page.locator("main form .tile-button").click()
    for _step in range(3):
        assert GIVEN not in page.content() and number not in page.content()
        page.go_back(wait_until="load")
    machine.go("/en/kiosk/look")
    page.locator("#finish button").click()
    page.wait_for_url("**/en/kiosk/")

    machine.go("/en/kiosk/card")
    types(machine, "number", number.lower())
    types(machine, "pin", PIN)
    machine.follow(page.locator("main .resume .button-start"))
    assert machine.place == left_at, "exactly where they were"
    machine.follow(page.locator(".languages a"))
    assert page.url.endswith("/fr" + left_at), "the same place in the other language"
    edition = site.ask(lambda: courses.current_edition(OWNER_COURSE))
    assert left_at.endswith(edition.lessons[0].question_ids[1])
    page.locator("#finish button").click()
    page.wait_for_url("**/fr/kiosk/")
    assert machine.troubles == []
