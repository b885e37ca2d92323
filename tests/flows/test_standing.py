"""Accounts closed and opened again; people in several offices."""

from collections.abc import Callable

import pytest

from tests.builders import make_person
from tests.visitor import TestVisitor, said

Enter = Callable[..., TestVisitor]


def account(language: str, person: str) -> str:
    return f"/{language}/manager/people/{person}/account"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_closed_account_is_signed_out_at_once_and_can_be_opened_again(
    sign_in: Enter, language: str
) -> None:
    awa = sign_in(given_name="Awa")
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(account(language, awa.person))
    page = manager.send(page, "close", status=400)
    assert said(language, "Choose a reason") in page.main

    manager.send(page, "close", reason="left")

    answer = awa.get(f"/{language}/my-learning", status=303, follow=False)
    assert "/sign-in" in answer.response.location
    assert "Awa" not in manager.get(f"/{language}/manager/people").main
    page = manager.get(f"/{language}/manager/closed")
    page = manager.get(page.link("Awa"))
    manager.send(page, "reopen")
    assert "Awa" in manager.get(f"/{language}/manager/people").main


def test_nobody_closes_the_account_of_somebody_above_them(
    sign_in: Enter, tree: dict[str, str]
) -> None:
    chief = make_person(office=tree["CI-OP-ABJ-01"], position="training-manager", at=tree["CI-OP"])
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(account("en", chief))
    assert "/close" not in page.html


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_further_office_begins_and_ends(
    sign_in: Enter, tree: dict[str, str], language: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa")
    above = sign_in("training-manager", at="CI-OP")
    there = sign_in("manager", at="CI-OP-ABJ-02")
    assert "Awa" not in there.get(f"/{language}/manager/people").main

    page = above.get(account(language, awa))
    for _ in range(2):  # a double click is one office
        above.send(page, "offices", office=tree["CI-OP-ABJ-02"])
    assert "Awa" in there.get(f"/{language}/manager/people").main

    page = above.get(account(language, awa))
    above.send(page, "offices/end")
    assert "Awa" not in there.get(f"/{language}/manager/people").main
