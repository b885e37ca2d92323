"""Every page, in both languages, on a phone: axe finds nothing, nothing is cut off, all can be
pressed with a thumb, and the browser has nothing to complain of."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.crawling import Crawl, look_around, told, views_of
from tests.browser.looking import problems_of
from tests.browser.people import OWNER_COURSE, STAFF_COURSE, Learner, has_learned, newcomer
from tests.browser.serving import Site
from tests.browser.visiting import Visit


@pytest.fixture(scope="module")
def graduate(site: Site) -> Learner:
    """Aya has finished the staff course and stands in the middle of the owners' course."""
    aya = newcomer(site, "Aya", language="fr")
    has_learned(site, aya, STAFF_COURSE, tries=(0.3, 1.0))
    has_learned(site, aya, OWNER_COURSE, lessons=3)
    return aya


def test_whoever_comes_in_finds_only_sound_pages(site: Site, visit: Callable[..., Visit]) -> None:
    stranger = visit(language="fr")

    problems = look_around(stranger, Crawl(stranger), "/fr/")

    assert not problems, told(problems)


def test_who_learns_finds_only_sound_pages(
    site: Site, visit: Callable[..., Visit], graduate: Learner
) -> None:
    aya = visit(language="fr")
    aya.sign_in(graduate)

    problems = look_around(
        aya,
        Crawl(aya, views_of(site, "account.", "root.")),
        "/fr/my-learning",
        f"/fr/courses/{STAFF_COURSE}",
        f"/fr/courses/{OWNER_COURSE}",
    )

    assert not problems, told(problems)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_question_is_sound_before_and_after_answering_in_the_lesson_and_in_the_test(
    site: Site, visit: Callable[..., Visit], language: str
) -> None:
    koffi = newcomer(site, "Koffi", language=language)
    has_learned(site, koffi, STAFF_COURSE)
    reader, problems = visit(language=language), list[str]()

    def look() -> None:
        problems.extend(problems_of(reader, language))

    reader.sign_in(koffi)
    for lesson, question in _one_of_each_kind(site):
        address = f"/{language}/courses/{STAFF_COURSE}/{lesson}/questions/{question}"
        reader.go(address)
        look()
        reader.go(f"{address}?again=1")
        look()
    reader.send()
    look()
    assert reader.page.locator(".error-summary").count() == 1, "an empty answer is refused"
    reader.go(f"/{language}/tests/{STAFF_COURSE}")
    look()
    reader.send()
    look()
    reader.page.get_by_role("link", name=_review(language)).click()
    look()
    reader.send("/review")
    look()
    reader.go(f"/{language}/tests/{STAFF_COURSE}")
    look()
    assert not problems, told(problems)


def _review(language: str) -> str:
    return {"fr": "Voir toutes les questions", "en": "See all questions"}[language]


def _one_of_each_kind(site: Site) -> list[tuple[str, str]]:
    from lms.courses import queries as courses

    def find() -> dict[str, tuple[str, str]]:
        edition = courses.current_edition(STAFF_COURSE)
        return {
            courses.key_of(edition.hash, question).kind.value: (lesson.id, question)
            for lesson in edition.lessons
            for question in lesson.question_ids
        }

    kinds = site.ask(find)
    assert len(kinds) >= 6, f"the course asks in too few ways: {sorted(kinds)}"
    return list(kinds.values())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_that_say_no_are_sound(
    site: Site, visit: Callable[..., Visit], graduate: Learner, language: str
) -> None:
    guest, problems = visit(language=language), list[str]()

    def look(path: str, status: int) -> None:
        assert guest.go(path).status == status, f"{path} answers with {status}"
        problems.extend(problems_of(guest, language))

    look(f"/{language}/nothing-here", 404)
    look(f"/{language}/courses/nothing-here", 404)
    look(f"/{language}/verify/RLS-NONE0-NONE0-0", 404)
    guest.go(f"/{language}/sign-in")
    guest.send("sign-in")
    problems += problems_of(guest, language)
    guest.page.locator("#login").fill("nobody")
    guest.page.locator("#password").fill("not the password")
    guest.send("sign-in")
    problems += problems_of(guest, language)
    guest.sign_in(graduate)
    look(f"/{language}/manager/people", 403)
    look(f"/{language}/tests/{STAFF_COURSE}/nothing-here", 404)
    assert not problems, told(problems)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_valid_certificate_is_confirmed_on_a_sound_page(
    site: Site, visit: Callable[..., Visit], graduate: Learner, language: str
) -> None:
    from lms.certificates.queries import certificates_of

    serial = site.ask(lambda: certificates_of(graduate.id)[0].serial)
    employer = visit(language=language)

    assert employer.go(f"/{language}/verify/{serial}").status == 200

    problems: list[Any] = problems_of(employer, language)
    assert graduate.name in employer.words
    assert not problems, told(problems)
