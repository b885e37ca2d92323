"""Whatever happens, in whatever order it is told, on whatever day it is looked at: every table is
what a rebuild on that day would leave."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from lms.base.clock import now
from lms.base.database import db
from lms.exchange.events import RosterImported
from lms.exchange.queries import find_import
from lms.learning.paths.events import PathDefined, RuleSet
from lms.learning.paths.queries import asked_of_learner
from lms.people.actions.days import come_to_this_day
from lms.people.events import OrganisationMoved
from lms.people.importing import organisation_id
from lms.record import projection
from lms.record.actions import record
from lms.record.events import EventVoided, Happened
from tests.builders import SPRING, keep, make_event, make_organisation, make_person
from tests.builders_everything import DAYS, day, everything, folded_tables
from tests.builders_merging import Rows, for_nothing, rows_of
from tests.builders_paths import make_path, set_rule
from tests.builders_reports import publish

Tree = dict[str, str]
THOROUGH = settings(
    max_examples=7,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.target, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def edition(app: Flask, tree: Tree, tmp_path: Path) -> str:
    return publish(tmp_path, "s3")


def rows() -> Rows:
    return rows_of(folded_tables())


def rebuilt() -> Rows:
    """The same after a rebuild, which is given up again."""
    attempt = db.session().begin_nested()
    projection.rebuild()
    found = rows()
    attempt.rollback()
    db.session().expire_all()
    return found


def live(portions: list[list[Happened]]) -> None:
    for portion in portions:
        record(portion)
    while come_to_this_day(at=now()):
        pass


def at(days: float) -> time_machine.travel:
    return time_machine.travel(SPRING + timedelta(days=days), tick=False)


def same(one: Rows, other: Rows) -> None:
    for name, found in one.items():
        here, there = set(found) - set(other[name]), set(other[name]) - set(found)
        assert not here and not there and len(found) == len(other[name]), (name, here, there)


def in_portions(data: some.DataObject, told: list[Happened]) -> list[list[Happened]]:
    if not told:
        return []
    size = data.draw(some.sampled_from((1, 3, 25, 100)))
    return [told[start : start + size] for start in range(0, len(told), size)]


@THOROUGH
@given(data=some.data())
def test_day_after_day_in_any_order_every_table_is_what_a_rebuild_would_leave(
    edition: str, tree: Tree, data: some.DataObject
) -> None:
    history = data.draw(everything(edition))
    asleep = data.draw(some.sets(some.integers(1, DAYS - 1), max_size=2))
    looked_at = data.draw(some.integers(0, DAYS - 1))

    with for_nothing():
        for today in range(DAYS + 1):
            with at(today):
                told = in_portions(data, [happened for on, happened in history if on == today])
                if today in asleep:
                    for portion in told:
                        record(portion)
                else:
                    while come_to_this_day(at=now()):
                        pass
                    live(told)
                if today in (looked_at, DAYS) and today not in asleep:
                    same(rows(), rebuilt())
        with at(DAYS):
            day_by_day = rows()
    with for_nothing(), at(DAYS):
        live(in_portions(data, data.draw(some.permutations([each for _, each in history]))))
        same(rows(), day_by_day)


def asked(person: str) -> list[str]:
    db.session.rollback()
    return [line.course for line in asked_of_learner(person)]


def test_an_office_that_moves_takes_with_it_who_only_holds_a_position_there(
    app: Flask, tree: Tree
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], position="helper", at=tree["CI-OP-ABJ-02"])
    set_rule(make_path(tree["KE-OP"], ["parcels"]), tree["KE-OP"], "helper")
    assert asked(awa) == []

    move = make_event(OrganisationMoved(tree["CI-OP-ABJ-02"], tree["KE-OP"], day(0)))
    keep(move)
    assert asked(awa) == ["parcels"]
    keep(make_event(EventVoided(move.id, "mistake")))
    assert asked(awa) == []


def test_of_an_office_that_never_was_nothing_is_asked(app: Flask, tree: Tree) -> None:
    office = make_event(make_organisation("CI-OP-DAL", "office", "CI-OP", country="CI"))
    keep(office)
    awa = make_person(office=organisation_id("CI-OP-DAL"))
    set_rule(make_path(tree["CI-OP"], ["parcels"]), tree["CI-OP"])
    assert asked(awa) == ["parcels"]

    keep(make_event(EventVoided(office.id, "mistake")))
    assert asked(awa) == []


def test_an_import_that_is_declared_void_stands_in_no_list(app: Flask, tree: Tree) -> None:
    imported = make_event(RosterImported(tree["CI-OP"], "00", 3, {"new": 3}))
    keep(imported)
    keep(make_event(EventVoided(imported.id, "mistake")))

    assert find_import(imported.id) is None


def test_a_path_told_late_is_asked_of_who_only_holds_a_position_there(
    app: Flask, tree: Tree
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], position="helper", at=tree["KE-OP"])
    keep(make_event(RuleSet("p", tree["KE-OP"], "helper")))
    keep(make_event(PathDefined("p", tree["KE-OP"], "Accueil", "Welcome", ["parcels"])))

    assert asked(awa) == ["parcels"]
