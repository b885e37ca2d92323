"""Two managers find that two people are one, and part them again."""

from collections.abc import Callable

import pytest

from lms.record.aliases import aliases_of, canonical_of
from tests.builders import make_person
from tests.visitor import TestVisitor, said

Enter = Callable[..., TestVisitor]


def url(language: str, *parts: str) -> str:
    return "/".join((f"/{language}/manager", *parts))


def twins(tree: dict[str, str]) -> tuple[str, str]:
    office = tree["CI-OP-ABJ-01"]
    one = make_person(office=office, given_name="Awa", family_name="Koné")
    two = make_person(office=office, given_name="Hawa", family_name="Kone")
    return one, two


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_proposes_and_another_confirms_and_they_can_be_parted(
    sign_in: Enter, tree: dict[str, str], language: str
) -> None:
    one, two = twins(tree)
    first = sign_in("training-manager", at="CI-OP")
    second = sign_in("training-manager", at="CI-OP")
    page = first.get(url(language, "duplicates"))
    assert "Awa Koné" in page.main and "Hawa Kone" in page.main

    page = first.get(url(language, "duplicates", one, two))
    page = first.send(page, "propose", why="sound")
    assert said(language, "Part them again") not in page.main
    assert "/confirm" not in page.html

    page = second.get(url(language, "duplicates", two, one))
    page = second.send(page, "confirm")
    assert said(language, "Two numbers of one person") in page.main
    assert canonical_of(one) == canonical_of(two) == min(one, two)

    page = second.send(page, "part", why="two-people")
    assert aliases_of(one) == (one,)
    assert "Awa Koné" not in second.get(url(language, "duplicates")).main


def test_who_proposed_cannot_confirm_even_by_hand(sign_in: Enter, tree: dict[str, str]) -> None:
    one, two = twins(tree)
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(url("en", "duplicates", one, two))
    manager.send(page, "propose", why="phone")
    colleague = sign_in("manager", at="CI-OP-ABJ")
    form = colleague.get(url("en", "duplicates", one, two)).form("confirm")
    assert form is not None

    page = manager.get(url("en", "duplicates", one, two))
    assert said("en", "They are one person") not in page.main
    assert canonical_of(one) == one and canonical_of(two) == two


def test_a_reason_must_be_given(sign_in: Enter, tree: dict[str, str]) -> None:
    one, two = twins(tree)
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(url("en", "duplicates", one, two))
    page = manager.send(page, "propose", status=400)
    assert said("en", "Choose a reason") in page.main


def test_somebody_of_another_country_is_proposed_by_number_and_stays_unseen(
    sign_in: Enter, tree: dict[str, str]
) -> None:
    from lms.people.queries import current_person

    awa = make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa")
    far = make_person(office=tree["KE-OP-NBO-01"], given_name="Wanjiru", family_name="Mwangi")
    number = current_person(far).number
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(url("en", "people", awa, "second-number"))
    assert manager.send(page, "second-number", number="ZZZ", why="told", status=400)

    page = manager.send(page, "second-number", number=number.lower(), why="told")
    assert number in page.main
    assert "Wanjiru" not in page.text and "Mwangi" not in page.text
    for person in (one_way := (awa, far), tuple(reversed(one_way))):
        manager.get(url("en", "duplicates", *person), status=404)

    above = sign_in("coordinator", at="UPAP")
    page = above.get(url("en", "duplicates", awa, far))
    above.send(page, "confirm")
    assert canonical_of(awa) == canonical_of(far)


def test_nobody_takes_over_an_account_above_them_by_merging(
    sign_in: Enter, tree: dict[str, str]
) -> None:
    one = make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", family_name="Koné")
    chief = make_person(
        office=tree["CI-OP-ABJ-01"],
        given_name="Hawa",
        family_name="Kone",
        position="training-manager",
        at=tree["CI-OP"],
    )
    first, second = sign_in("manager", at="CI-OP-ABJ"), sign_in("manager", at="CI-OP-ABJ")
    first.send(first.get(url("en", "duplicates", one, chief)), "propose", why="phone")
    page = second.get(url("en", "duplicates", one, chief))
    assert "/confirm" not in page.html
    ticket = _ticket(second, one, chief)

    second.post(url("en", "duplicates", one, chief, "confirm"), ticket | _token(page), status=400)

    assert canonical_of(chief) == chief and canonical_of(one) == one


def _token(page) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {"csrf_token": str(page.soup.find("input", {"name": "csrf_token"})["value"])}


def _ticket(browser: TestVisitor, *pair: str) -> dict[str, str]:
    """A ticket as the page would hold it."""
    from lms.web.tickets import new_ticket

    session = browser.http.get_cookie("relais")
    assert session is not None
    with browser.app.test_request_context(headers={"Cookie": f"relais={session.value}"}):
        return {"ticket": new_ticket("confirm", *sorted(pair))}
