"""Employees trained, by disability: counts that nobody can follow back to a person or an office."""

from pathlib import Path

import pytest
from flask import Flask

from lms.base.database import db, writing
from lms.people.functioning.actions import (
    forget_functioning,
    prefer_not_to_say,
    tell_functioning,
)
from lms.people.functioning.rules import DOMAINS
from lms.reports.exports import figures_csv
from lms.reports.queries import figures, rows_behind
from lms.reports.rules import GROUPINGS, Group, GroupUnknown, Table
from tests.builders import SPRING
from tests.builders_reports import ask, finishing, keep_all, person_events, publish

ABIDJAN, SUBURB, NAIROBI = "CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01"


@pytest.fixture
def edition(app: Flask, tree: dict[str, str], tmp_path: Path) -> str:
    return publish(tmp_path, "s3")


def train(edition: str, office: str, *names: str) -> None:
    keep_all(
        *(person_events(name, office) for name in names),
        *(finishing(name, "s3", edition, "2024-02-10") for name in names),
    )


def tell(name: str, seeing: str) -> None:
    with writing():
        answers = {**dict.fromkeys(DOMAINS, "no"), "seeing": seeing}
        tell_functioning(person=name, answers=answers, agreed=True, language="en", at=SPRING)
    db.session.rollback()


def table_of(place: str = "") -> Table | None:
    return figures(ask("2024", place)).table("1a", "disability")


def many_trained(edition: str) -> None:
    """Six who see badly, seven without a difficulty, five who would not say, five never asked."""
    train(edition, ABIDJAN, *(f"see{n}" for n in range(6)), *(f"ask{n}" for n in range(5)))
    train(edition, SUBURB, *(f"well{n}" for n in range(7)), *(f"quiet{n}" for n in range(5)))
    for n in range(6):
        tell(f"see{n}", "cannot")
    for n in range(7):
        tell(f"well{n}", "some")
    with writing():
        for n in range(5):
            prefer_not_to_say(person=f"quiet{n}", language="en", at=SPRING)
    db.session.rollback()


def test_each_answer_has_its_line_and_the_lines_add_up_to_the_figure(edition: str) -> None:
    many_trained(edition)

    table = table_of("CI-OP")

    assert table is not None
    counts = {line.key: line.cells[0].count for line in table.lines}
    assert counts == {"yes": 6, "no": 7, "refused": 5, "not-asked": 5}
    assert table.totals[0].count == 23


def test_who_changes_their_mind_is_counted_as_they_say_today(edition: str) -> None:
    many_trained(edition)
    tell("see0", "no")
    with writing():
        forget_functioning(person="well0")
    db.session.rollback()

    table = table_of()

    assert table is not None
    counts = {line.key: line.cells[0].count for line in table.lines}
    assert counts == {"yes": 5, "no": 7, "refused": 5, "not-asked": 6}


def test_three_people_with_a_disability_are_small_and_cannot_be_worked_out(edition: str) -> None:
    train(edition, ABIDJAN, *(f"see{n}" for n in range(3)))
    train(edition, SUBURB, *(f"ask{n}" for n in range(20)))
    for n in range(3):
        tell(f"see{n}", "a-lot")

    table = table_of("CI-OP")

    assert table is not None
    sights = {line.key: line.cells[0].sight for line in table.lines}
    assert sights == {"yes": "small", "no": "shown", "refused": "shown", "not-asked": "hidden"}


def test_one_office_is_never_divided_by_disability(edition: str) -> None:
    many_trained(edition)

    assert table_of("CI-OP") is not None
    assert table_of(ABIDJAN) is None
    assert "Disability" not in figures_csv(figures(ask("2024", ABIDJAN)), "en", str).decode()


def test_an_operator_where_one_office_trained_is_as_that_office(edition: str) -> None:
    train(edition, NAIROBI, *(f"see{n}" for n in range(9)))
    for n in range(9):
        tell(f"see{n}", "cannot")

    assert table_of("KE-OP") is None


def test_nobody_opens_the_people_behind_a_count(edition: str) -> None:
    many_trained(edition)

    assert not [code for code, groups in GROUPINGS.items() if "disability" in groups]
    with pytest.raises(GroupUnknown):
        rows_behind(ask("2024"), "1a", Group("disability", "yes"))


def test_the_file_holds_the_counts_as_the_page_does(edition: str) -> None:
    many_trained(edition)

    text = figures_csv(figures(ask("2024", "CI-OP")), "en", str).decode()

    assert "Disability,With a disability,6" in text
