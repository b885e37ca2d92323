"""Where people belong: in several offices at once, and from days to come."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from lms.base.clock import now
from lms.base.database import RecordBase, db, writing
from lms.base.ids import new_id
from lms.learning.paths.queries import Totals, asked_of_learner, late_in, tallies_in, totals_in
from lms.people.actions.assignments import BelongsThereAlready, begin_assignment, end_assignment
from lms.people.actions.days import come_to_this_day
from lms.people.actions.moving import (
    NotPlanned,
    ThereAnyway,
    TooFarAhead,
    call_off,
    move_person,
)
from lms.people.events import AssignmentBegun, LearnerMoved, OrganisationMoved, PositionGiven
from lms.people.queries import find_person, find_person_in, path_on, people_in
from lms.people.queries.assignments import planned_for
from lms.people.queries.days import waiting_until
from lms.people.queries.units import learners_in
from lms.record import projection
from lms.record.actions import record
from lms.record.events import SYSTEM
from tests.builders import SPRING, keep, make_event, make_person
from tests.builders_merging import for_nothing
from tests.builders_paths import ask, make_path, set_rule
from tests.builders_places import DAYS, OF_A_DAY, told_ahead

Tree = dict[str, str]
DAY = SPRING.date()
ABIDJAN, BOUAKE, NAIROBI = "CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01"
THOROUGH = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.target, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def rows() -> dict[str, list[Any]]:
    """Every row that depends on the day, in the order of its key."""
    tables = [RecordBase.metadata.tables[name] for name in OF_A_DAY]
    return {
        table.name: [
            tuple(row)
            for row in db.session().execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in tables
    }


def rebuilt_rows() -> dict[str, list[Any]]:
    """The same after a rebuild, which is given up again."""
    attempt = db.session().begin_nested()
    projection.rebuild()
    found = rows()
    attempt.rollback()
    db.session().expire_all()
    return found


def wake_up() -> None:
    """The server does what a new day asks of it."""
    while True:
        with writing():
            if not come_to_this_day(at=now()):
                return


def office_of(person: str) -> str:
    db.session.rollback()
    found = find_person(person)
    assert found is not None
    return found.office


def at(days: float) -> time_machine.travel:
    return time_machine.travel(SPRING + timedelta(days=days), tick=False)


def plan_move(person: str, office: str, on: date) -> None:
    with writing():
        move_person(
            person=person,
            office=office,
            employment="employee",
            on=on.isoformat(),
            by=SYSTEM,
            at=now(),
            event_id=new_id(),
        )
    db.session.rollback()


def paths(tree: Tree, *codes: str) -> list[str]:
    return [path_on(tree[code], DAY) for code in codes]


@pytest.fixture
def awa(tree: Tree) -> str:
    return make_person(office=tree[ABIDJAN], given_name="Awa")


@THOROUGH
@given(data=some.data())
def test_day_after_day_everything_stands_as_a_rebuild_on_that_day_would_leave_it(
    app: Flask, tree: Tree, data: some.DataObject
) -> None:
    history = data.draw(told_ahead(tree))
    asleep = data.draw(some.sets(some.integers(1, DAYS - 1)))
    looked_at = {DAYS + 1, *data.draw(some.sets(some.integers(1, DAYS), max_size=1))}

    with for_nothing():
        for today in range(DAYS + 2):
            with at(today):
                if today not in asleep:
                    while come_to_this_day(at=now()):
                        pass
                for on, happened in history:
                    if on == today:
                        record([happened])
                if today in looked_at - asleep:
                    assert rows() == rebuilt_rows(), today


def test_a_move_that_would_hold_on_its_day_anyway_is_refused(awa: str, tree: Tree) -> None:
    today = SPRING.date()
    with at(0):
        with pytest.raises(ThereAnyway):
            plan_move(awa, tree[ABIDJAN], today)
        with pytest.raises(ThereAnyway):
            plan_move(awa, tree[ABIDJAN], today + timedelta(days=9))
        plan_move(awa, tree["CI-OP-ABJ-02"], today + timedelta(days=5))
        with pytest.raises(ThereAnyway):
            plan_move(awa, tree["CI-OP-ABJ-02"], today + timedelta(days=5))
        with pytest.raises(ThereAnyway):
            plan_move(awa, tree["CI-OP-ABJ-02"], today + timedelta(days=9))
        with pytest.raises(ThereAnyway):
            plan_move(awa, tree[ABIDJAN], today + timedelta(days=4))

        plan_move(awa, tree["CI-OP-ABJ-02"], today + timedelta(days=3))  # earlier than planned
        plan_move(awa, tree[ABIDJAN], today + timedelta(days=9))  # and back


def test_the_same_form_of_a_move_sent_twice_is_one_move(awa: str, tree: Tree) -> None:
    form = new_id()
    for _time in range(2):
        with writing():
            move_person(
                person=awa,
                office=tree["CI-OP-ABJ-02"],
                employment="employee",
                on=SPRING.date().isoformat(),
                by=SYSTEM,
                at=SPRING,
                event_id=form,
            )
    db.session.rollback()

    assert office_of(awa) == tree["CI-OP-ABJ-02"]


def test_a_move_of_the_third_of_march_holds_from_the_third_of_march(
    app: Flask, tree: Tree, awa: str
) -> None:
    with at(0):
        plan_move(awa, tree[NAIROBI], DAY + timedelta(days=1))
        (planned,) = planned_for(awa, DAY)
        assert (planned.office, planned.on) == (tree[NAIROBI], date(2026, 3, 3))
        wake_up()
        assert office_of(awa) == tree[ABIDJAN]
        assert find_person_in(paths(tree, "KE"), awa) is None
    with at(1):
        wake_up()
        assert office_of(awa) == tree[NAIROBI]
        assert find_person_in(paths(tree, "KE"), awa) is not None
        assert find_person_in(paths(tree, "CI"), awa) is None
        assert planned_for(awa, now().date()) == []


def test_a_server_that_was_off_for_a_week_is_right_when_it_wakes(
    app: Flask, tree: Tree, awa: str
) -> None:
    with at(0):
        plan_move(awa, tree[NAIROBI], DAY + timedelta(days=1))
        plan_move(awa, tree[BOUAKE], DAY + timedelta(days=3))
    with at(7.5):
        wake_up()
        assert office_of(awa) == tree[BOUAKE]
        assert waiting_until(date(2030, 1, 1)) == []


def test_on_a_day_on_which_nothing_begins_nothing_is_folded(
    app: Flask, tree: Tree, awa: str
) -> None:
    with at(0):
        plan_move(awa, tree[NAIROBI], DAY + timedelta(days=9))
        with writing():
            assert come_to_this_day(at=now()) == 0


def test_a_move_that_was_called_off_never_happens(app: Flask, tree: Tree, awa: str) -> None:
    with at(0):
        plan_move(awa, tree[NAIROBI], DAY + timedelta(days=1))
        (planned,) = planned_for(awa, DAY)
        told: dict[str, Any] = {
            "person": awa,
            "event": planned.event,
            "by": SYSTEM,
            "event_id": new_id(),
        }
        for _ in range(2):
            with writing():
                call_off(**told, at=now())
        assert planned_for(awa, DAY) == [] == waiting_until(date(2030, 1, 1))
    with at(2):
        wake_up()
        assert office_of(awa) == tree[ABIDJAN]


def test_a_move_whose_day_has_come_is_not_called_off(app: Flask, tree: Tree, awa: str) -> None:
    with at(0):
        plan_move(awa, tree[NAIROBI], DAY + timedelta(days=1))
        (planned,) = planned_for(awa, DAY)
    with at(1), pytest.raises(NotPlanned), writing():
        call_off(person=awa, event=planned.event, by=SYSTEM, at=now(), event_id=new_id())


def test_nobody_is_moved_more_than_a_year_ahead(app: Flask, tree: Tree, awa: str) -> None:
    with at(0), pytest.raises(TooFarAhead):
        plan_move(awa, tree[NAIROBI], DAY + timedelta(days=367))


def test_a_further_office_begins_and_ends_on_its_days(app: Flask, tree: Tree, awa: str) -> None:
    told: dict[str, Any] = {"person": awa, "office": tree[NAIROBI], "by": SYSTEM}
    mine = paths(tree, "KE")
    with at(0), writing():
        on = DAY + timedelta(days=1)
        begin_assignment(**told, employment="contract", on=on, at=now(), event_id=new_id())
        end_assignment(**told, on=DAY + timedelta(days=3), at=now(), event_id=new_id())

    seen = []
    for day in range(5):
        with at(day):
            db.session.rollback()
            seen.append([find_person_in(mine, awa) is not None, people_in(mine)[1] == 1])
            seen[-1].append(learners_in(mine) == [awa])

    assert seen == [[False] * 3, [True] * 3, [True] * 3, [False] * 3, [False] * 3]


def test_an_office_that_somebody_will_belong_to_is_not_given_twice(
    app: Flask, tree: Tree, awa: str
) -> None:
    with at(0):
        plan_move(awa, tree[NAIROBI], DAY + timedelta(days=1))
        for office, days in ((ABIDJAN, 0), (NAIROBI, 2)):
            with pytest.raises(BelongsThereAlready), writing():
                begin_assignment(
                    person=awa,
                    office=tree[office],
                    employment="employee",
                    on=DAY + timedelta(days=days),
                    by=SYSTEM,
                    at=now(),
                    event_id=new_id(),
                )


def test_a_rule_means_who_has_a_further_office_there(app: Flask, tree: Tree, awa: str) -> None:
    set_rule(make_path(tree["KE-OP"], ["parcels"]), tree["KE-OP"], "contract", days=10)
    set_rule(make_path(tree["KE-OP"], ["fraud"]), tree["KE-OP"], "employee", days=10)

    keep(make_event(AssignmentBegun(awa, tree[NAIROBI], "contract", "2026-03-05")))

    (line,) = asked_of_learner(awa)
    assert (line.course, line.due, line.office) == ("parcels", "2026-03-15", tree[ABIDJAN])


def test_a_rule_means_who_comes_later_from_that_day_on(app: Flask, tree: Tree, awa: str) -> None:
    set_rule(make_path(tree["KE-OP"], ["parcels"]), tree["KE-OP"], days=10)
    set_rule(make_path(tree["CI-OP"], ["fraud"]), tree["CI-OP"], "helper")
    with at(0):
        keep(make_event(LearnerMoved(awa, tree[NAIROBI], "employee", "2026-03-04")))
        keep(make_event(PositionGiven(awa, "helper", tree["CI-OP"], "2026-03-06")))

    asked = {}
    for day in range(5):
        with at(day):
            wake_up()
            db.session.rollback()
            asked[day] = [(line.course, line.due) for line in asked_of_learner(awa)]

    parcels = ("parcels", "2026-03-14")
    assert asked == {0: [], 1: [], 2: [parcels], 3: [parcels], 4: [parcels, ("fraud", "")]}


def test_an_office_that_changes_hands_does_so_on_its_day(app: Flask, tree: Tree, awa: str) -> None:
    with at(0):
        keep(make_event(OrganisationMoved(tree[ABIDJAN], tree["KE-OP"], "2026-03-04")))
        assert find_person_in(paths(tree, "CI"), awa) is not None
    with at(2):
        wake_up()
        assert find_person_in(paths(tree, "KE"), awa) is not None
        assert find_person_in(paths(tree, "CI"), awa) is None


def test_who_works_in_two_offices_is_late_in_both_and_one_person(
    app: Flask, tree: Tree, awa: str
) -> None:
    """In the list of each office they stand as of that office; in the whole list once."""
    ask(awa, course="parcels", due=DAY)
    for office in (BOUAKE, NAIROBI):
        keep(make_event(AssignmentBegun(awa, tree[office], "employee", "2026-03-02")))
    today = DAY + timedelta(days=1)

    def listed(code: str, office: str = "") -> list[str]:
        found = late_in(paths(tree, code), today, office=tree[office] if office else "")
        return [line.office for line in found]

    assert listed("CI") == [tree[ABIDJAN]]
    assert listed("CI", BOUAKE) == [tree[BOUAKE]]
    assert listed(BOUAKE) == [tree[BOUAKE]]
    assert listed("KE") == [tree[NAIROBI]]
    assert listed("UPAP") == [tree[ABIDJAN]]
    assert listed("RW") == [] == listed("KE", ABIDJAN)
    tallies = tallies_in(paths(tree, "CI"), today)
    assert {t.office: (t.people, t.late) for t in tallies} == {
        tree[ABIDJAN]: (1, 1),
        tree[BOUAKE]: (1, 1),
    }
    assert totals_in(paths(tree, "CI"), today) == Totals(people=1, late=1, late_courses=1)


def test_who_left_a_further_office_is_on_its_list_no_more(app: Flask, tree: Tree, awa: str) -> None:
    ask(awa, course="parcels", due=DAY)
    keep(make_event(AssignmentBegun(awa, tree[NAIROBI], "employee", "2026-03-02")))
    with writing():
        end_assignment(
            person=awa,
            office=tree[NAIROBI],
            on=date(2026, 3, 9),
            by=SYSTEM,
            at=SPRING,
            event_id=new_id(),
        )

    with at(8):
        assert late_in(paths(tree, "KE"), date(2026, 3, 10)) == []
        assert learners_in(paths(tree, "KE")) == []
    with at(6):
        assert len(late_in(paths(tree, "KE"), date(2026, 3, 8))) == 1
