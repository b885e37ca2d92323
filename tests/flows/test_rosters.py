"""A training manager brings in a list of staff: checked first, confirmed, taken back."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from lms.base.database import db, writing
from lms.people.queries import find_person, people_known_as
from lms.people.rosters.queries import names_of
from lms.people.tables import PersonRow
from lms.web.working import wait_until_done
from tests.builders import make_person
from tests.visitor import Seen, TestVisitor, fields_of, said

SignIn = Callable[..., TestVisitor]
LISTS = {"en": "/en/manager/rosters", "fr": "/fr/manager/rosters"}
HEAD = "Matricule;Nom;Prénom;Sexe;Date de naissance;Bureau;Type;Courriel;Téléphone;Langue"
AWA = "A 1;Koné;Awa;F;3/4/1990;CI-OP-ABJ-01;employé;awa@poste.example;+225 07 08 09 10 11;fr"
YAO = "A2;N’Guessan;Yao;H;1985;CI-OP-ABJ-02;contractuel;;;fr"


@pytest.fixture
def efua(sign_in: SignIn) -> TestVisitor:
    """The training manager of an operator in Côte d’Ivoire."""
    return sign_in("training-manager", at="CI-OP", given_name="Efua", family_name="Owusu")


def send(
    browser: TestVisitor,
    data: bytes | str,
    *,
    language: str = "en",
    name: str = "staff.csv",
    status: int = 200,
    page: str = "",
) -> Seen:
    if isinstance(data, str):
        data = data.encode()
    file = (io.BytesIO(data), name)
    lists = browser.get(page or LISTS[language])
    contains = (page or LISTS[language]).rsplit("/", 1)[1]
    return browser.send(lists, contains, status=status, file=file)


def known(number: str) -> str:
    db.session.rollback()
    return people_known_as(number)[0].id


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_is_checked_confirmed_and_undone(efua: TestVisitor, language: str) -> None:
    check = send(efua, f"{HEAD}\n{AWA}\n{YAO}\n", language=language)
    assert said(language, "Check before you confirm") in check.title
    assert "Awa" in check.main and "1990" in check.main and not people_known_as("a1")

    done = efua.send(check, "confirm")
    assert said(language, "The list is imported.") in done.text
    awa = find_person(known("a1"))
    assert awa is not None
    assert (awa.name, awa.birth_year, awa.sex) == ("Awa Koné", 1990, "female")
    assert find_person(known("a2")).employment == "contract"  # type: ignore[union-attr]

    again = send(efua, f"{HEAD}\n{AWA}\n{YAO}\n", language=language)
    nothing = said(language, "There is nothing to write: no row changes anything.")
    assert " ".join(nothing.split()) in again.main

    undone = efua.send(efua.get(done.response.request.path), "undo")
    assert said(language, "This import was undone on %(day)s.").split("%")[0] in undone.main
    db.session.rollback()
    assert not people_known_as("a1")


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}\r\n{AWA}\r\n".encode("windows-1252"),
        f"{HEAD}\n{AWA}\n".encode("utf-8-sig"),
        f"{HEAD}\n{AWA}\n".encode("utf-16"),
        f"{HEAD}\n{AWA}\n".replace(";", "\t").encode(),
        f"{HEAD}\n{AWA}\n".replace(";", ",").encode(),
        f"Liste du personnel\n\n{HEAD}\n{AWA}\n".encode(),
        f"sep=;\n{HEAD}\n{AWA}\n".encode(),
    ],
    ids=["windows-1252", "bom", "utf-16", "tabs", "commas", "title above", "sep="],
)
def test_a_list_is_read_however_it_was_saved(efua: TestVisitor, data: bytes) -> None:
    check = send(efua, data)
    assert "Koné" in check.main and "Prénom" not in check.main
    efua.send(check, "confirm")
    assert find_person(known("a1")).birth_year == 1990  # type: ignore[union-attr]


def phone_of(number: str) -> tuple[str, str]:
    """(to be dialled, to be found by)"""
    [names] = names_of([known(number)]).values()
    return names.telephone, names.phone


def test_a_telephone_is_kept_as_it_stands_in_the_list_and_comes_back_when_it_is_undone(
    efua: TestVisitor,
) -> None:
    def bring(telephone: str) -> str:
        row = f"A1;Koné;Awa;F;1990;CI-OP-ABJ-01;;;{telephone};"
        done = efua.send(send(efua, f"{HEAD}\n{row}\n"), "confirm")
        return str(done.response.request.path)

    bring("+225  07 08 09 10 11")
    assert phone_of("a1") == ("+225 07 08 09 10 11", "708091011")
    check = send(efua, f"{HEAD}\n{AWA.replace('07 08 09', '05 08 09')}\n")
    assert "•••• 11" in check.main and "+225 05 08 09 10 11" in check.main
    assert "+225 07 08 09 10 11" not in check.main

    second = bring("00 225 05 04 03 02 01")
    assert phone_of("a1") == ("00 225 05 04 03 02 01", "504030201")
    efua.send(efua.get(second), "undo")

    assert phone_of("a1") == ("+225 07 08 09 10 11", "708091011")


def test_where_only_digits_were_kept_the_same_list_brings_the_whole_number(
    efua: TestVisitor,
) -> None:
    efua.send(send(efua, f"{HEAD}\n{AWA}\n"), "confirm")
    with writing():
        db.session().execute(update(PersonRow).values(telephone=""))
    assert phone_of("a1") == ("", "708091011")

    efua.send(send(efua, f"{HEAD}\n{AWA}\n"), "confirm")

    assert phone_of("a1") == ("+225 07 08 09 10 11", "708091011")
    again = send(efua, f"{HEAD}\n{AWA.replace(' 08 09 10 11', '08091011')}\n")
    assert "There is nothing to write" in again.main, "other spaces are the same number"


def test_rows_that_are_not_taken_come_back_with_why(efua: TestVisitor) -> None:
    rows = [
        AWA,
        AWA,
        ";Sans;Numéro;;;CI-OP-ABJ-01;;;;",
        "A3;Bureau;Inconnu;;;ZZ-9;;;;",
        "A4;=cmd|' /C calc'!A0;Formule;;;CI-OP-ABJ-01;;;;",
        "A5;Sexe;Faux;Q;32/13/1990;CI-OP-ABJ-01;chef;@;;de",
        "A6;Trop;Peu;F",
    ]
    check = send(efua, "\n".join([HEAD, *rows]))
    assert "stands in row 2 already" in check.main
    assert "There is no office “ZZ-9”" in check.main
    assert "looks like a formula" in check.main
    form = check.form("refused")
    sheet = efua.http.post(str(form.get("action")), data=fields_of(form))
    text = sheet.get_data(as_text=True)
    assert sheet.status_code == 200 and text.startswith("\ufeffMatricule")
    assert "The staff number is missing." in text and text.count("\n") == 6

    efua.send(check, "confirm")
    db.session.rollback()
    assert people_known_as("a4")[0].family_name.startswith("=cmd")
    assert not people_known_as("a3")


def test_nobody_is_taken_out_moved_or_seen_beyond_the_senders_offices(
    efua: TestVisitor, sign_in: SignIn, tree: dict[str, str]
) -> None:
    there = make_person(office=tree["CI-OP-ABJ-02"], staff_number="B1", family_name="Voisin")
    mine = make_person(office=tree["CI-OP-ABJ-01"], staff_number="B2", family_name="Reste")
    head = sign_in("manager", at="CI-OP-ABJ-01")
    rows = "B1;Voisin;Volé;;;CI-OP-ABJ-01;;;;\nB3;Ailleurs;Né;;;CI-OP-ABJ-02;;;;"

    check = send(head, f"{HEAD}\n{rows}\n")

    assert "belongs to somebody in an office you do not look after" in check.main
    assert "Not in the list" in check.main and "Reste" not in check.main
    missing = head.get(check.link("Not in the list"))
    assert "Reste" in missing.main
    db.session.rollback()
    assert find_person(there).office == tree["CI-OP-ABJ-02"]  # type: ignore[union-attr]
    assert find_person(mine) is not None and not people_known_as("b3")


def test_another_persons_file_is_not_to_be_found(efua: TestVisitor, sign_in: SignIn) -> None:
    check = send(efua, f"{HEAD}\n{AWA}\n")
    other = sign_in("training-manager", at="CI-OP")
    other.get(check.response.request.path, status=404)
    kenya = sign_in("training-manager", at="KE-OP")
    done = efua.send(check, "confirm")
    kenya.get(done.response.request.path, status=404)


def test_what_changed_after_the_check_is_checked_again(
    efua: TestVisitor, tree: dict[str, str]
) -> None:
    check = send(efua, f"{HEAD}\n{AWA}\n")
    make_person(office=tree["CI-OP-ABJ-01"], staff_number="A1", family_name="Autre")

    told = efua.send(check, "confirm")

    assert "so nothing was written" in told.main and "Check that the staff number" in told.main
    db.session.rollback()
    assert people_known_as("a1")[0].family_name == "Autre"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x00\x01\x02\x03" * 50, "is not a list that the site can read"),
        (b"PK\x03\x04 no archive", "is not a list that the site can read"),
        (b"\xd0\xcf\x11\xe0 old", "an older or another kind"),
        (b"Nom;Pays\nA;B\n", "These columns were not found: Staff number"),
        (b"   \n  ", "This file is empty"),
        (f"{HEAD};Surname\n{AWA};x\n".encode(), "both seem to hold the same thing"),
        ((HEAD + "\n" + f"{AWA}\n" * 50_001).encode(), "has more than 50000 rows"),
    ],
    ids=["noise", "no archive", "old workbook", "columns", "blank", "twice", "rows"],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    efua: TestVisitor, data: bytes, words: str
) -> None:
    page = send(efua, data)
    wait_until_done()
    assert words in efua.get(page.response.request.path).main


def test_a_file_of_30_mb_is_refused_and_one_of_5_is_not(efua: TestVisitor) -> None:
    send(efua, b"a" * (30 * 1024 * 1024 + 1), status=400)
    send(efua, b"a" * (33 * 1024 * 1024), status=413)
    page = send(efua, HEAD.encode() + b"\n" + AWA.encode() + b"\n" + b";;;\n" * 1_300_000)
    wait_until_done()
    assert "Awa" in efua.get(page.response.request.path).main


def test_a_long_list_is_worked_on_beside_the_page_and_found_again(
    app: Flask, efua: TestVisitor
) -> None:
    rows = "\n".join(f"L{n};Nom{n};P;;;CI-OP-ABJ-01;;;;" for n in range(700))
    page = send(efua, f"{HEAD}\n{rows}\n")
    wait_until_done()
    check = efua.get(page.response.request.path)
    assert "700 rows will be written" in check.main
    efua.send(check, "confirm")
    wait_until_done()
    done = efua.get(page.response.request.path)
    assert "The list is imported" in done.title
    lists = efua.get(LISTS["en"])
    assert "700" in lists.main
    db.session.rollback()
    assert people_known_as("l699")


def test_the_example_file_is_a_list_that_is_read(efua: TestVisitor) -> None:
    for language in ("en", "fr"):
        answer = efua.http.get(f"/{language}/manager/examples/roster.csv")
        check = send(efua, answer.get_data(), language=language)
        assert "Awa" in check.main
        assert said(language, "Not taken") not in check.main


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_a_file_the_form_says_so(efua: TestVisitor, language: str) -> None:
    page = efua.send(efua.get(LISTS[language]), "rosters", status=400)
    assert said(language, "Choose the file that holds the list") in page.main


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_codes_of_the_senders_offices_stand_beside_the_form(
    efua: TestVisitor, sign_in: SignIn, language: str
) -> None:
    def rows(page: Seen) -> list[list[str]]:
        details = page.soup.select("#offices details table tbody tr")
        return [[c.get_text(strip=True) for c in row.find_all(["th", "td"])] for row in details]

    region = f"CI-OP-ABJ ({language})"
    all_of_efua = [
        [code, f"{code} ({language})", region] for code in ("CI-OP-ABJ-01", "CI-OP-ABJ-02")
    ]
    assert rows(efua.get(LISTS[language])) == all_of_efua
    head = sign_in("manager", at="CI-OP-ABJ-01")
    assert rows(head.get(LISTS[language])) == all_of_efua[:1]
    assert "ABJ-02" not in efua.get("/en/manager/past-trainings").main


def test_with_several_operators_the_codes_of_one_are_shown_when_asked(
    sign_in: SignIn, tree: dict[str, str]
) -> None:
    chief = sign_in("manager", at="UPAP")
    first = chief.get(LISTS["en"])
    assert not first.soup.select("#offices table")

    kenya = chief.get(f"{LISTS['en']}?offices={tree['KE-OP']}")

    assert "KE-OP-NBO-01" in kenya.main and "CI-OP-ABJ-01" not in kenya.main
    strange = chief.get(f"{LISTS['en']}?offices={tree['CI-OP-ABJ-01']}")
    assert not strange.soup.select("#offices table")
