"""The page of a person tells all: where they belonged, and what they followed elsewhere."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.exchange.actions import check_draft, confirm_draft, keep_draft, undo_import
from lms.people.actions import move_person
from lms.people.actions.assignments import begin_assignment, end_assignment
from lms.record.events import Actor
from tests.builders import make_person
from tests.visitor import TestVisitor, fields_of, said

Enter = Callable[..., TestVisitor]
TREE = dict[str, str]
PAST = "Staff number,Training,Hours,Date,Result"
TODAY = now().date()


def declare(tree: TREE, folder: Path, by: str, *rows: str) -> str:
    def watch(_done: int, _total: int) -> None:
        """Nobody watches the progress."""

    draft = keep_draft(
        what="trainings",
        unit=tree["CI-OP"],
        person=by,
        demo=False,
        language="en",
        file_name="formations 2025.csv",
        data="\n".join([PAST, *rows]).encode(),
        at=now(),
    )
    check_draft(draft=draft, at=now(), progress=watch)
    boss = Actor(by, "officer")
    imported = confirm_draft(draft=draft, by=boss, at=now(), folder=folder, progress=watch)
    db.session.rollback()
    return imported


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_training_followed_elsewhere_stands_there_with_its_list_and_who_declared_it(
    sign_in: Enter, tree: TREE, tmp_path: Path, language: str
) -> None:
    awa = sign_in(staff_number="A1", given_name="Awa")
    manager = sign_in("manager", at="CI-OP", given_name="Ketia", family_name="Boua")
    rows = ("A1,Tri du courrier,2,2025-03-04,80", "A1,Accueil,1,2025-01-04,")
    imported = declare(tree, tmp_path, manager.person, *rows)

    page = manager.get(f"/{language}/manager/people/{awa.person}").main
    assert page.index("Tri du courrier") < page.index("Accueil")
    assert "formations 2025.csv" in page and "Ketia Boua" in page and "120" in page
    assert "80" in page.split("Tri du courrier")[1].split("Accueil")[0]

    mine = awa.get(f"/{language}/account/data").main
    assert said(language, "Trainings followed elsewhere") in mine
    assert "Tri du courrier" in mine and "formations 2025.csv" in mine
    assert f"CI-OP ({language})" in mine and "Ketia" not in mine

    undo_import(imported=imported, by=Actor(manager.person), at=now(), progress=lambda *_: None)
    for browser, url in ((manager, f"manager/people/{awa.person}"), (awa, "account/data")):
        assert "Tri du courrier" not in browser.get(f"/{language}/{url}").main


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_office_stands_there_in_order_with_its_first_and_last_day(
    sign_in: Enter, tree: TREE, language: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    boss = Actor("boss", "officer")

    def day(ago: int) -> date:
        return TODAY - timedelta(days=ago)

    with writing():
        for office, since in (("KE-OP-NBO-01", 60), ("CI-OP-ABJ-02", 20)):
            begin_assignment(
                person=awa,
                office=tree[office],
                employment="contract",
                on=day(since),
                by=boss,
                at=now(),
                event_id=new_id(),
            )
        end_assignment(
            person=awa,
            office=tree["KE-OP-NBO-01"],
            on=day(40),
            by=boss,
            at=now(),
            event_id=new_id(),
        )
        move_person(
            person=awa,
            office=tree["CI-OP-ABJ"],
            employment="employee",
            on=day(30).isoformat(),
            by=boss,
            at=now(),
            event_id=new_id(),
        )
    db.session.rollback()

    page = sign_in("manager", at="CI-OP").get(f"/{language}/manager/people/{awa}")

    table = next(t for t in page.soup.find_all("table") if "KE-OP-NBO-01" in t.get_text())
    rows = [[c.get_text(" ", strip=True) for c in r.find_all(["th", "td"])] for r in table("tr")]
    offices = [row[2] for row in rows[1:]]
    further, today = said(language, "Further office"), said(language, "Today")
    assert offices == [
        f"CI-OP-ABJ-02 ({language}) {further} {today}",
        f"CI-OP-ABJ ({language}) {today}",
        f"KE-OP-NBO-01 ({language}) {further}",
        f"CI-OP-ABJ-01 ({language})",
    ]
    untils = [row[1] for row in rows[1:]]
    assert untils[:2] == ["–", "–"] and "–" not in untils[2:]
    assert untils[3] == rows[2][0]  # the first office ends where the second begins


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_move_to_a_day_before_the_registration_is_where_they_are_today(
    sign_in: Enter, tree: TREE, language: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], registered_at=now())
    with writing():
        move_person(
            person=awa,
            office=tree["CI-OP-ABJ-02"],
            employment="contract",
            on=(TODAY - timedelta(days=9)).isoformat(),
            by=Actor("boss", "officer"),
            at=now(),
            event_id=new_id(),
        )
    db.session.rollback()

    page = sign_in("manager", at="CI-OP").get(f"/{language}/manager/people/{awa}")

    today, office = said(language, "Today"), f"CI-OP-ABJ-02 ({language})"
    tables = [t.get_text(" ", strip=True) for t in page.soup.find_all("table")]
    [offices] = [table for table in tables if today in table]
    assert f"{office} {today}" in offices and "CI-OP-ABJ-01" not in offices


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_says_that_the_account_is_closed(
    sign_in: Enter, tree: TREE, language: str
) -> None:
    awa, manager = make_person(office=tree["CI-OP-ABJ-01"]), sign_in("manager", at="CI-OP")
    address = f"/{language}/manager/people/{awa}"
    closed = f">{said(language, 'Closed')}<"
    assert closed not in manager.get(address).html

    manager.send(manager.get(f"{address}/account"), "close", reason="left")

    assert closed in manager.get(address).html


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_move_to_where_they_are_is_refused_and_what_was_typed_is_kept(
    sign_in: Enter, tree: TREE, language: str
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], employment="employee")
    manager = sign_in("manager", at="CI-OP")
    page = manager.get(f"/{language}/manager/people/{awa}")
    tomorrow = (now().date() + timedelta(days=1)).isoformat()
    typed: dict[str, Any] = {
        "office": tree["CI-OP-ABJ-01"],
        "employment": "employee",
        "on": tomorrow,
    }

    page = manager.send(page, "move", status=400, **typed)

    says = said(
        language,
        "On that day the person belongs to this office with this employment anyway. Choose "
        "another office, another employment or another day.",
    )
    assert says in page.main
    kept = fields_of(page.form("move"))
    assert {name: kept[name] for name in typed} == {name: [text] for name, text in typed.items()}
    manager.send(page, "move", **{**typed, "employment": "contract"})
