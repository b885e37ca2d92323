"""Somebody is found by whatever of them was heard, read or typed, on both databases."""

import pytest
from flask import Flask

from lms.base.database import RecordBase, db, writing
from lms.base.ids import new_id
from lms.people.actions.leaving import erase
from lms.people.actions.persons import keep_names
from lms.people.queries import find_person, lists, path_on, people_in
from lms.record import projection
from lms.record.events import SYSTEM
from tests.builders import SPRING, make_person

Tree = dict[str, str]


def found(tree: Tree, search: str, under: str = "CI") -> list[str]:
    """Family names of who is found in a subtree."""
    db.session.rollback()
    people, total = people_in([path_on(tree[under], SPRING.date())], search=search)
    assert total == len(people)
    return [person.family_name for person in people]


@pytest.fixture
def kone(app: Flask, tree: Tree) -> str:
    """Aminata Koné of Abidjan, and people who are not her."""
    make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", family_name="N’Guessan")
    make_person(office=tree["KE-OP-NBO-01"], given_name="Otieno", family_name="Koné")
    return make_person(
        office=tree["CI-OP-ABJ-01"],
        given_name="Aminata",
        family_name="Koné",
        staff_number="CI-77/b",
        email="aminata.kone@post.example",
        phone="+225 07 08 09 10 11",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "kone",
        "KONÉ  aminata",
        "ami kon",
        "Kon",
        "CI-77/b",
        "ci 77 / B",
        "07 08 09 10 11",
        "aminata.kone@post.example",
        "Aminata.K",
        "Conné",
    ],
)
def test_aminata_is_found(kone: str, tree: Tree, typed: str) -> None:
    assert found(tree, typed) == ["Koné"]


@pytest.mark.parametrize("kept", ["+226 70 12 34 56", "00 226 70123456", "70 12 34 56"])
def test_a_number_of_eight_digits_is_found_with_its_country_and_without(
    app: Flask, tree: Tree, kept: str
) -> None:
    make_person(office=tree["CI-OP-ABJ-01"], family_name="Ouédraogo", phone=kept)

    for typed in ("70123456", "+226 70 12 34 56", "0022670123456"):
        assert found(tree, typed) == ["Ouédraogo"]


def test_she_is_found_by_the_number_on_her_card(kone: str, tree: Tree) -> None:
    person = find_person(kone)
    assert person is not None

    assert found(tree, f" {person.number[:4].lower()}-{person.number[4:]}") == ["Koné"]


@pytest.mark.parametrize(
    "typed", ["zzz", "one", "kone zzz", "%", "_", '"', "* OR x", "words : k", "()", "q'; --"]
)
def test_nobody_is_found_and_nothing_breaks(kone: str, tree: Tree, typed: str) -> None:
    assert found(tree, typed) == []


def test_a_name_with_an_apostrophe_is_found_by_either_part(kone: str, tree: Tree) -> None:
    assert (
        found(tree, "guessan") == found(tree, "n'guessan") == found(tree, "N’Gue") == ["N’Guessan"]
    )


def test_a_name_as_it_is_written_comes_before_one_that_sounds_so(kone: str, tree: Tree) -> None:
    make_person(office=tree["CI-OP-ABJ-02"], given_name="Yao", family_name="Conne")

    assert found(tree, "kone") == ["Koné", "Conne"]
    assert found(tree, "conne") == ["Conne", "Koné"]


def test_a_new_name_is_found_and_the_old_one_no_longer(kone: str, tree: Tree) -> None:
    with writing():
        keep_names(person=kone, given_name="Aminata", family_name="Zongo")

    assert found(tree, "zongo") == ["Zongo"]
    assert found(tree, "kone") == []


def test_who_was_erased_is_found_by_nothing(kone: str, tree: Tree) -> None:
    with writing():
        erase(person=kone, by=SYSTEM, at=SPRING, event_id=new_id())

    assert found(tree, "kone") == found(tree, "ci-77/b") == []


def test_finding_survives_a_rebuild(kone: str, tree: Tree) -> None:
    with writing():
        projection.rebuild()

    assert found(tree, "kone") == ["Koné"]


def test_a_row_that_is_deleted_leaves_the_index(kone: str, tree: Tree) -> None:
    table = RecordBase.metadata.tables["person"]
    with writing() as session:
        session.execute(table.delete().where(table.c.id == kone))

    assert found(tree, "kone") == []


def test_long_lists_and_short_ones_are_the_same(
    app: Flask, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        make_person(office=tree["CI-OP-ABJ-02"], family_name=f"Nom{number}")
    make_person(office=tree["KE-OP-NBO-01"], family_name="Nom9")
    paths = [path_on(tree["CI"], SPRING.date())]

    few = people_in(paths, limit=2, offset=1)
    monkeypatch.setattr(lists, "_FEW", 1)
    many = people_in(paths, limit=2, offset=1)

    assert few == many
    assert [person.family_name for person in many[0]] == ["Nom1", "Nom2"] and many[1] == 5
