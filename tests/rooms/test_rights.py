"""Giving and withdrawing positions: only by those above, never beyond one's subtree."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.base.refusals import Refusal
from lms.people.actions import add_organisations, give_position, register_person
from lms.people.audit.queries import notes_in
from lms.people.audit.rules import Wanted
from lms.people.importing import organisation_id
from lms.people.queries import find_organisation, find_person
from lms.people.rights.actions import Right, give, withdraw
from lms.people.rights.queries import (
    held_by,
    holdings_of,
    may_touch_access,
    paths_over_people,
    person_under,
    places_to_give,
)
from lms.people.rights.rules import (
    GIVES,
    LEVELS_OF,
    DayDoesNotFit,
    HeldAlready,
    LevelDoesNotFit,
    MayNotGive,
    NotHeld,
    NotToOneself,
)
from lms.people.rules import LEVELS, PersonUnknown, Position
from lms.record.events import SYSTEM, Actor
from tests.builders import SPRING, make_organisation, make_person

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
POSITIONS = list(LEVELS_OF)


def hand(giver: str, person: str, position: str, at: str, *, on: date = TODAY) -> None:
    with writing():
        act(give, giver, person, position, at, on=on)
    db.session.rollback()


def take(giver: str, person: str, position: str, at: str, *, on: date = TODAY) -> None:
    with writing():
        act(withdraw, giver, person, position, at, on=on)
    db.session.rollback()


def act(what: Any, giver: str, person: str, position: str, at: str, *, on: date = TODAY) -> None:
    right = Right(person, position, at, on)
    what(right, giver=giver, by=Actor(giver, "officer"), at=NOW, event_id=new_id())


def holds(person: str, day: date = TODAY) -> set[tuple[str, str]]:
    return {(h.position, h.organisation) for h in held_by(person, day)}


@pytest.fixture
def ama(tree: dict[str, str]) -> str:
    """An employee of a first office in Abidjan."""
    return make_person(office=tree["CI-OP-ABJ-01"])


def boss(tree: dict[str, str], position: str, at: str) -> str:
    return make_person(office=tree["CI-OP-ABJ-02"], position=position, at=tree[at])


def test_a_training_manager_makes_a_manager_and_it_is_noted(tree: dict[str, str], ama: str) -> None:
    chief = boss(tree, "training-manager", "CI-OP")

    hand(chief, ama, "manager", tree["CI-OP-ABJ-01"])

    assert holds(ama) == {("manager", tree["CI-OP-ABJ-01"])}
    (note,), _ = notes_in(None, Wanted(action="position.given"))
    assert (note.actor, note.learner) == (chief, ama)
    assert note.detail == {"position": "manager", "place": "CI-OP-ABJ-01", "on": "2026-06-01"}


def test_what_was_given_is_withdrawn_and_stays_in_the_history(
    tree: dict[str, str], ama: str
) -> None:
    chief, office = boss(tree, "training-manager", "CI-OP"), tree["CI-OP-ABJ-01"]
    hand(chief, ama, "helper", office)

    take(chief, ama, "helper", office, on=TODAY + timedelta(days=3))

    assert holds(ama) == {("helper", office)}
    assert holds(ama, TODAY + timedelta(days=3)) == set()
    assert [(h.since, h.until) for h in holdings_of(ama)] == [("2026-06-01", "2026-06-04")]


def test_what_begins_later_can_be_called_off(tree: dict[str, str], ama: str) -> None:
    chief, office = boss(tree, "training-manager", "CI-OP"), tree["CI-OP-ABJ-01"]
    hand(chief, ama, "helper", office, on=TODAY + timedelta(days=10))

    take(chief, ama, "helper", office)

    assert holds(ama, TODAY + timedelta(days=30)) == set()


@pytest.mark.parametrize(
    ("giver", "at", "position", "where", "refusal"),
    [
        ("manager", "CI-OP-ABJ-01", "manager", "CI-OP-ABJ-01", MayNotGive),
        ("manager", "CI-OP-ABJ-01", "helper", "CI-OP-ABJ-02", MayNotGive),
        ("training-manager", "CI-OP", "training-manager", "CI-OP", MayNotGive),
        ("training-manager", "CI-OP", "helper", "KE-OP-NBO-01", MayNotGive),
        ("coordinator", "CI", "coordinator", "CI", MayNotGive),
        ("coordinator", "CI", "secretariat", "UPAP", MayNotGive),
        ("coordinator", "CI", "manager", "CI-OP", LevelDoesNotFit),
        ("secretariat", "UPAP", "coordinator", "CI-OP", LevelDoesNotFit),
        ("secretariat", "UPAP", "learner", "UPAP", MayNotGive),
        ("secretariat", "UPAP", "emperor", "UPAP", MayNotGive),
        ("engineer", "UPAP", "helper", "CI-OP-ABJ-01", PersonUnknown),
        ("trainer", "UPAP", "helper", "CI-OP-ABJ-01", PersonUnknown),
    ],
)
def test_nobody_gives_what_they_do_not_stand_above(
    tree: dict[str, str],
    ama: str,
    giver: str,
    at: str,
    position: str,
    where: str,
    refusal: type[Refusal],
) -> None:
    chief = boss(tree, giver, at)

    with pytest.raises(refusal):
        hand(chief, ama, position, tree[where])

    assert holds(ama) == set()
    assert notes_in(None, Wanted())[1] == 0


def test_nobody_gives_to_themselves(tree: dict[str, str]) -> None:
    chief = boss(tree, "secretariat", "UPAP")

    for position, where in (("engineer", "UPAP"), ("helper", "CI-OP-ABJ-02")):
        with pytest.raises(NotToOneself):
            hand(chief, chief, position, tree[where])
    with pytest.raises(NotToOneself):
        take(chief, chief, "secretariat", tree["UPAP"])


def test_who_has_lost_the_right_since_the_page_was_shown_gives_nothing(
    tree: dict[str, str], ama: str
) -> None:
    top, chief = boss(tree, "secretariat", "UPAP"), boss(tree, "training-manager", "CI-OP")
    take(top, chief, "training-manager", tree["CI-OP"])

    with pytest.raises(PersonUnknown):
        hand(chief, ama, "helper", tree["CI-OP-ABJ-01"])


@pytest.mark.parametrize("days", [-1, 367])
def test_the_past_and_the_far_future_are_refused(tree: dict[str, str], ama: str, days: int) -> None:
    chief = boss(tree, "training-manager", "CI-OP")

    with pytest.raises(DayDoesNotFit):
        hand(chief, ama, "helper", tree["CI-OP-ABJ-01"], on=TODAY + timedelta(days=days))


def test_twice_is_refused_with_a_sentence(tree: dict[str, str], ama: str) -> None:
    chief, office = boss(tree, "training-manager", "CI-OP"), tree["CI-OP-ABJ-01"]
    hand(chief, ama, "helper", office)

    with pytest.raises(HeldAlready):
        hand(chief, ama, "helper", office)
    take(chief, ama, "helper", office)
    with pytest.raises(NotHeld):
        take(chief, ama, "helper", office)


@pytest.mark.parametrize(
    ("mine", "at", "theirs", "where", "may"),
    [
        ("manager", "CI-OP-ABJ-01", "", "", True),
        ("manager", "CI-OP-ABJ-01", "helper", "CI-OP-ABJ-01", True),
        ("manager", "CI-OP-ABJ-01", "helper", "CI-OP-ABJ-02", False),
        ("manager", "CI-OP-ABJ-01", "manager", "CI-OP-ABJ-01", False),
        ("manager", "CI-OP-ABJ-01", "trainer", "CI-OP-ABJ-01", False),
        ("training-manager", "CI-OP", "manager", "CI-OP-ABJ-01", True),
        ("training-manager", "CI-OP", "engineer", "CI-OP", False),
        ("coordinator", "CI", "training-manager", "CI-OP", True),
        ("coordinator", "CI", "helper", "KE-OP-NBO-01", False),
        ("secretariat", "UPAP", "engineer", "UPAP", True),
    ],
)
def test_nobody_reaches_a_higher_position_through_a_password(
    tree: dict[str, str], mine: str, at: str, theirs: str, where: str, may: bool
) -> None:
    chief = boss(tree, mine, at)
    other = make_person(
        office=tree["CI-OP-ABJ-01"], position=theirs or "learner", at=tree.get(where, "")
    )

    assert may_touch_access(held_by(chief, TODAY), chief, other, TODAY) is may
    assert not may_touch_access(held_by(chief, TODAY), chief, chief, TODAY)


def test_a_position_that_begins_later_protects_already(tree: dict[str, str], ama: str) -> None:
    chief, top = boss(tree, "manager", "CI-OP-ABJ-01"), boss(tree, "secretariat", "UPAP")
    hand(top, ama, "engineer", tree["UPAP"], on=TODAY + timedelta(days=20))

    assert not may_touch_access(held_by(chief, TODAY), chief, ama, TODAY)


def test_places_are_offered_where_the_position_fits(tree: dict[str, str]) -> None:
    chief = boss(tree, "training-manager", "CI-OP")

    codes = {place.code for place in places_to_give(held_by(chief, TODAY), "helper")}

    assert codes == {"CI-OP-ABJ", "CI-OP-ABJ-01", "CI-OP-ABJ-02"}
    assert places_to_give(held_by(chief, TODAY), "coordinator") == []


class Rolled(Exception):
    """Ends a transaction without keeping it."""


def closure(position: Position) -> set[Position]:
    """What the holder can bring about, with everybody they make helping them."""
    reached, edge = set[Position](), {position}
    while edge:
        edge = {p for each in edge for p in GIVES.get(each, ())} - reached
        reached |= edge
    return reached


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=some.data())
def test_no_sequence_of_gifts_leaks_or_lifts_anybody(app: Flask, data: some.DataObject) -> None:
    with suppress(Rolled), writing():
        places = _random_tree(data)
        persons = [
            register_person(
                given_name=f"P{n}",
                family_name="Essai",
                office=data.draw(some.sampled_from(places)),
                employment="employee",
                by=SYSTEM,
                at=SPRING,
            )
            for n in range(data.draw(some.integers(2, 5)))
        ]
        _start(data, persons, places)
        start = {person: held_by(person, TODAY) for person in persons}
        for _ in range(data.draw(some.integers(1, 12))):
            _one_act(data, persons, places)
        _nobody_is_lifted(persons, start)
        _nobody_is_seen_from_outside(persons)
        raise Rolled
    db.session.rollback()


def _random_tree(data: some.DataObject) -> list[str]:
    rows: list[tuple[str, str, str | None]] = [("n0", "union", None)]
    for number in range(1, data.draw(some.integers(2, 9))):
        _, level, _ = parent = data.draw(some.sampled_from([r for r in rows if r[1] != "office"]))
        below = LEVELS[LEVELS.index(level) + 1 :]
        rows.append((f"n{number}", data.draw(some.sampled_from(below)), parent[0]))
    add_organisations([make_organisation(*row) for row in rows], by=SYSTEM, at=SPRING)
    return [organisation_id(code) for code, _, _ in rows]


def _start(data: some.DataObject, persons: list[str], places: list[str]) -> None:
    for person in persons:
        if data.draw(some.booleans()):
            give_position(
                person=person,
                position=data.draw(some.sampled_from(POSITIONS)),
                organisation=data.draw(some.sampled_from(places)),
                on=SPRING.date().isoformat(),
                by=SYSTEM,
                at=SPRING,
            )


def _one_act(data: some.DataObject, persons: list[str], places: list[str]) -> None:
    giver, person = (data.draw(some.sampled_from(persons)) for _ in range(2))
    what = data.draw(some.sampled_from([give, withdraw]))
    position, place = data.draw(some.sampled_from(POSITIONS)), data.draw(some.sampled_from(places))
    before = held_by(giver, TODAY)
    was = holds(person)
    try:
        act(what, giver, person, position, place)
    except Refusal:
        assert holds(person) == was
        return
    node = find_organisation(place)
    assert node is not None
    assert giver != person
    assert any(
        position in GIVES.get(h.position, ()) and node.path.startswith(h.path) for h in before
    )


def _nobody_is_lifted(persons: list[str], start: dict[str, Any]) -> None:
    powers = [(p, h.path) for held in start.values() for h in held for p in closure(h.position)]
    for person in persons:
        for held in held_by(person, TODAY):
            if held not in start[person]:
                assert any(p == held.position and held.path.startswith(at) for p, at in powers)


def _nobody_is_seen_from_outside(persons: list[str]) -> None:
    for viewer in persons:
        held = held_by(viewer, TODAY)
        everywhere = any(h.position == "secretariat" and h.path.count("/") == 1 for h in held)
        for person in persons:
            found = find_person(person)
            assert found is not None
            office = find_organisation(found.office)
            assert office is not None
            inside = any(office.path.startswith(path) for path in paths_over_people(held))
            try:
                person_under(held, person)
                assert inside or everywhere
            except PersonUnknown:
                assert not inside
