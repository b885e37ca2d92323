"""Where people belong, seen from the manager's desk: in several offices, and from days to come."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from babel.dates import format_date
from flask import Flask

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.cli.days import begin_the_day
from lms.cli.positions import give
from lms.learning.paths.queries import asked_of_learner
from lms.people.actions.assignments import begin_assignment
from lms.people.actions.leaving import close_account, erase
from lms.people.queries import find_person, positions_of
from lms.record.events import SYSTEM
from tests.builders import make_person
from tests.builders_paths import ask, make_path
from tests.visitor import Seen, TestVisitor, said

SignIn = Callable[..., TestVisitor]
Tree = dict[str, str]
LONG_AGO = now() - timedelta(days=40)
BOTH = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture
def efua(sign_in: SignIn) -> TestVisitor:
    """Looks after everybody of an operator in Côte d’Ivoire."""
    return sign_in("training-manager", given_name="Efua", family_name="Owusu")


@pytest.fixture
def awa(tree: Tree) -> str:
    """Somebody of Efua's first office."""
    return make_person(
        office=tree["CI-OP-ABJ-01"], given_name="Awa", family_name="Koné", staff_number="CI 77"
    )


def today() -> date:
    return now().date()


def url(language: str, person: str, more: str = "") -> str:
    return f"/{language}/manager/people/{person}{more}"


def add_office(person: str, office: str) -> None:
    with writing():
        begin_assignment(
            person=person,
            office=office,
            employment="employee",
            on=today(),
            by=SYSTEM,
            at=now(),
            event_id=new_id(),
        )
    db.session.rollback()


def plan(browser: TestVisitor, tree: Tree, person: str, language: str, days: int) -> Seen:
    page = browser.get(url(language, person))
    on = (today() + timedelta(days=days)).isoformat()
    return browser.send(page, "move", office=tree["CI-OP-ABJ-02"], on=on)


def spoken(day: date, language: str) -> str:
    """As the site says a day: 3 March 2027, 1er mars 2027."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {format_date(day, 'MMMM yyyy', locale=language)}"


@BOTH
def test_a_move_that_is_planned_is_shown_and_happens_on_its_day(
    app: Any, efua: TestVisitor, tree: Tree, awa: str, language: str
) -> None:
    page = plan(efua, tree, awa, language, days=30)

    day = spoken(today() + timedelta(days=30), language)
    assert day in page.main and "CI-OP-ABJ-02" in page.main
    found = find_person(awa)
    assert found is not None and found.office == tree["CI-OP-ABJ-01"]
    rows = [row.get_text(" ") for row in page.soup.select("table tr")]
    assert not any("CI-OP-ABJ-02" in row for row in rows), "it has not happened yet"

    with time_machine.travel(now() + timedelta(days=30)):
        begin_the_day(app.settings, now())
        db.session.rollback()
        found = find_person(awa)
    assert found is not None and found.office == tree["CI-OP-ABJ-02"]


@BOTH
def test_a_planned_move_is_called_off(
    efua: TestVisitor, tree: Tree, awa: str, language: str
) -> None:
    page = plan(efua, tree, awa, language, days=30)

    done = efua.send(page, "planned")
    assert spoken(today() + timedelta(days=30), language) not in done.main
    again = efua.send(page, "planned")
    assert again.status == 200, "a double click calls off once"


def test_somebody_else_who_called_it_off_first_is_told(
    efua: TestVisitor, sign_in: SignIn, tree: Tree, awa: str
) -> None:
    plan(efua, tree, awa, "en", days=30)
    other = sign_in("coordinator", at="CI")
    page, same = efua.get(url("en", awa)), other.get(url("en", awa))
    efua.send(page, "planned")

    late = other.send(same, "planned", status=400)

    assert "This is not planned any more" in late.main


def test_a_move_to_an_office_that_is_not_mine_is_shown_and_not_mine_to_call_off(
    efua: TestVisitor, sign_in: SignIn, tree: Tree, awa: str
) -> None:
    plan(efua, tree, awa, "en", days=30)
    manager = sign_in("manager", at="CI-OP-ABJ-01")

    page = manager.get(url("en", awa))

    assert "CI-OP-ABJ-02 (en)" in page.main
    assert "/planned" not in page.html


@BOTH
@pytest.mark.parametrize("days", [367, 5000])
def test_a_day_more_than_a_year_away_is_refused_and_kept(
    efua: TestVisitor, awa: str, language: str, days: int
) -> None:
    page = efua.get(url(language, awa))
    on = (today() + timedelta(days=days)).isoformat()

    refused = efua.send(page, "move", status=400, on=on)

    words = said(language, "Give a day between the year 1990 and one year from today")
    assert words in refused.main
    assert refused.soup.select("#on")[0]["value"] == on


def test_who_looks_after_a_further_office_takes_nobody_out_of_their_own(
    sign_in: SignIn, tree: Tree, awa: str
) -> None:
    add_office(awa, tree["KE-OP-NBO-01"])
    manager = sign_in("manager", at="KE-OP-NBO-01", office="KE-OP-NBO-01")
    page = manager.get(url("en", awa))
    form = {
        "csrf_token": str(page.soup.select("input[name=csrf_token]")[0]["value"]),
        "office": tree["KE-OP-NBO-01"],
        "employment": "employee",
        "on": today().isoformat(),
    }

    assert "/move" not in page.html and "/password" not in page.html
    assert "/close" not in manager.get(url("en", awa, "/account")).html
    refused = manager.post(url("en", awa, "/move"), form, status=400)
    assert "ticket" in form or refused.status == 400
    found = find_person(awa)
    assert found is not None and found.office == tree["CI-OP-ABJ-01"]


@BOTH
def test_a_further_office_may_begin_later_and_be_called_off(
    efua: TestVisitor, tree: Tree, awa: str, language: str
) -> None:
    page = efua.get(url(language, awa, "/account"))
    on = today() + timedelta(days=9)

    efua.send(page, "offices", office=tree["CI-OP-ABJ-02"], on=on.isoformat())
    page = efua.get(url(language, awa, "/account"))
    assert spoken(on, language) in page.main
    assert not page.soup.select("form[action$='/offices/end']")

    efua.send(page, "planned")
    assert spoken(on, language) not in efua.get(url(language, awa, "/account")).main


def test_in_the_list_of_a_further_office_one_stands_as_of_that_office(
    sign_in: SignIn, tree: Tree, awa: str, course: str
) -> None:
    add_office(awa, tree["KE-OP-NBO-01"])
    ask(awa, course=course, due=LONG_AGO.date(), at=LONG_AGO)
    manager = sign_in("manager", at="KE-OP-NBO-01", office="KE-OP-NBO-01")

    for page in ("/people", "/learning", "/learning/late"):
        seen = manager.get(f"/en/manager{page}")
        assert "KE-OP-NBO-01 (en)" in seen.main
        assert "CI-OP" not in seen.main
    late = manager.get("/en/manager/learning/late")
    assert "Koné Awa" in late.main


@BOTH
def test_the_late_list_begins_with_totals_and_names_the_path(
    efua: TestVisitor, tree: Tree, awa: str, course: str, language: str
) -> None:
    kofi = make_person(office=tree["CI-OP-ABJ-02"])
    path = make_path(tree["CI-OP"], [course, "other"])
    ask(awa, kofi, path=path, due=LONG_AGO.date(), at=LONG_AGO)

    page = efua.get(f"/{language}/manager/learning/late")

    lead = page.soup.select("p.lead")[0].get_text()
    assert lead.startswith("2 ") and " 4 " in lead
    assert "Newcomers" in page.main
    table = page.form("late.csv").find_previous("table")
    assert table and "CI-OP-ABJ-01" in table.get_text()
    rows = sheet(efua.send(page, "late.csv"), language)
    assert len(rows) == 5
    assert rows[1][1:4:2] != rows[4][1:4:2]
    assert {row[6] for row in rows[1:]} == {LONG_AGO.date().isoformat()}


def sheet(seen: Seen, language: str) -> list[list[str]]:
    text = seen.response.get_data(as_text=True)
    separator = ";" if language == "fr" else ","
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator))


def test_a_long_late_list_has_pages_and_one_page_to_print(
    efua: TestVisitor, tree: Tree, course: str
) -> None:
    people = [make_person(office=tree["CI-OP-ABJ-02"]) for _ in range(51)]
    path = make_path(tree["CI-OP"], [course, "other"])
    ask(*people, path=path, due=LONG_AGO.date(), at=LONG_AGO)
    late = "/en/manager/learning/late"

    first = efua.get(late)
    assert "51 people are late, with 102 courses" in first.main
    assert len(first.soup.select("tbody tr")) == 100
    assert len(efua.get(first.link("Next page")).soup.select("tbody tr")) == 2
    whole = efua.get(first.link("Show the whole list on one page"))
    assert len(whole.soup.select("tbody tr")) == 102
    assert "Show the first page" in efua.get(f"{late}?page=9").main
    assert len(sheet(efua.send(first, "late.csv"), "en")) == 103


@BOTH
def test_each_line_of_a_list_with_mistakes_gets_its_sentence(
    efua: TestVisitor, tree: Tree, awa: str, course: str, language: str
) -> None:
    office = tree["CI-OP-ABJ-01"]
    make_person(office=tree["KE-OP-NBO-01"], staff_number="K-9")
    gone = make_person(office=office, staff_number="GONE")
    erased = make_person(office=office, staff_number="X-1")
    number = find_person(erased).number  # type: ignore[union-attr]
    card = find_person(awa).number  # type: ignore[union-attr]
    with writing():
        told: dict[str, Any] = {"by": SYSTEM, "at": now()}
        close_account(person=gone, reason="left", **told, event_id=new_id())
        erase(person=erased, **told, event_id=new_id())
    numbers = ["CI 77", "nobody", "K-9", "GONE", number, card]

    page = efua.send(
        efua.get(f"/{language}/manager/learning/enrol"),
        "enrol",
        status=400,
        what=f"course:{course}",
        numbers="\n".join(numbers),
    )

    wrong = [item.get_text(" ", strip=True) for item in page.soup.select(".error-summary li")]
    for typed, line, words in zip(
        numbers[1:5],
        wrong,
        ("Nobody of", "Nobody of", "The account with", "The name of"),
        strict=True,
    ):
        assert typed in line
        if language == "en":
            assert words in line
    assert page.soup.select("textarea")[0].get_text().split("\n")[-4:] == numbers[1:5]
    assert card in page.main, "who stands there twice is named, not left to be put right"
    db.session.rollback()
    assert [line.course for line in asked_of_learner(awa)] == [course]
    assert asked_of_learner(gone) == [] == asked_of_learner(erased)


def test_two_who_share_a_number_are_told_apart_by_office_and_card(
    sign_in: SignIn, tree: Tree, awa: str, course: str
) -> None:
    twin = make_person(
        office=tree["KE-OP-NBO-01"], given_name="Awa", family_name="Koné", staff_number="CI 77"
    )
    browser = sign_in("coordinator", at="UPAP")

    page = browser.send(
        browser.get("/en/manager/learning/enrol"),
        "enrol",
        status=400,
        what=f"course:{course}",
        numbers="CI77",
    )

    for person, office in ((awa, "CI-OP-ABJ-01"), (twin, "KE-OP-NBO-01")):
        number = find_person(person).number  # type: ignore[union-attr]
        assert f"Awa Koné, {office} (en), {number}" in page.main


def test_a_unit_means_who_has_a_further_office_there_and_an_empty_one_says_so(
    efua: TestVisitor, tree: Tree, awa: str, course: str
) -> None:
    add_office(awa, tree["CI-OP-ABJ-02"])
    form = efua.get("/en/manager/learning/enrol")
    chosen: dict[str, Any] = {"whom": "unit", "what": f"course:{course}"}

    done = efua.send(form, "enrol", unit=tree["CI-OP-ABJ-02"], **chosen)

    assert "1 person is asked to learn it." in done.main
    assert [line.course for line in asked_of_learner(awa)] == [course]


def test_whoever_is_asked_again_without_a_day_keeps_the_day_they_had(
    efua: TestVisitor, tree: Tree, awa: str, course: str
) -> None:
    kofi = make_person(office=tree["CI-OP-ABJ-01"])
    ask(awa, course=course, due=LONG_AGO.date(), at=LONG_AGO)
    chosen: dict[str, Any] = {
        "whom": "unit",
        "what": f"course:{course}",
        "unit": tree["CI-OP-ABJ-01"],
    }

    done = efua.send(efua.get("/en/manager/learning/enrol"), "enrol", **chosen)

    assert "2 people are asked to learn it." in done.main, "Kofi, and Efua herself"
    assert "1 was asked already." in done.main
    dues = [line.due for each in (awa, kofi) for line in asked_of_learner(each)]
    assert dues == [LONG_AGO.date().isoformat(), ""]
    again = efua.send(efua.get("/en/manager/learning/enrol"), "enrol", **chosen)
    assert "Nobody new is asked to learn it." in again.main


def test_a_unit_without_people_is_told_as_such(sign_in: SignIn, tree: Tree, course: str) -> None:
    browser = sign_in("training-manager", at="KE-OP")
    form = browser.get("/en/manager/learning/enrol")

    done = browser.send(
        form, "enrol", whom="unit", unit=tree["KE-OP-NBO-01"], what=f"course:{course}"
    )

    assert "Nobody belongs to this unit yet" in done.main


@pytest.mark.parametrize(
    ("role", "at", "address"),
    [
        ("training-manager", "CI-OP", "/en/manager/people?search=Koné"),
        ("training-manager", "CI-OP", "/en/rights/?search=Koné"),
        ("helper", "CI-OP-ABJ", "/en/counter/?search=Koné"),
    ],
)
def test_two_of_one_name_and_year_are_told_apart_where_somebody_is_picked(
    sign_in: SignIn, tree: Tree, awa: str, role: str, at: str, address: str
) -> None:
    twin = make_person(
        office=tree["CI-OP-ABJ-02"], given_name="Awa", family_name="Koné", staff_number="CI 78"
    )
    browser = sign_in(role, at=at)

    words = browser.get(address).main

    for person, office, end in ((awa, "ABJ-01", "77"), (twin, "ABJ-02", "78")):
        number = find_person(person).number  # type: ignore[union-attr]
        assert number in words and f"CI-OP-{office} (en)" in words and f"{end}" in words
    assert "1990" not in words


@BOTH
def test_the_page_says_who_gives_what_and_whether_there_is_somebody(
    sign_in: SignIn, tree: Tree, awa: str, language: str
) -> None:
    manager = sign_in("manager", at="CI-OP-ABJ")

    page = manager.get(f"/{language}/rights/{awa}")

    lines = [line.get_text(" ", strip=True) for line in page.soup.select("details li li")]
    mine = [line for line in lines if f"CI-OP-ABJ ({language})" in line]
    assert mine and all(line.split(":")[-1].strip().startswith("1 ") for line in mine)
    above = [line for line in lines if f"CI-OP ({language})" in line]
    assert above and all(said(language, "nobody today") in line for line in above)


def test_where_nobody_is_left_the_command_line_gives_the_position(
    app: Flask, tree: Tree, awa: str
) -> None:
    number = find_person(awa).number  # type: ignore[union-attr]

    done = app.test_cli_runner().invoke(give, [number.lower(), "secretariat", "--at", "upap"])

    assert "secretariat" in done.output, done.exception
    db.session.rollback()
    assert [held[:2] for held in positions_of(awa)] == [("secretariat", tree["UPAP"])]
