"""A table whose last column holds a button, on a phone: the button is in sight."""

from collections.abc import Callable

import pytest

from tests.browser.looking import problems_of
from tests.browser.people import newcomer
from tests.browser.serving import Site
from tests.browser.visiting import Visit

WORDS = {"fr": ("Appareil", "Se déconnecter"), "en": ("Device", "Sign out")}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_another_device_is_signed_out_without_scrolling_sideways(
    site: Site, visit: Callable[..., Visit], language: str
) -> None:
    aya = newcomer(site, "Aya", language=language)
    elsewhere, here = visit(language=language), visit(language=language)
    elsewhere.sign_in(aya)
    here.sign_in(aya)
    here.go(f"/{language}/account/sessions")
    head, words = WORDS[language]
    table = here.page.locator(".stack table")
    button = table.get_by_role("button", name=words)

    box = button.bounding_box()

    assert box and box["x"] + box["width"] <= here.page.evaluate("innerWidth")
    assert here.page.evaluate(
        "() => {const box = document.querySelector('.stack'); "
        "return box.scrollWidth <= box.clientWidth}"
    )
    assert here.page.get_by_role("table").count() == 1
    assert table.get_by_role("columnheader", name=head).count() == 1
    assert table.get_by_role("row").count() == 3
    assert not (found := problems_of(here, language)), found
    button.click()
    here.page.wait_for_load_state()
    assert table.get_by_role("row").count() == 2
