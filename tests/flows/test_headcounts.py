"""Headcounts are handed in; past trainings are brought in from a list."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lms.people.importing import organisation_id
from tests.builders import make_person
from tests.flows.test_rosters import send
from tests.visitor import TestVisitor, said

SignIn = Callable[..., TestVisitor]
GIVEN: dict[str, Any] = {
    "on": "2026-03-31",
    "employees": "4 200",
    "women": "1900",
    "source": "Paie de mars",
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_training_manager_hands_in_a_headcount(sign_in: SignIn, language: str) -> None:
    efua = sign_in("training-manager", at="CI-OP")
    url = f"/{language}/manager/headcounts"
    page = efua.send(efua.get(url), "headcounts", **GIVEN)
    assert said(language, "The headcount is recorded.") in page.text
    assert "Paie de mars" in page.main and "200" in page.main


@pytest.mark.parametrize(
    "wrong",
    [
        {"employees": ""},
        {"employees": "-3"},
        {"employees": "many"},
        {"women": "4201"},
        {"on": "2099-01-01"},
        {"on": "soon"},
        {"source": ""},
        {"operator": organisation_id("KE-OP")},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(sign_in: SignIn, wrong: dict[str, Any]) -> None:
    efua = sign_in("training-manager", at="CI-OP")
    page = efua.send(
        efua.get("/en/manager/headcounts"), "headcounts", status=400, **{**GIVEN, **wrong}
    )
    assert "There is a problem" in page.main and "Nothing has been handed in yet" in page.main
    assert page.soup.title and page.soup.title.get_text().startswith("Error: ")


def test_a_manager_reads_and_does_not_hand_in(sign_in: SignIn) -> None:
    page = sign_in("manager", at="CI-OP").get("/en/manager/headcounts")
    assert "hand in headcounts" in page.main and not page.soup.select("main form[method=post]")
    other = sign_in("secretariat", at="UPAP")
    done = other.send(
        other.get("/en/secretariat/headcounts"),
        "headcounts",
        **{**GIVEN, "operator": organisation_id("KE-OP")},
    )
    assert "KE-OP" in done.main
    assert "Paie" not in sign_in("manager", at="CI-OP").get("/en/manager/headcounts").main


@pytest.mark.parametrize("language", ["en", "fr"])
def test_past_trainings_are_checked_then_declared(
    sign_in: SignIn, tree: dict[str, str], language: str, tmp_path: Path
) -> None:
    make_person(office=tree["CI-OP-ABJ-01"], staff_number="A1", family_name="Koné")
    efua = sign_in("training-manager", at="CI-OP")
    text = "Matricule;Formation;Heures;Date;Résultat\nA1;Accueil;1h30;04/03/2025;16/20\n"
    check = send(efua, text, page=f"/{language}/manager/past-trainings")
    assert said(language, "There is a problem") not in check.main and "Koné" in check.main
    plain = send(
        efua, text.replace("04/03/2025", "2025-03-04"), page=f"/{language}/manager/past-trainings"
    )
    done = efua.send(plain, "confirm")
    assert said(language, "The list is imported.") in done.text
