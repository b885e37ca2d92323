"""Random histories: what SQL counts is what somebody counting by hand would find, and the page,
the rows behind it and the files say the same."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.base.database import writing
from lms.people.importing import organisation_id
from lms.record.actions import record
from lms.record.events import Happened
from lms.reports.exports import figures_csv, rows_csv
from lms.reports.queries import all_rows_behind, columns_of, figures, rows_behind
from lms.reports.rules import GROUPINGS, Group, Question, Report
from tests.builders_reports import (
    PLAN,
    ask,
    finishing,
    person_events,
    publish_four,
    submitted_id,
    voiding,
    workshop_events,
)

OFFICES = ("CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01")
STATES = ("CI", "KE", "RW")
Worker = tuple[str, str, str]


@dataclass(frozen=True)
class Story:
    """A course finished by a person, or nearly."""

    person: int
    course: str
    day: str
    percent: int
    voided: bool


DAYS = st.dates(date(2023, 9, 1), date(2024, 6, 30)).map(date.isoformat)
STORIES = st.lists(
    st.builds(
        Story,
        person=st.integers(0, 3),
        course=st.sampled_from(["s3", "s4", "s4", "short", "other"]),
        day=DAYS,
        percent=st.sampled_from([69, 70, 100]),
        voided=st.integers(0, 4).map(lambda n: n == 0),
    ),
    max_size=8,
    unique_by=lambda story: (story.person, story.course),
)
WORKERS = st.tuples(
    *[
        st.tuples(
            st.sampled_from(OFFICES),
            st.sampled_from(["female", "male", "other", ""]),
            st.sampled_from(["employee", "employee", "contract", "citizen"]),
        )
    ]
    * 4
)
PERIODS = st.sampled_from(["2024-Q1", "2024", "plan", "2023-11-15..2024-02-15"])


class Undo(Exception):
    """Takes the transaction of one example back."""


@pytest.fixture
def editions(app: Flask, tree: dict[str, str], tmp_path: Path) -> dict[str, str]:
    return publish_four(tmp_path)


def as_if(happened: Iterable[Happened], look: Callable[[], None]) -> None:
    """Looks at what would be if this had happened, and takes it back."""
    with pytest.raises(Undo), writing():
        record(list(happened))
        look()
        raise Undo


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stories=STORIES, workers=WORKERS, period=PERIODS)
def test_training_is_counted_as_by_hand(
    editions: dict[str, str], stories: list[Story], workers: tuple[Worker, ...], period: str
) -> None:
    def look() -> None:
        question = ask(period)
        report = figures(question)
        for code in ("1a", "1b"):
            first = by_hand(code, stories, workers, question)
            assert report.figure(code).value == len(first)
            offices = Counter(organisation_id(workers[person][0]) for person in first)
            assert shown(report, code, "office") == offices
            assert_the_same_everywhere(report, code)
        courses = Counter(s.course for s in counting(stories, workers) if inside(s, question))
        assert shown(report, "1a", "course") == courses

    as_if(_events(stories, workers, editions), look)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    came=st.lists(
        st.dictionaries(st.integers(0, 3), st.sampled_from(["0", "1", "01"])), max_size=4
    ),
    senders=st.tuples(*[st.sampled_from(STATES)] * 4),
)
def test_workshops_are_counted_as_by_hand(
    app: Flask, tree: dict[str, str], came: list[dict[int, str]], senders: tuple[str, ...]
) -> None:
    members = [{p for p in there if senders[p] != "RW"} for there in came]
    counted = [
        people
        for people, there in zip(members, came, strict=True)
        if len({OFFICES[p % 3] for p in there}) > 1 or len({senders[p] for p in people}) > 1
    ]

    def look() -> None:
        report = figures(ask("2024"))
        everybody = set().union(*counted)
        assert report.figure("4").value == len(counted)
        assert report.figure("5a").value == sum(map(len, counted))
        assert report.figure("5b").value == len(everybody)
        assert report.figure("6").value == len({senders[p] for p in everybody})
        for code in ("4", "5a", "5b", "6"):
            assert_the_same_everywhere(report, code)

    as_if(_meetings(came, senders), look)


def counting(stories: list[Story], workers: tuple[Worker, ...]) -> list[Story]:
    """The stories that end in a qualifying completion."""
    return [
        s
        for s in stories
        if s.course in ("s3", "s4")
        and s.percent >= 70
        and not s.voided
        and workers[s.person][2] in ("employee", "contract")
    ]


def inside(story: Story, question: Question) -> bool:
    return question.period.holds(date.fromisoformat(story.day))


def by_hand(
    code: str, stories: list[Story], workers: tuple[Worker, ...], question: Question
) -> set[int]:
    """The persons of an indicator."""
    mine = counting(stories, workers)
    if code == "1a":
        return {s.person for s in mine if inside(s, question)}
    first = {p: min((s for s in mine if s.person == p), key=lambda s: s.day) for p in people(mine)}
    assert all(PLAN.holds(date.fromisoformat(s.day)) for s in mine)
    return {p for p, story in first.items() if inside(story, question)}


def people(stories: list[Story]) -> set[int]:
    return {story.person for story in stories}


def shown(report: Report, code: str, by: str) -> Counter[str]:
    table = report.table(code, by)
    assert table is not None
    cells = {line.key: table.cell(code, line.key) for line in table.lines}
    return Counter({key: cell.count for key, cell in cells.items() if cell and cell.count})


def assert_the_same_everywhere(report: Report, code: str) -> None:
    """Figure, rows behind it, lines of their file, value in the file of figures; each group too."""
    question, value = report.question, report.figure(code).value
    assert rows_behind(question, code, size=3).count == value
    rows = list(all_rows_behind(question, code))
    assert len(rows) == value
    data = b"".join(rows_csv(question, code, "", rows, columns_of(code), "fr", str)).decode()
    assert len(data.split("\r\n\r\n", 1)[1].splitlines()) == 1 + value
    lines = csv.reader(StringIO(figures_csv(report, "en", str).decode()))
    totals = [line for line in lines if line[:1] == [code] and line[3] == ""]
    assert [line[5] for line in totals] == [str(value)]
    for by in GROUPINGS[code]:
        for key, count in shown(report, code, by).items() if report.table(code, by) else ():
            assert rows_behind(question, code, Group(by, key)).count == count


def _events(
    stories: list[Story], workers: tuple[Worker, ...], editions: dict[str, str]
) -> Iterable[Happened]:
    for n, (office, sex, employment) in enumerate(workers):
        yield from person_events(f"p{n}", office, sex=sex, employment=employment)
    for story in stories:
        name, course = f"p{story.person}", story.course
        yield from finishing(name, course, editions[course], story.day, story.percent)
        if story.voided:
            yield voiding(submitted_id(name, course, story.day), story.day)


def _meetings(came: list[dict[int, str]], senders: tuple[str, ...]) -> Iterable[Happened]:
    for n in range(4):
        yield from person_events(f"p{n}", OFFICES[n % 3])
    for n, there in enumerate(came):
        present = {f"p{person}": list(days) for person, days in there.items()}
        sent_by = {f"p{person}": senders[person] for person in there}
        days = (f"2024-03-{2 * n + 4:02d}", f"2024-03-{2 * n + 5:02d}")
        yield from workshop_events(f"w{n}", present, days=days, sent_by=sent_by)
