"""Indicators of training on the worked cases of their definition: events to figures and rows."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.events import LearnerMoved
from lms.people.importing import organisation_id
from lms.record.events import SYSTEM, Happened
from lms.reports.exports import figures_csv, rows_csv
from lms.reports.queries import all_rows_behind, columns_of, figures, place_in, rows_behind
from lms.reports.rules import (
    Group,
    GroupUnknown,
    IndicatorUnknown,
    PlaceUnknown,
    Question,
    Report,
    Row,
    RowsAreHidden,
)
from tests.builders_reports import (
    ask,
    finishing,
    keep_all,
    noon,
    person_events,
    publish_four,
    submitted_id,
    value,
    voiding,
)

ABIDJAN, SUBURB, NAIROBI = "CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01"
OFFICES = (ABIDJAN, SUBURB, NAIROBI)


@pytest.fixture
def editions(app: Flask, tree: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Course → edition: s3 and s4 count; one is too short, one is not recognised."""
    return publish_four(tmp_path)


def by(report: Report, code: str, grouping: str) -> dict[str, int | None]:
    table = report.table(code, grouping)
    assert table is not None
    cells = {line.key: table.cell(code, line.key) for line in table.lines}
    return {key: cell.count for key, cell in cells.items() if cell and cell.count != 0}


def moved(name: str, office: str, on: str) -> list[Happened]:
    there = LearnerMoved(name, organisation_id(office), "employee", on)
    return [Happened(there, derived_id("moved", name, on), SYSTEM, noon(on))]


def test_a_clerk_passes_one_course_in_abidjan_and_one_in_bouake(editions: dict[str, str]) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        finishing("awa", "s3", editions["s3"], "2024-02-10"),
        moved("awa", SUBURB, "2024-04-01"),
        finishing("awa", "s4", editions["s4"], "2024-05-02"),
    )
    first, second, year = (figures(ask(p)) for p in ("2024-Q1", "2024-Q2", "2024"))
    assert [r.figure("1a").value for r in (first, second, year)] == [1, 1, 1]
    assert [r.figure("1b").value for r in (first, second, year)] == [1, 0, 1]
    assert by(first, "1a", "office") == {organisation_id(ABIDJAN): 1}
    assert by(second, "1a", "office") == {organisation_id(SUBURB): 1}
    assert by(year, "1a", "office") == {organisation_id(ABIDJAN): 1}
    assert by(year, "1a", "course") == {"s3": 1, "s4": 1}
    assert year.figure("1a").value == 1, "the sum over courses exceeds the total"


def test_a_place_has_the_figure_that_the_table_says(editions: dict[str, str]) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        person_events("otieno", NAIROBI, sex="male"),
        finishing("awa", "s3", editions["s3"], "2024-02-10"),
        finishing("otieno", "s3", editions["s3"], "2024-02-11"),
    )
    assert by(figures(ask("2024")), "1a", "state") == {
        organisation_id("CI"): 1,
        organisation_id("KE"): 1,
    }
    assert [value("1a", ask("2024", p)) for p in ("CI", "CI-OP", ABIDJAN, SUBURB)] == [1, 1, 1, 0]


def test_a_visitor_counts_within_their_scope_alone(
    editions: dict[str, str], tree: dict[str, str]
) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        person_events("otieno", NAIROBI),
        finishing("awa", "s3", editions["s3"], "2024-02-10"),
        finishing("otieno", "s3", editions["s3"], "2024-02-11"),
    )
    ivory_coast = (f"{tree['UPAP']}/{tree['CI']}/",)
    assert value("1a", ask("2024", scope=ivory_coast)) == 1
    assert rows_behind(ask("2024", scope=ivory_coast), "1a").rows[0].person == "AWA"
    with pytest.raises(PlaceUnknown):
        place_in("KE", ivory_coast)


def test_an_upload_sent_twice_is_one_completion(editions: dict[str, str]) -> None:
    upload = finishing("awa", "s3", editions["s3"], "2024-02-10")
    keep_all(person_events("awa", ABIDJAN), upload)
    keep_all(upload)
    assert value("1a", ask("2024")) == 1
    assert rows_behind(ask("2024"), "1a").count == 1


def test_69_percent_is_not_trained_and_70_on_the_next_day_is(editions: dict[str, str]) -> None:
    keep_all(
        person_events("awa", ABIDJAN), finishing("awa", "s3", editions["s3"], "2024-03-31", 69)
    )
    assert value("1a", ask("2024")) == 0
    keep_all(finishing("awa", "s3", editions["s3"], "2024-04-01", 70))
    assert [value("1a", ask(p)) for p in ("2024-Q1", "2024-Q2")] == [0, 1]
    (row,) = rows_behind(ask("2024"), "1a").rows
    assert (row.day, row.percent) == ("2024-04-01", 70)


def test_short_and_unrecognised_courses_and_citizens_do_not_count(
    editions: dict[str, str],
) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        person_events("issa", ABIDJAN, employment="citizen"),
        finishing("awa", "short", editions["short"], "2024-02-10"),
        finishing("awa", "other", editions["other"], "2024-02-10"),
        finishing("issa", "s3", editions["s3"], "2024-02-10"),
    )
    assert value("1a", ask("2024")) == 0
    keep_all(person_events("ines", ABIDJAN, employment="contract"))
    keep_all(finishing("ines", "s3", editions["s3"], "2024-02-10"))
    assert value("1a", ask("2024")) == 1


def test_demonstration_people_count_on_a_demonstration_site_alone(
    editions: dict[str, str],
) -> None:
    keep_all(person_events("awa", ABIDJAN, demo=True))
    keep_all(finishing("awa", "s3", editions["s3"], "2024-02-10"))
    assert value("1a", ask("2024")) == 0
    report = figures(ask("2024", include_demo=True))
    assert report.figure("1a").value == 1
    assert "demonstration" in " ".join(map(str, report.notes))


def test_a_voided_completion_removes_the_person_until_another_one_counts(
    editions: dict[str, str],
) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        finishing("awa", "s3", editions["s3"], "2024-03-10"),
        finishing("awa", "s4", editions["s4"], "2024-03-20"),
    )
    keep_all([voiding(submitted_id("awa", "s3", "2024-03-10"), "2024-05-02")])
    assert [r.day for r in rows_behind(ask("2024-Q1"), "1a").rows] == ["2024-03-20"]
    keep_all([voiding(submitted_id("awa", "s4", "2024-03-20"), "2024-05-03")])
    assert [value(code, ask("2024-Q1")) for code in ("1a", "1b")] == [0, 0]


def test_the_first_completion_of_the_plan_is_newly_trained_once(
    editions: dict[str, str],
) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        finishing("awa", "s4", editions["s4"], "2024-11-02"),
        finishing("awa", "s3", editions["s3"], "2024-02-10"),
    )
    quarters = [value("1b", ask(f"2024-Q{n}")) for n in (1, 2, 3, 4)]
    assert quarters == [1, 0, 0, 0]
    assert value("1b", ask("plan")) == sum(quarters)


def test_what_is_not_stated_is_shown_and_the_learner_of_a_village_stays_there(
    editions: dict[str, str],
) -> None:
    keep_all(
        person_events("awa", SUBURB, sex=""),
        finishing("awa", "s3", editions["s3"], "2024-02-10"),
        moved("awa", ABIDJAN, "2024-03-01"),
    )
    report = figures(ask("2024"))
    assert by(report, "1a", "office") == {organisation_id(SUBURB): 1}
    table = report.table("1a", "sex")
    assert table and [line.key for line in table.lines] == ["female", "male", "other", "-"]
    assert rows_behind(ask("2024"), "1a").rows[0].office is not None


def test_an_office_nobody_knows_is_not_stated_and_still_in_the_total(
    editions: dict[str, str],
) -> None:
    keep_all(person_events("awa", "NOT-HERE-YET"))
    keep_all(finishing("awa", "s3", editions["s3"], "2024-02-10"))
    report = figures(ask("2024"))
    assert report.figure("1a").value == 1
    assert by(report, "1a", "state") == {"-": 1}
    assert rows_behind(ask("2024"), "1a", Group("state", "-")).count == 1


def test_three_women_and_two_men_of_an_office_are_printed_as_small(
    editions: dict[str, str],
) -> None:
    people = [(f"p{n}", "female" if n < 3 else "male") for n in range(5)]
    keep_all(
        *(person_events(name, ABIDJAN, sex=sex) for name, sex in people),
        *(finishing(name, "s3", editions["s3"], "2024-02-10") for name, _ in people),
    )
    question = ask("2024", ABIDJAN)
    report = figures(question)
    table = report.table("1a", "sex")
    assert table and [c.cells[0].sight for c in table.lines[:2]] == ["small", "small"]
    assert table.totals[0].count == report.figure("1a").value == 5
    with pytest.raises(RowsAreHidden):
        rows_behind(question, "1a", Group("sex", "female"))
    assert "<5" in figures_csv(report, "en", str).decode()


def test_files_hold_no_formula_and_the_reader_s_separator(editions: dict[str, str]) -> None:
    keep_all(
        person_events("-danger", ABIDJAN), finishing("-danger", "s3", editions["s3"], "2024-02-10")
    )
    question = ask("2024")
    text = {
        language: b"".join(
            rows_csv(question, "1a", "", rows_of(question, "1a"), columns_of("1a"), language, str)
        ).decode()
        for language in ("fr", "en")
    }
    assert all(t.startswith("\ufeff") for t in text.values())
    assert "'-DANGER" in cells_of(text["fr"], ";")[-1]
    assert "'-DANGER" in cells_of(text["en"], ",")[-1]
    top = {line[0]: line[1] for line in cells_of(text["en"], ",") if len(line) > 1}
    assert {"Indicator", "Period", "Place", "Definitions", "Made at"} <= {
        key.lstrip("\ufeff") for key in top
    }


def test_what_does_not_exist_is_refused_in_words(tree: dict[str, str]) -> None:
    with pytest.raises(IndicatorUnknown):
        rows_behind(ask("2024"), "7")
    with pytest.raises(GroupUnknown):
        rows_behind(ask("2024"), "4", Group("sex", "female"))
    with pytest.raises(GroupUnknown):
        rows_behind(ask("2024"), "1a", Group("sex", "robot"))


def test_rows_come_page_by_page_without_loss(editions: dict[str, str]) -> None:
    names = [f"p{n}" for n in range(7)]
    keep_all(
        *(person_events(name, ABIDJAN) for name in names),
        *(finishing(name, "s3", editions["s3"], "2024-02-10") for name in names),
    )
    pages = [rows_behind(ask("2024"), "1a", number=n, size=3) for n in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    assert {row.person for page in pages for row in page.rows} == {n.upper() for n in names}
    assert rows_behind(ask("2024"), "1a", number=99, size=3) == pages[-1]


def test_a_report_asks_the_database_a_fixed_number_of_times(editions: dict[str, str]) -> None:
    for name, office in (("awa", ABIDJAN), ("kofi", SUBURB)):
        keep_all(person_events(name, office), finishing(name, "s3", editions["s3"], "2024-02-10"))
    few = twice(ask("2024"))
    names = [f"p{n}" for n in range(6)]
    keep_all(
        *(person_events(name, OFFICES[n % 3]) for n, name in enumerate(names)),
        *(finishing(name, "s3", editions["s3"], "2024-02-10") for name in names),
    )
    assert twice(ask("2024")) == few <= 25


def twice(question: Question) -> int:
    """Queries of the second time: titles of courses are kept once read."""
    queries_of(question)
    return queries_of(question)


def queries_of(question: Question) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    figures(question)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def rows_of(question: Question, code: str) -> list[Row]:
    return list(all_rows_behind(question, code))


def cells_of(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text), delimiter=delimiter))
