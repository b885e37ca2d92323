"""The desks of the staff keep to the same as the learner's pages: see `test_pages`."""

from collections.abc import Callable

import pytest

from lms.demo import ACCOUNTS
from tests.browser.crawling import Crawl, look_around, told, views_of
from tests.browser.looking import problems_of
from tests.browser.serving import Site
from tests.browser.visiting import Visit

LOGINS = {account.role: account.login for account in ACCOUNTS}
DESKS = {
    "trainer": ("trainer.courses", "trainer.workshops"),
    "manager": ("manager.people",),
    "secretariat": ("secretariat.figures",),
    "engineer": ("engineer.state",),
}
SEEN_BY_LEARNERS = ("public.", "account.", "root.", "learner.", "own.")


@pytest.mark.parametrize("role", DESKS)
def test_each_desk_has_only_sound_pages(site: Site, visit: Callable[..., Visit], role: str) -> None:
    here = [endpoint for endpoint in DESKS[role] if site.has(endpoint)]
    if not here:
        pytest.skip(f"this site has no {role} desk")
    officer = visit(language="fr")
    officer.sign_in(LOGINS[role])
    starts = [address_of(site, endpoint, "fr") for endpoint in here]
    others = views_of(site, *SEEN_BY_LEARNERS)

    problems = look_around(officer, Crawl(officer, others, of_a_kind=1), *starts)

    assert not problems, told(problems)


def address_of(site: Site, endpoint: str, language: str) -> str:
    """Address of a view that needs nothing but the language."""
    return site.app.url_map.bind("").build(endpoint, {"language": language})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("endpoint", ["manager.register_person", "own.my_account"])
def test_a_form_sent_empty_says_what_is_missing_on_a_sound_page(
    site: Site, visit: Callable[..., Visit], endpoint: str, language: str
) -> None:
    officer = visit(language=language)
    officer.sign_in(LOGINS["manager"])
    officer.go(address_of(site, endpoint, language))

    with officer.page.expect_navigation():
        officer.page.locator("main form:has(.field)[method=post] [type=submit]").first.click()

    assert officer.page.locator(".error-summary a").count() > 0
    assert officer.page.title().startswith({"fr": "Erreur", "en": "Error:"}[language])
    problems = problems_of(officer, language)
    assert not problems, told(problems)
