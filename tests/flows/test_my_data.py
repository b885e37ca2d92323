"""What is kept about me: seen, taken away, corrected, removed."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lms.app import create_app
from lms.base.clock import now
from lms.base.database import db, writing
from lms.people.actions.leaving import erase_due
from lms.people.audit.queries import notes_about
from lms.people.functioning.queries import told_by
from lms.people.functioning.wordings import WordingsWrong
from lms.people.queries import find_person
from lms.settings import Settings
from tests.builders_functioning import write_test_words
from tests.visitor import TestVisitor, said

Enter = Callable[..., TestVisitor]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_i_see_what_is_kept_and_take_it_with_me(sign_in: Enter, language: str) -> None:
    awa = sign_in(given_name="Awa", phone="+225 07 08 09 10")
    page = awa.get(f"/{language}/account/data")
    assert "Awa Essai" in page.main
    assert said(language, "Who you are") in page.main

    answer = awa.send(page, "data.json").response
    assert answer.mimetype == "application/json"
    data = json.loads(answer.get_data(as_text=True))
    assert data["registered_as"][0]["name"] == "Awa Essai"
    assert "+225 07 08 09 10" in page.main
    assert data["registered_as"][0]["phone"] == "+225 07 08 09 10"
    answer = awa.send(page, "data.pdf").response
    assert answer.mimetype == "application/pdf"
    assert answer.get_data().startswith(b"%PDF-")
    db.session.rollback()
    noted = [note.detail["form"] for note in notes_about(awa.person, ["export.my-data"])]
    assert sorted(noted) == ["json", "pdf"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_something_is_wrong_and_my_manager_answers(
    sign_in: Enter, tree: dict[str, str], language: str
) -> None:
    awa = sign_in(given_name="Awa")
    page = awa.get(f"/{language}/account/data/correction")
    page = awa.send(page, "correction", text="", status=400)
    assert said(language, "Choose what is wrong") in page.main
    awa.send(page, "correction", about="name", text="<b>Hawa</b>, avec un H")

    manager = sign_in("manager", at="CI-OP-ABJ")
    page = manager.send(manager.get(f"/{language}/manager/corrections"), "read")
    assert "<b>Hawa</b>, avec un H" in page.main
    page = manager.send(page, "corrections", outcome="", answer="", status=400)
    manager.send(page, "corrections", outcome="put-right", answer="C’est fait")

    assert "C’est fait" in awa.get(f"/{language}/account/data").main
    stranger = sign_in("manager", at="KE-OP")
    assert "Awa Essai" not in stranger.get(f"/{language}/manager/corrections").text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_i_have_my_name_removed_and_may_change_my_mind(sign_in: Enter, language: str) -> None:
    awa = sign_in(given_name="Awa")
    page = awa.get(f"/{language}/account/data/erasure")
    page = awa.send(page, "erasure")
    assert said(language, "Keep my name") in page.main
    page = awa.send(page, "keep")
    assert said(language, "Keep my name") not in page.main

    awa.send(awa.get(f"/{language}/account/data/erasure"), "erasure")
    with writing():
        assert erase_due(at=now() + timedelta(days=31)) == 1
    db.session.rollback()
    person = find_person(awa.person)
    assert person is not None and person.name == ""
    assert "/sign-in" in awa.get("/en/account/data", status=303, follow=False).response.location


def test_the_six_questions_are_answered_by_choice_alone(sign_in: Enter) -> None:
    awa = sign_in()
    page = awa.get("/en/account/data/activities")
    page = awa.send(page, "Keep my answers", seeing="a-lot", status=400)
    assert told_by(awa.person) is None
    db.session.rollback()

    page = awa.send(page, "Keep my answers", agreed="y", seeing="a-lot", hearing="no")
    told = told_by(awa.person)
    db.session.rollback()
    assert told is not None and told.answers["seeing"] == "a-lot"
    assert told.answers["walking"] == "refused"
    page = awa.send(page, "remove")
    assert told_by(awa.person) is None
    db.session.rollback()
    awa.send(page, "decline")
    told = told_by(awa.person)
    db.session.rollback()
    assert told is not None and told.answers == {}


def test_without_an_official_text_nothing_is_asked(sign_in: Enter) -> None:
    page = sign_in().get("/fr/account/data/activities")
    assert not page.soup.find_all("input", type="radio")
    assert page.soup.find("a", lang="en", string="Answer in English")


def test_a_french_visitor_is_asked_once_the_operator_has_the_official_words(
    app: Flask, sign_in: Enter, settings: Settings
) -> None:
    write_test_words(settings.instance_dir / "functioning")
    create_app(settings)  # the start of a server reads them
    awa = sign_in()
    page = awa.get("/fr/account/data/activities")
    assert "Question d’essai seeing" in page.main and "Fichier d’essai" in page.main

    awa.send(page, "Réponse d’essai", agreed="y", seeing="cannot")

    told = told_by(awa.person)
    db.session.rollback()
    assert told is not None and (told.language, told.answers["seeing"]) == ("fr", "cannot")
    assert "Réponse d’essai cannot" in awa.get("/en/account/data").main


def test_a_server_does_not_start_with_words_that_are_not_whole(settings: Settings) -> None:
    path = write_test_words(settings.instance_dir / "functioning")
    path.write_text(path.read_text().replace("  seeing:", "  sight:"))

    with pytest.raises(WordingsWrong, match=r"fr\.yaml: missing: questions\.seeing"):
        create_app(settings)


def test_no_answer_about_difficulties_leaves_in_a_list_with_names(
    sign_in: Enter, tree: dict[str, str]
) -> None:
    awa = sign_in(given_name="Awa")
    page = awa.get("/en/account/data/activities")
    awa.send(page, "Keep my answers", agreed="y", seeing="cannot")
    manager = sign_in("manager", at="CI-OP-ABJ")
    sheet = manager.send(manager.get("/en/manager/people"), "people.csv").response
    words = sheet.get_data(as_text=True) + manager.get(f"/en/manager/people/{awa.person}").text
    assert "Awa" in words
    for told in ("Cannot do at all", "seeing", "difficult"):
        assert told not in words
