"""What is sensitive about somebody is hidden from others until they ask, and that is noted."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.audit import note
from lms.people.audit.queries import notes_about
from lms.people.audit.rules import Note
from lms.people.corrections.actions import ask_correction
from lms.people.sensitive.rules import SHOWN_FOR, hidden
from lms.record.events import SYSTEM, Actor
from lms.settings import SITE
from tests.builders import make_person
from tests.visitor import TestVisitor, said

Enter = Callable[..., TestVisitor]
SECRETS = ("+225 07 08 09 10 11", "awa.perso@example.org", "1987")
SHOW = "Show telephone, e-mail address and year of birth"


@pytest.fixture
def awa(tree: dict[str, str]) -> str:
    return make_person(
        office=tree["CI-OP-ABJ-01"],
        given_name="Awa",
        phone=" +225 07 08  09 10 11 ",
        email="awa.perso@example.org",
        birth_year=1987,
    )


def looks_at(person: str) -> list[Note]:
    found = list(notes_about(person, ["sensitive.viewed"]))
    db.session.rollback()
    return found


def shows(words: str) -> list[bool]:
    return [secret in words for secret in SECRETS]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_manager_asks_to_see_and_the_person_reads_that_it_was_seen(
    sign_in: Enter, awa: str, language: str
) -> None:
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(f"/{language}/manager/people/{awa}")
    assert shows(page.html) == [False, False, False]
    assert "•••• 11" in page.main and "••••@example.org" in page.main
    assert looks_at(awa) == []

    page = manager.send(page, said(language, SHOW))

    assert shows(page.main) == [True, True, True]
    (look,) = looks_at(awa)
    assert look.actor == manager.person
    assert look.detail == {"fields": ["birth_year", "email", "phone"]}
    chief = sign_in("coordinator", at="CI")
    trail = chief.get(f"/{language}/audit/?action=sensitive.viewed")
    assert said(language, "Sensitive data was viewed") in trail.main
    assert said(language, "telephone number") in trail.main


def test_what_was_asked_for_survives_a_reload_and_is_hidden_again_when_its_time_is_over(
    sign_in: Enter, awa: str
) -> None:
    manager = sign_in("manager", at="CI-OP-ABJ")
    url = f"/en/manager/people/{awa}"
    first = manager.get(url)
    with time_machine.travel(now(), tick=False) as clock:
        manager.send(first, "contact")
        assert shows(manager.get(url).main) == [True, True, True]
        assert shows(manager.get("/fr" + url[3:]).main) == [True, True, True]
        clock.shift(SHOWN_FOR.total_seconds() + 1)
        assert shows(manager.get(url).html) == [False, False, False]
        assert len(looks_at(awa)) == 1

        manager.send(first, "contact")  # the old page again, by the back button

    assert len(looks_at(awa)) == 2


def test_a_double_click_is_one_look(sign_in: Enter, awa: str) -> None:
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(f"/en/manager/people/{awa}")
    with time_machine.travel(now(), tick=False):
        manager.send(page, "contact")
        manager.send(page, "contact")

    assert len(looks_at(awa)) == 1


def test_what_one_manager_asked_for_is_shown_to_nobody_else(
    sign_in: Enter, awa: str, tree: dict[str, str]
) -> None:
    kofi = make_person(office=tree["CI-OP-ABJ-01"], phone="0700000099", email="", birth_year=None)
    manager, colleague = sign_in("manager", at="CI-OP-ABJ"), sign_in("manager", at="CI-OP-ABJ")
    manager.send(manager.get(f"/en/manager/people/{awa}"), "contact")

    assert "0700000099"[-9:] not in manager.get(f"/en/manager/people/{kofi}").html
    assert shows(colleague.get(f"/en/manager/people/{awa}").html) == [False, False, False]
    with manager.http.session_transaction() as kept:
        shown = dict(kept["shown"])
    with colleague.http.session_transaction() as kept:
        kept["shown"] = shown  # somebody else's permission
    assert shows(colleague.get(f"/en/manager/people/{awa}").html) == [False, False, False]


def test_nobody_asks_about_a_person_outside_their_offices(sign_in: Enter, awa: str) -> None:
    kenyan = sign_in("manager", at="KE-OP", office="KE-OP-NBO-01")
    token = kenyan.get(f"/en/manager/people/{kenyan.person}").form("contact")
    fields = {str(f["name"]): str(f["value"]) for f in token.find_all("input")}
    kenyan.post(f"/en/manager/people/{awa}/contact", fields, status=404)

    assert looks_at(awa) == []


def test_where_nothing_is_kept_there_is_nothing_to_ask_for(
    sign_in: Enter, tree: dict[str, str]
) -> None:
    bare = make_person(office=tree["CI-OP-ABJ-01"], phone="", email="", birth_year=None)
    page = sign_in("manager", at="CI-OP-ABJ").get(f"/en/manager/people/{bare}")

    assert SHOW not in page.main and page.main.count("Not stated") >= 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_two_records_side_by_side_are_seen_by_one_button_and_noted_for_both(
    sign_in: Enter, awa: str, tree: dict[str, str], language: str
) -> None:
    twin = make_person(office=tree["CI-OP-ABJ-01"], given_name="Hawa", phone="", birth_year=1987)
    manager = sign_in("manager", at="CI-OP-ABJ")
    url = f"/{language}/manager/duplicates/{awa}/{twin}"
    page = manager.get(url)
    assert shows(page.html) == [False, False, False]

    page = manager.send(page, said(language, SHOW))

    assert shows(page.main) == [True, True, True]
    assert [look.detail["fields"] for look in looks_at(twin)] == [["birth_year"]]
    assert [look.detail["fields"] for look in looks_at(awa)] == [["birth_year", "email", "phone"]]
    assert shows(manager.get(f"/{language}/manager/people/{awa}").html) == [False, False, False]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_written_in_a_request_is_read_by_a_button_and_an_answer_begun_stays(
    sign_in: Enter, awa: str, language: str
) -> None:
    request = new_id()
    with writing():
        text, by = "Je m’appelle Hawa", Actor(awa)
        ask_correction(person=awa, about="name", text=text, by=by, at=now(), event_id=request)
    db.session.rollback()
    manager = sign_in("manager", at="CI-OP-ABJ")
    listed = manager.get(f"/{language}/manager/corrections")
    page = manager.get(f"/{language}/manager/corrections/{request}")
    assert "Hawa" not in listed.html and "Hawa" not in page.html

    fields = {"answer": "C’est f", "outcome": "left"}
    form = {str(f["name"]): str(f["value"]) for f in page.form("corrections").find_all("input")}
    page = manager.post(f"/{language}/manager/corrections/{request}/read", {**form, **fields})
    assert text in page.main and "C’est f" in page.main

    other = sign_in("manager", at="CI-OP-ABJ")
    page = other.send(other.get(f"/{language}/manager/corrections"), "read")
    assert text in page.main
    found = looks_at(awa)
    assert [look.detail for look in found] == [{"fields": ["request"]}] * 2
    assert {look.actor for look in found} == {manager.person, other.person}


def test_the_counter_shows_nothing_sensitive(sign_in: Enter, awa: str) -> None:
    helper = sign_in("helper", at="CI-OP-ABJ-01")
    for url in ("/en/counter/?search=Awa", f"/en/counter/people/{awa}"):
        page = helper.get(url)
        assert "Awa" in page.main and shows(page.html) == [False, False, False]


def test_a_new_password_is_told_without_the_address(sign_in: Enter, awa: str) -> None:
    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.get(f"/en/manager/people/{awa}")
    page = manager.send(page, "password", new_password="quatre mots au hasard")

    assert "quatre mots au hasard" in page.main and "awa.perso" not in page.html


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("phone", "708091011", "•••• 11"),
        ("phone", "1234", "••••"),
        ("phone", "+225 07 08 09 10 11 (bureau)", "•••• 11"),
        ("phone", "", ""),
        ("email", "a@b@example.org", "••••@example.org"),
        ("email", "no address", "••••"),
        ("birth_year", "1987", "••••"),
    ],
)
def test_little_may_be_seen_of_what_is_hidden(field: str, value: str, seen: str) -> None:
    assert hidden(field, value) == seen


def test_no_template_reads_a_sensitive_field_but_one_s_own_pages_and_forms() -> None:
    """A new page that needs one takes it from `lms.web.confidences`."""
    templates = SITE / "lms" / "web" / "templates"
    field = re.compile(r"\b(?:person|line|record)\.(?:email|phone|birth_year)\b")
    found = {
        str(path.relative_to(templates))
        for path in templates.rglob("*.html")
        if field.search(Path(path).read_text("utf-8"))
    }
    assert found == {"account/account.html", "manager/password.html"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_trail_tells_moments_in_utc_and_people_by_name(
    sign_in: Enter, awa: str, tree: dict[str, str], language: str
) -> None:
    twin = make_person(office=tree["CI-OP-ABJ-01"], given_name="Hawa")
    moment = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    with writing():
        note("merge.proposed", by=SYSTEM, at=moment, learner=awa, detail={"other": twin})
        note("correction.answered", by=SYSTEM, at=moment, learner=awa, detail={"about": "name"})
    db.session.rollback()
    chief = sign_in("secretariat", at="UPAP", office="KE-OP-NBO-01")  # three hours ahead

    trail = chief.get(f"/{language}/audit/")

    assert "22:30" in trail.main and "01:30" not in trail.main
    assert "Hawa Essai" in trail.main and twin not in trail.html
    assert said(language, "My name") in trail.main
