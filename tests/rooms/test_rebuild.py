"""What is shown and counted can be thrown away and comes back the same, whatever the order."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from lms.base.database import RecordBase, writing
from lms.base.ids import new_id
from lms.courses.actions import publish_course, ready_folder
from lms.courses.rules import Edition
from lms.learning.keeping import to_json
from lms.learning.projector import LIBRARY
from lms.learning.queries import find_completion
from lms.learning.rules import fold
from lms.people.events import LearnerMoved, OrganisationMoved
from lms.people.queries import find_person, path_on, profile_of
from lms.record import projection
from lms.record.actions import record
from lms.record.envelope import canonical, compose
from lms.record.events import SYSTEM, EventVoided, Happened, Stored
from lms.record.queries import stored_from
from tests.builders import SPRING, keep, make_event, make_person
from tests.builders_certificates import complete_course
from tests.builders_courses import make_course_folder
from tests.builders_histories import arrivals, histories
from tests.builders_merging import Over, Rows, for_nothing, rows_of

PROJECTED = ("organisation", "learner", "position", "edition_standing", "progress", "completion")
THOROUGH = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.target, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def edition(app: Flask, tree: dict[str, str], tmp_path: Path) -> Edition:
    folder = make_course_folder(tmp_path)
    with writing():
        return publish_course(
            ready=ready_folder(folder), note="", by=SYSTEM, event_id=new_id(), at=SPRING
        )


def projected() -> Rows:
    """Every row of every projected table, in the order of its key."""
    return rows_of(PROJECTED)


def folded(history: list[Happened]) -> dict[tuple[str, str], str]:
    """(learner, course) → progress by the pure fold over what counts."""
    voided = {each.event.target for each in history if isinstance(each.event, EventVoided)}
    told: dict[tuple[str, str], list[Stored]] = {}
    for happened in history:
        stored = as_stored(happened)
        if stored.id not in voided and stored.learner and stored.subject in ("small-parcels",):
            told.setdefault((stored.learner, stored.subject), []).append(stored)
    found = {key: fold(events, LIBRARY) for key, events in told.items()}
    return {key: to_json(progress) for key, progress in found.items() if progress}


def as_stored(happened: Happened) -> Stored:
    body = compose(happened, stream="s", seq=1, prev="", node_time=SPRING, mono=0)
    return stored_from(canonical(body).decode(), "2027")


@THOROUGH
@given(data=some.data())
def test_any_order_and_any_portions_give_what_a_rebuild_and_the_pure_fold_give(
    edition: Edition, tree: dict[str, str], data: some.DataObject
) -> None:
    history = data.draw(histories(edition, tree))
    one_way, another = data.draw(arrivals(history)), data.draw(arrivals(history))

    with for_nothing():
        for portion in one_way:
            record(portion)
        incremental = projected()
        projection.rebuild()
        rebuilt = projected()
        kept = {(row[0], row[1]): row[-1] for row in incremental["progress"]}
    with for_nothing():
        for portion in another:
            record(portion)
        otherwise = projected()

    assert incremental == rebuilt
    assert otherwise == incremental
    assert kept == folded(history)


def test_a_rebuild_after_separate_requests_gives_the_same_rows(
    edition: Edition, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    with writing():
        complete_course(edition, awa, SPRING)
    moved = LearnerMoved(awa, tree["KE-OP-NBO-01"], "contract", "2026-04-01")
    keep(make_event(moved, at=SPRING + timedelta(days=30)))
    before = projected()

    with writing():
        projection.rebuild()

    assert projected() == before
    assert [len(before[name]) for name in PROJECTED] == [10, 1, 0, 1, 1, 1]


def test_rebuilding_twice_is_rebuilding_once(edition: Edition, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], position="manager", at=tree["CI-OP"])
    with writing():
        complete_course(edition, awa, SPRING)
        projection.rebuild()
        once = projected()
        projection.rebuild()

    assert projected() == once


def test_an_emptied_table_is_repaired_by_a_rebuild(edition: Edition, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    with writing():
        complete_course(edition, awa, SPRING)
    before = projected()
    with writing() as session:
        for name in PROJECTED:
            session.execute(RecordBase.metadata.tables[name].delete())

    with writing():
        projection.rebuild()

    assert projected() == before


def test_a_rebuild_that_is_cut_off_changes_nothing(edition: Edition, tree: dict[str, str]) -> None:
    make_person(office=tree["CI-OP-ABJ-01"])
    before = projected()

    def pull_the_plug(_name: str, _done: int, _total: int) -> None:
        raise Over

    with pytest.raises(Over), writing():
        projection.rebuild(pull_the_plug)

    assert projected() == before


def test_a_completion_keeps_the_office_of_its_day_when_the_person_moves_later(
    edition: Edition, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    with writing():
        complete_course(edition, awa, SPRING)
    before = projected()["completion"]

    moved = LearnerMoved(awa, tree["KE-OP-NBO-01"], "contract", "2026-04-01")
    keep(make_event(moved, at=SPRING + timedelta(days=30)))

    assert projected()["completion"] == before
    person = find_person(awa)
    assert person is not None and person.office == tree["KE-OP-NBO-01"]


def test_a_move_told_late_corrects_the_completion_of_its_day(
    edition: Edition, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    with writing():
        complete_course(edition, awa, SPRING)

    moved = LearnerMoved(awa, tree["KE-OP-NBO-01"], "employee", "2026-03-01")
    keep(make_event(moved, at=SPRING + timedelta(days=30)))

    (row,) = projected()["completion"]
    assert tree["KE-OP-NBO-01"] in row
    assert row[RecordBase.metadata.tables["completion"].columns.keys().index("country")] == "KE"


def test_an_office_that_moves_takes_with_it_only_what_comes_after(
    edition: Edition, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-02"])
    with writing():
        complete_course(edition, awa, SPRING)
    before = projected()["completion"]

    keep(make_event(OrganisationMoved(tree["CI-OP-ABJ-02"], tree["KE-OP"], "2026-05-01")))

    assert projected()["completion"] == before
    day = SPRING.date()
    assert path_on(tree["CI-OP-ABJ-02"], day).split("/")[1] == tree["CI"]
    assert path_on(tree["CI-OP-ABJ-02"], day.replace(month=6)).split("/")[1] == tree["KE"]


def test_taking_back_the_move_of_an_office_puts_it_back(
    edition: Edition, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-02"])
    with writing():
        complete_course(edition, awa, SPRING)
    before = projected()
    move = make_event(OrganisationMoved(tree["CI-OP-ABJ-02"], tree["KE-OP"], "2026-03-01"))
    keep(move)
    assert projected() != before

    keep(make_event(EventVoided(move.id, "mistake")))

    assert projected() == before


def test_taking_back_the_passed_test_takes_the_completion_back(
    edition: Edition, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-02"])
    with writing():
        complete_course(edition, awa, SPRING)
    done = find_completion(awa, edition.slug)
    assert done is not None

    keep(make_event(EventVoided(done.evidence[-1], "fraud")))

    assert find_completion(awa, edition.slug) is None
    assert profile_of(awa, SPRING) is not None
