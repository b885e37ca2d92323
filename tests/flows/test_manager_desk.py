"""A manager finds, registers, moves and helps people, and sees nobody else's, without script."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from lms.base.clock import now
from lms.base.database import db
from lms.people.actions import begin_session, prove_password
from lms.people.queries import find_person, find_session, people_in, people_known_as
from lms.people.rules import WrongSignIn
from lms.record.queries import count_in_quarantine, count_of_events
from tests.builders import make_person
from tests.visitor import Seen, TestVisitor

SignIn = Callable[..., TestVisitor]
PEOPLE = "/en/manager/people"
WORDS = "harbour-lamp-seven-goats"


@pytest.fixture
def efua(sign_in: SignIn) -> TestVisitor:
    """The manager of an operator in Côte d’Ivoire."""
    return sign_in("manager", given_name="Efua", family_name="Owusu")


@pytest.fixture
def awa(tree: dict[str, str]) -> str:
    """Somebody of Efua's first office."""
    return make_person(
        office=tree["CI-OP-ABJ-01"], given_name="Awa", family_name="Koné", staff_number="CI 77"
    )


@pytest.fixture
def otieno(tree: dict[str, str]) -> str:
    """Somebody of another country."""
    return make_person(
        office=tree["KE-OP-NBO-01"],
        given_name="Otieno",
        family_name="Were",
        staff_number="K-9",
        email="otieno@post.example",
    )


def register(browser: TestVisitor, *, status: int = 200, **changes: Any) -> Seen:
    given = {
        "given_name": "  Yao ",
        "family_name": "N’Guessan",
        "staff_number": "CI 1234",
        "password": WORDS,
        **changes,
    }
    return browser.send(browser.get(f"{PEOPLE}/new"), "people/new", status=status, **given)


def sheet(browser: TestVisitor, language: str = "en") -> str:
    page = browser.get(f"/{language}/manager/people")
    return browser.send(page, "people.csv").response.get_data(as_text=True)


def found_with(login: str) -> str:
    db.session.rollback()
    return people_known_as(login)[0].id


def can_enter(person: str, password: str) -> bool:
    try:
        prove_password(person=person, password=password)
    except WrongSignIn:
        return False
    return True


@pytest.mark.parametrize("typed", ["kone", "KONÉ awa", "ci77", "Kon"])
def test_efua_finds_awa_without_accents_and_by_number(
    efua: TestVisitor, awa: str, typed: str
) -> None:
    page = efua.get(f"{PEOPLE}?search={typed}")

    assert "1 person found" in page.main
    assert page.link("Koné Awa") == f"{PEOPLE}/{awa}"
    assert "Nothing begun yet" in page.main


def test_nobody_found_says_what_to_try(efua: TestVisitor) -> None:
    page = efua.get(f"{PEOPLE}?search=zzz")

    assert "Nobody in your offices is found for “zzz”" in page.main


def test_people_of_another_country_are_not_there(efua: TestVisitor, awa: str, otieno: str) -> None:
    assert "Were" not in efua.get(PEOPLE).main
    assert "Were" not in sheet(efua)
    efua.get(f"{PEOPLE}/{otieno}", status=404)
    own = efua.get(f"{PEOPLE}/{awa}")
    form = {"ticket": "", "csrf_token": own.form("move")("input")[0]["value"]}
    for act in ("move", "password"):
        efua.post(f"{PEOPLE}/{otieno}/{act}", form, status=404)


def test_fifty_people_fill_a_page(efua: TestVisitor, tree: dict[str, str]) -> None:
    for _ in range(51):
        make_person(office=tree["CI-OP-ABJ-02"])

    first = efua.get(PEOPLE)
    second = efua.get(first.link("Next page"))

    assert "52 people in your offices" in first.main
    assert len(first.soup.select("tbody tr")) == 50
    assert len(second.soup.select("tbody tr")) == 2
    assert "Page 2 of 2" in second.main
    efua.get(f"{PEOPLE}?page=9")
    efua.get(f"{PEOPLE}?page=-1")


@pytest.mark.parametrize(("language", "separator"), [("fr", ";"), ("en", ",")])
def test_the_sheet_opens_with_accents_and_without_formulas(
    efua: TestVisitor, tree: dict[str, str], awa: str, language: str, separator: str
) -> None:
    make_person(office=tree["CI-OP-ABJ-02"], given_name="=1+1", family_name="Zongo")

    text = sheet(efua, language)

    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator))
    assert text.startswith("\ufeff")
    assert [row[:2] for row in rows[1:]] == [["Koné", "Awa"], ["Owusu", "Efua"], ["Zongo", "'=1+1"]]


def test_efua_registers_yao_and_is_shown_the_password_once(efua: TestVisitor) -> None:
    page = register(efua)

    yao = found_with("ci1234")
    assert "Yao N’Guessan is registered" in page.main
    assert WORDS in page.main
    assert page.response.headers["Cache-Control"] == "no-store"
    assert can_enter(yao, WORDS)
    assert WORDS not in efua.get(f"{PEOPLE}/{yao}").main


def test_the_form_sent_twice_is_one_person(efua: TestVisitor) -> None:
    form = efua.get(f"{PEOPLE}/new")
    given: dict[str, Any] = {
        "given_name": "Yao",
        "family_name": "Kra",
        "staff_number": "1",
        "password": WORDS,
    }
    efua.send(form, "people/new", **given)
    before = count_of_events()

    again = efua.send(form, "people/new", **given)
    other = efua.send(form, "people/new", **{**given, "password": "quite another one"})

    assert WORDS in again.main
    assert "quite another one" not in other.main
    assert count_of_events() == before
    assert count_in_quarantine() == 0
    assert can_enter(found_with("1"), WORDS)


def test_what_was_typed_is_kept_beside_what_is_wrong(efua: TestVisitor) -> None:
    page = register(
        efua, status=400, given_name="", email="not an address", birth_year="88", password="short"
    )

    assert page.title.startswith("Error: ")
    assert page.soup.select("#family_name")[0]["value"] == "N’Guessan"
    for words in (
        "Type the given name",
        "Correct the e-mail address",
        "Type the year of birth with four digits",
        "Type a password of at least 12 characters",
    ):
        assert page.main.count(words) == 2, "in the summary and beside the field"
    assert "short" not in str(page.soup.find(id="password"))


def test_only_offices_of_mine_can_be_chosen(efua: TestVisitor, tree: dict[str, str]) -> None:
    page = efua.get(f"{PEOPLE}/new")
    options = {option["value"] for option in page.soup.select("#office option")}

    assert options == {tree["CI-OP-ABJ-01"], tree["CI-OP-ABJ-02"]}
    refused = register(efua, office=tree["KE-OP-NBO-01"], status=400)
    assert "Choose an office from the list" in refused.main


def test_a_number_that_is_taken_leads_to_that_person(efua: TestVisitor, awa: str) -> None:
    page = register(efua, staff_number="ci77", status=400)

    assert "Somebody is registered with the staff number ci77" in page.main
    assert page.link("Awa Koné") == f"{PEOPLE}/{awa}"


def test_an_address_taken_elsewhere_says_so_without_a_name(efua: TestVisitor, otieno: str) -> None:
    page = register(efua, email="Otieno@post.example", status=400)

    assert "Somebody outside your offices is registered with the address" in page.main
    assert "Were" not in page.main


def test_another_operator_may_use_the_same_staff_number(efua: TestVisitor, otieno: str) -> None:
    register(efua, staff_number="K-9")

    assert len(people_known_as("k-9")) == 2


def test_awa_moves_and_her_past_stays(efua: TestVisitor, awa: str, tree: dict[str, str]) -> None:
    page = efua.get(f"{PEOPLE}/{awa}")

    moved = efua.send(page, "move", office=tree["CI-OP-ABJ-02"], employment="contract")

    found = find_person(awa)
    assert found is not None
    assert (found.office, found.employment) == (tree["CI-OP-ABJ-02"], "contract")
    assert "The move of Awa Koné is recorded" in moved.main
    history = [row.get_text(" ", strip=True) for row in moved.soup.select("tbody tr")]
    assert "CI-OP-ABJ-02 (en) Today On contract" in history[0]
    assert history[1].startswith("2 Mar 2026")
    assert history[1].endswith("CI-OP-ABJ-01 (en) Employee")


@pytest.mark.parametrize("day", ["2999-01-01", "", "soon"])
def test_a_day_that_cannot_be_is_refused(efua: TestVisitor, awa: str, day: str) -> None:
    page = efua.send(efua.get(f"{PEOPLE}/{awa}"), "move", on=day, status=400)

    assert page.soup.find(id="on-error")
    assert page.soup.select("details[open] #on")


def test_awa_gets_a_new_password_and_is_signed_out(efua: TestVisitor, awa: str) -> None:
    token = begin_session(person=awa, device="phone", hours=1, at=now())
    page = efua.get(f"{PEOPLE}/{awa}")

    told = efua.send(page, "password", new_password=WORDS)

    assert WORDS in told.main
    assert can_enter(awa, WORDS)
    assert find_session(token, now()) is None


def test_a_short_password_is_refused(efua: TestVisitor, awa: str) -> None:
    page = efua.send(efua.get(f"{PEOPLE}/{awa}"), "password", new_password="short", status=400)

    assert page.soup.find(id="new_password-error")
    assert not can_enter(awa, "short")


@pytest.mark.parametrize(("position", "at"), [("engineer", "CI-OP"), ("manager", "CI")])
def test_efua_cannot_take_over_who_holds_more_than_she_does(
    efua: TestVisitor, tree: dict[str, str], awa: str, position: str, at: str
) -> None:
    boss = make_person(office=tree["CI-OP-ABJ-01"], position=position, at=tree[at])
    token = str(efua.get(f"{PEOPLE}/{awa}").form("password")("input")[0]["value"])

    page = efua.get(f"{PEOPLE}/{boss}")

    assert "holds a position that you do not stand above" in page.main
    assert not page.soup.find(id="new_password")
    form = {"csrf_token": token, "new_password": WORDS}
    efua.post(f"{PEOPLE}/{boss}/password", form, status=400)
    assert not can_enter(boss, WORDS)


def test_a_form_of_one_person_does_nothing_to_another(
    efua: TestVisitor, tree: dict[str, str], awa: str
) -> None:
    other = make_person(office=tree["CI-OP-ABJ-02"])
    form = efua.get(f"{PEOPLE}/{awa}").form("password")
    fields = {str(each["name"]): each["value"] for each in form("input", type="hidden")}

    efua.post(f"{PEOPLE}/{other}/password", {**fields, "new_password": WORDS}, status=400)

    assert not can_enter(other, WORDS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_opens_in_each_language(efua: TestVisitor, awa: str, language: str) -> None:
    for path in ("people", "people?search=kone", "people/new", f"people/{awa}"):
        efua.get(f"/{language}/manager/{path}")


def test_a_trainer_is_not_a_manager(sign_in: SignIn) -> None:
    kofi = sign_in("trainer")

    assert people_in(("",))[1] >= 1
    for path in (PEOPLE, f"{PEOPLE}/new"):
        kofi.get(path, status=403)
