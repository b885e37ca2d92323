"""Somebody comes to the counter, or writes a letter: their name is removed on their behalf."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lms.base.clock import now
from lms.base.database import db, writing
from lms.people.actions import hash_password, set_password_hash
from lms.people.actions.assignments import begin_assignment
from lms.people.actions.leaving import erase_due
from lms.people.erasures.queries import erasure_of
from lms.people.queries import find_person
from lms.record.events import SYSTEM
from tests.builders import make_person
from tests.visitor import TestVisitor, said

Enter = Callable[..., TestVisitor]
TREE = dict[str, str]


def url(language: str, person: str) -> str:
    return f"/{language}/manager/people/{person}/erasure"


def erasure(person: str) -> str:
    found = erasure_of(person)
    db.session.rollback()
    return "" if found is None else "confirmed" if found.on else "waits"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_asks_another_confirms_and_the_name_goes(
    sign_in: Enter, tree: TREE, language: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa")
    first, second = sign_in("manager", at="CI-OP-ABJ"), sign_in("manager", at="CI-OP-ABJ")
    page = first.get(f"/{language}/manager/people/{awa}/account")
    page = first.get(
        page.link(said(language, "%(name)s asked for it, in person or by letter", name="Awa Essai"))
    )
    page = first.send(page, "erasure", status=400)
    assert said(language, "Choose how the person asked") in page.main
    page = first.send(page, "erasure", ground="letter")
    assert "Awa Essai" in page.main and erasure(awa) == "waits"
    assert said(language, "Confirm the removal") not in page.main

    listed = second.get(f"/{language}/manager/erasures")
    assert said(language, "Waits to be confirmed") in listed.main
    page = second.send(second.get(listed.link("Awa Essai")), "confirm")

    assert erasure(awa) == "confirmed"
    assert said(language, "by letter") in page.main
    person_page = second.get(f"/{language}/manager/people/{awa}")
    assert person_page.link(said(language, "See how far it is"))
    with writing():
        assert erase_due(at=now() + timedelta(days=31)) == 1
    db.session.rollback()
    person = find_person(awa)
    assert person is not None and person.name == ""
    assert "Awa" not in second.get(f"/{language}/manager/erasures").main
    trail = sign_in("coordinator", at="CI").get(f"/{language}/audit/?action=erasure.confirmed")
    assert said(language, "how the person asked") in trail.main


def test_who_asked_cannot_confirm_even_with_a_form_of_their_own(sign_in: Enter, tree: TREE) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    first = sign_in("manager", at="CI-OP-ABJ")
    page = first.send(first.get(url("en", awa)), "erasure", ground="in-person")
    fields = {str(f["name"]): str(f["value"]) for f in page.form("cancel").find_all("input")}

    page = first.post(f"{url('en', awa)}/confirm", fields, status=400)

    assert "somebody else must confirm it" in page.main and erasure(awa) == "waits"
    first.send(page, "cancel")
    assert erasure(awa) == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_person_reads_of_it_when_signing_in_and_calls_it_off(
    sign_in: Enter, client: TestVisitor, tree: TREE, language: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], staff_number="A77")
    secret = hash_password("four words are best")
    with writing():
        set_password_hash(person=awa, password_hash=secret, at=now())
    first, second = sign_in("manager", at="CI-OP-ABJ"), sign_in("manager", at="CI-OP-ABJ")
    first.send(first.get(url(language, awa)), "erasure", ground="in-person")
    second.send(second.get(url(language, awa)), "confirm")

    page = client.get(f"/{language}/sign-in")
    page = client.send(page, "sign-in", login="A77", password="four words are best")
    how = said(language, "If this is wrong, keep your name: My account, then My data.")
    assert " ".join(how.split()) in page.text
    page = client.get(f"/{language}/account/data")
    assert said(language, "in person") in page.main
    client.send(page, "keep")

    assert erasure(awa) == ""
    assert said(language, "Keep my name") not in client.get(f"/{language}/account/data").main


def test_an_office_where_somebody_also_works_does_not_remove_their_name(
    sign_in: Enter, tree: TREE
) -> None:
    awa = make_person(office=tree["KE-OP-NBO-01"])
    with writing():
        begin_assignment(
            person=awa,
            office=tree["CI-OP-ABJ-01"],
            employment="employee",
            on=now().date(),
            by=SYSTEM,
            at=now(),
            event_id="0b6e7a52-7a55-4c5e-9d52-5f1d6c1f7e99",
        )
    db.session.rollback()
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(url("en", awa))
    assert "somebody above must do this" in page.main and not page.soup.find_all(
        "input", type="radio"
    )

    mine = make_person(office=tree["CI-OP-ABJ-01"])
    form = manager.get(url("en", mine)).form("erasure")
    fields = {str(f["name"]): str(f["value"]) for f in form.find_all("input", type="hidden")}
    manager.post(url("en", awa), {**fields, "ground": "letter"}, status=400)
    assert erasure(awa) == ""


def test_nobody_above_touches_a_wish_of_the_person(sign_in: Enter, tree: TREE) -> None:
    awa = sign_in(given_name="Awa")
    awa.send(awa.get("/en/account/data/erasure"), "erasure")
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(url("en", awa.person))

    assert "under “My data”" in page.main and not page.soup.select("main form")
