"""Indicator 1c, and trainings that were declared afterwards beside those done here."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from lms.base.database import db, writing
from lms.base.ids import derived_id, new_id
from lms.learning.declared.events import TrainingDeclared
from lms.people.headcounts.actions import return_headcount
from lms.people.headcounts.rules import MoreWomenThanEmployees
from lms.people.importing import organisation_id
from lms.record.events import SYSTEM, Happened
from lms.reports.queries import figures, rows_behind
from lms.reports.rules import Figure
from tests.builders_reports import (
    ask,
    finishing,
    keep_all,
    noon,
    person_events,
    publish_four,
    value,
)

ABIDJAN, NAIROBI = "CI-OP-ABJ-01", "KE-OP-NBO-01"


@pytest.fixture
def editions(app: Flask, tree: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Course → edition: s3 and s4 count; one is too short, one is not recognised."""
    return publish_four(tmp_path)


def hand_in(operator: str, on: str, employees: int, women: int | None = None) -> None:
    with writing():
        return_headcount(
            operator=organisation_id(operator),
            on=date.fromisoformat(on),
            employees=employees,
            women=women,
            source="payroll",
            by=SYSTEM,
            at=noon("2024-12-30"),
            event_id=new_id(),
        )
    db.session.rollback()


def share(period: str, place: str = "") -> Figure:
    return figures(ask(period, place) if place else ask(period)).figure("1c")


def declared(name: str, course: str | None, on: str, minutes: int = 90) -> list[Happened]:
    event = TrainingDeclared(name, "Accueil", on, minutes, 80, course)
    return [Happened(event, derived_id("declared", name, str(course), on), SYSTEM, noon(on))]


def test_a_staff_member_absent_from_the_return_counts_in_1a_and_not_in_1c(
    editions: dict[str, str],
) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        finishing("awa", "s3", editions["s3"], "2024-02-10"),
        person_events("were", NAIROBI),
        finishing("were", "s3", editions["s3"], "2024-02-11"),
    )
    assert share("2024-Q1").percent is None

    hand_in("CI-OP", "2024-01-01", 40)

    report = figures(ask("2024-Q1"))
    covered = report.figure("1c")
    assert report.figure("1a").value == 2
    assert (covered.value, covered.out_of, str(covered.percent)) == (1, 40, "2.5")
    assert covered.dated == (date(2024, 1, 1), date(2024, 1, 1))
    assert any("left out of 1c" in str(note) for note in report.notes)
    assert rows_behind(ask("2024-Q1"), "1c").count == 1


def test_the_return_in_force_at_the_end_of_the_period_counts(editions: dict[str, str]) -> None:
    keep_all(person_events("awa", ABIDJAN), finishing("awa", "s3", editions["s3"], "2024-02-10"))
    hand_in("CI-OP", "2024-06-30", 10)
    hand_in("CI-OP", "2024-01-01", 40)
    assert share("2024-Q1").out_of == 40
    assert share("2024").out_of == 10
    hand_in("CI-OP", "2024-06-30", 20)
    assert share("2024").out_of == 20


def test_more_trained_than_returned_is_said(editions: dict[str, str]) -> None:
    for name in ("awa", "yao"):
        keep_all(person_events(name, ABIDJAN), finishing(name, "s3", editions["s3"], "2024-02-10"))
    hand_in("CI-OP", "2024-01-01", 1)
    notes = figures(ask("2024-Q1")).notes
    assert any("Some of them are missing in the return" in str(note) for note in notes)


def test_there_are_not_more_women_than_employees(editions: dict[str, str]) -> None:
    with pytest.raises(MoreWomenThanEmployees):
        hand_in("CI-OP", "2024-01-01", 1, women=2)


def test_a_declared_training_counts_where_it_is_a_recognised_course_of_an_hour(
    editions: dict[str, str],
) -> None:
    keep_all(
        *(person_events(name, ABIDJAN) for name in ("awa", "yao", "kofi", "adjoua")),
        declared("awa", "s3", "2024-02-10"),
        declared("yao", None, "2024-02-10"),
        declared("kofi", "s3", "2024-02-10", minutes=59),
        declared("adjoua", "other", "2024-02-10"),
    )
    assert value("1a", ask("2024-Q1")) == value("1b", ask("2024-Q1")) == 1
    rows = rows_behind(ask("2024-Q1"), "1a").rows
    assert [(row.mode, row.percent) for row in rows] == [("declared", 80)]


def test_a_course_declared_and_done_here_counts_once(editions: dict[str, str]) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        finishing("awa", "s3", editions["s3"], "2024-02-10"),
        declared("awa", "s3", "2024-03-01"),
        declared("awa", "s3", "2024-03-02"),
        declared("awa", "s4", "2024-03-02"),
    )
    report = figures(ask("2024-Q1"))
    table = report.table("1a", "course")
    assert table is not None
    assert {line.key: line.cells[0].count for line in table.lines} == {"s3": 1, "s4": 1}
    assert report.figure("1a").value == 1
    assert value("1b", ask("2024-Q2")) == 0
