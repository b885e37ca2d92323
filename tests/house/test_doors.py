"""Nobody comes in where they are not listed, and nobody sees beyond their subtree.

Everything here is generated from the map of addresses.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule

from lms.base.database import db
from lms.courses import queries as courses
from lms.people.corrections.events import CorrectionAsked
from lms.workshops.events import AttendanceTaken, ParticipantExpected, WorkshopPlanned
from tests.builders import keep, make_event, make_person
from tests.builders_paths import make_path
from tests.house.doors import DOORS, admits
from tests.visitor import TestVisitor, forget_request

ROLES = (
    "learner",
    "helper",
    "trainer",
    "manager",
    "training-manager",
    "coordinator",
    "secretariat",
    "engineer",
)
WITH_A_SUBTREE = ("helper", "trainer", "manager", "training-manager", "coordinator")
Enter = Callable[..., TestVisitor]


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Every address that answers a method."""
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))


@pytest.fixture
def world(app: Flask, tree: dict[str, str], course: str) -> dict[str, str]:
    """One of everything an address may name, in Kenya."""
    person = make_person(office=tree["KE-OP-NBO-01"], given_name="Secret", family_name="Mwangi")
    plan = WorkshopPlanned(
        workshop="0b6e7a52-7a55-4c5e-9d52-5f1d6c1f7e11",
        title="Secret workshop",
        theme="other",
        organiser=tree["KE"],
        language="en",
        mode="room",
        place="Nairobi",
        sittings=[{"id": "s1", "on": "2026-03-01", "from": "09:00", "to": "12:00"}],
        invited=[tree["KE"]],
    )
    keep(
        make_event(plan),
        make_event(ParticipantExpected(person, plan.workshop, tree["KE"], "participant")),
        make_event(AttendanceTaken(person, plan.workshop, "s1", True, tree["KE"], "participant")),
    )
    other = make_person(office=tree["KE-OP-NBO-01"], given_name="Secret", family_name="Mwangi")
    correction = "0b6e7a52-7a55-4c5e-9d52-5f1d6c1f7e15"
    keep(make_event(CorrectionAsked(person, "name"), event_id=correction))
    edition = courses.current_edition(course)
    return {
        "language": "en",
        "slug": course,
        "lesson": "weigh",
        "question": "weigh-first",
        "attempt": "0b6e7a52-7a55-4c5e-9d52-5f1d6c1f7e12",
        "number": "1",
        "serial": "RLS-00000-00000-0",
        "person": person,
        "other": other,
        "correction": correction,
        "workshop": plan.workshop,
        "sitting": "s1",
        "code": "1a",
        "name": "nothing.svg",
        "edition": edition.hash,
        "path": make_path(tree["KE"], [course], title="Secret path"),
        "rule": "0b6e7a52-7a55-4c5e-9d52-5f1d6c1f7e17",
        "token": "not-a-token",
        "draft": "0b6e7a52-7a55-4c5e-9d52-5f1d6c1f7e13",
        "imported": "0b6e7a52-7a55-4c5e-9d52-5f1d6c1f7e14",
        "what": "roster",
        "device": "0b6e7a52-7a55-4c5e-9d52-5f1d6c1f7e16",
    }


def url_of(app: Flask, rule: Rule, world: dict[str, str]) -> str:
    """The address with the world's names in it."""
    values: dict[str, Any] = {name: world[name] for name in rule.arguments}
    if "number" in values:
        values["number"] = int(values["number"])
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_address_is_listed_with_who_may_enter(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(DOORS)


@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_role_enters_its_own_desks_only(
    app: Flask, sign_in: Enter, client: TestVisitor, world: dict[str, str], role: str | None
) -> None:
    browser = sign_in(role) if role else client
    for rule in rules(app, "GET"):
        door = DOORS[rule.endpoint]
        answer = browser.http.get(url_of(app, rule, world))
        db.session.rollback()
        forget_request()
        assert answer.status_code < 500, rule
        if admits(door, role):
            assert answer.status_code in (200, 302, 303, 404), rule
        elif role is None:
            assert answer.status_code == 303, rule
            assert "/sign-in" in answer.headers["Location"]
        else:
            assert answer.status_code == 403, rule


@pytest.mark.parametrize("role", WITH_A_SUBTREE)
def test_nobody_sees_data_of_another_country(
    app: Flask, sign_in: Enter, world: dict[str, str], role: str
) -> None:
    browser = sign_in(role, at="CI-OP")
    for rule in rules(app, "GET"):
        if role in DOORS[rule.endpoint].split():
            answer = browser.http.get(url_of(app, rule, world))
            db.session.rollback()
            forget_request()
            words = answer.get_data()
            assert b"Secret" not in words and b"Mwangi" not in words, rule
            if {"person", "workshop"} & rule.arguments:
                assert answer.status_code == 404, rule


@pytest.mark.parametrize("role", WITH_A_SUBTREE)
def test_nobody_sees_data_of_another_office_of_their_operator(
    app: Flask, sign_in: Enter, world: dict[str, str], tree: dict[str, str], role: str
) -> None:
    neighbour = make_person(office=tree["CI-OP-ABJ-02"], given_name="Secret", family_name="Voisin")
    browser = sign_in(role, at="CI-OP-ABJ-01")
    for rule in rules(app, "GET"):
        if role in DOORS[rule.endpoint].split():
            answer = browser.http.get(url_of(app, rule, {**world, "person": neighbour}))
            db.session.rollback()
            forget_request()
            assert b"Voisin" not in answer.get_data(), rule


@pytest.mark.parametrize("role", ROLES)
def test_a_page_that_is_read_changes_nothing_in_the_record(
    app: Flask, sign_in: Enter, world: dict[str, str], role: str
) -> None:
    browser = sign_in(role, at="UPAP")
    db.session.rollback()
    with db.engine.connect() as watcher:
        before = watcher.scalar(text("PRAGMA data_version"))
        for rule in rules(app, "GET"):
            browser.http.get(url_of(app, rule, world))
            db.session.rollback()
            forget_request()
        assert watcher.scalar(text("PRAGMA data_version")) == before


def test_no_form_is_taken_without_its_token(
    app: Flask, sign_in: Enter, world: dict[str, str]
) -> None:
    for role in ROLES:
        browser = sign_in(role, at="UPAP")
        for rule in rules(app, "POST"):
            answer = browser.http.post(url_of(app, rule, world), data={"x": "1"})
            forget_request()
            assert answer.status_code == 400, (role, rule)


def test_strict_headers_stand_on_every_page(client: TestVisitor, course: str) -> None:
    for url in ("/en/", f"/en/courses/{course}", "/en/nowhere", "/en/sign-in"):
        headers = client.http.get(url).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_sign_in_never_leads_to_another_site(client: TestVisitor) -> None:
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        page = client.get(f"/en/sign-in?next={address}")
        assert 'name="next" value=""' in page.html.replace("'", '"')
