"""The desks of the staff keep to the same as the learner's pages: see `test_pages`."""

from collections.abc import Callable

import pytest

from lms.demo import ACCOUNTS
from tests.browser.crawling import Crawl, look_around, told, views_of
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
    starts = site.ask(lambda: _addresses(site, here))
    others = views_of(site, *SEEN_BY_LEARNERS)

    problems = look_around(officer, Crawl(officer, others, of_a_kind=1), *starts)

    assert not problems, told(problems)


def _addresses(site: Site, endpoints: list[str]) -> list[str]:
    urls = site.app.url_map.bind("")
    return [urls.build(endpoint, {"language": "fr"}) for endpoint in endpoints]
