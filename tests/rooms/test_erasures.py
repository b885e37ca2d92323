"""A name is removed on somebody's behalf: two above them agree, and there is time to think."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations

import pytest
from flask import Flask

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.actions.leaving import ask_erasure, erase_due, keep_me
from lms.people.audit.queries import notes_about
from lms.people.audit.rules import ACTIONS
from lms.people.erasures.actions import confirm_erasure, propose_erasure
from lms.people.erasures.queries import erasure_of, erasures_asked, erasures_in, may_ask_for
from lms.people.erasures.rules import (
    AnotherMustConfirmErasure,
    ErasureWaitsAlready,
    NoErasureProposed,
)
from lms.people.events import ErasureAsked, ErasureProposed
from lms.people.queries import find_person, path_on
from lms.people.rights.queries import held_by
from lms.record import projection
from lms.record.events import Actor, EventVoided
from tests.builders import SPRING, keep, make_event, make_person
from tests.builders_merging import for_nothing, merge

FIRST, SECOND = Actor("first", "officer"), Actor("second", "officer")


@pytest.fixture
def awa(app: Flask, tree: dict[str, str]) -> str:
    return make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa")


def propose(person: str, by: Actor = FIRST, event_id: str | None = None) -> None:
    with writing():
        propose_erasure(
            person=person, ground="letter", by=by, at=SPRING, event_id=event_id or new_id()
        )
    db.session.rollback()


def confirm(person: str, by: Actor = SECOND, event_id: str | None = None) -> date:
    with writing():
        on = confirm_erasure(person=person, by=by, at=SPRING, event_id=event_id or new_id())
    db.session.rollback()
    return on


def call_off(person: str, by: Actor) -> None:
    with writing():
        keep_me(person=person, by=by, at=SPRING, event_id=new_id())
    db.session.rollback()


def due(days: int) -> int:
    with writing():
        found = erase_due(at=SPRING + timedelta(days=days))
    db.session.rollback()
    return found


def name_of(person: str) -> str:
    found = find_person(person)
    assert found is not None
    return found.given_name


def actions_about(person: str) -> set[tuple[str, str | None]]:
    wanted = [action for action in ACTIONS if "eras" in action]
    return {(note.action, note.actor) for note in notes_about(person, wanted)}


def test_two_above_agree_and_the_name_goes_after_thirty_days(awa: str) -> None:
    propose(awa)
    assert due(365) == 0

    on = confirm(awa)

    assert on == (SPRING + timedelta(days=30)).date()
    assert due(29) == 0 and name_of(awa) == "Awa"
    assert due(30) == 1 and name_of(awa) == ""
    assert due(31) == 0 and erasure_of(awa) is None
    assert actions_about(awa) == {
        ("erasure.proposed", "first"),
        ("erasure.confirmed", "second"),
        ("learner.erased", None),
    }


def test_nobody_confirms_what_they_asked_for_themselves(awa: str) -> None:
    propose(awa)
    with pytest.raises(AnotherMustConfirmErasure):
        confirm(awa, FIRST)
    assert erasures_asked() == []


def test_who_is_registered_twice_is_still_one_who_asks(awa: str, tree: dict[str, str]) -> None:
    one, two = (make_person(office=tree["CI-OP-ABJ-01"]) for _ in range(2))
    keep(merge(one, two))
    propose(awa, Actor(one, "officer"))
    with pytest.raises(AnotherMustConfirmErasure):
        confirm(awa, Actor(two, "officer"))


def test_nothing_is_confirmed_that_nobody_asked_for(awa: str) -> None:
    with pytest.raises(NoErasureProposed):
        confirm(awa)
    propose(awa)
    call_off(awa, FIRST)
    with pytest.raises(NoErasureProposed):
        confirm(awa)


def test_it_is_asked_for_once(awa: str) -> None:
    same = new_id()
    propose(awa, event_id=same)
    propose(awa, event_id=same)
    with pytest.raises(ErasureWaitsAlready):
        propose(awa, SECOND)
    again = new_id()
    assert confirm(awa, event_id=again) == confirm(awa, event_id=again)
    with pytest.raises(NoErasureProposed):
        confirm(awa)


@pytest.mark.parametrize("who", ["awa herself", "first", "second"])
def test_it_is_called_off_at_any_moment_and_may_be_asked_for_again(awa: str, who: str) -> None:
    by = {"awa herself": Actor(awa), "first": FIRST, "second": SECOND}[who]
    propose(awa)
    call_off(awa, by)
    assert erasure_of(awa) is None
    propose(awa)
    confirm(awa)
    call_off(awa, by)

    assert erasure_of(awa) is None and due(365) == 0 and name_of(awa) == "Awa"
    assert ("erasure.cancelled", by.person) in actions_about(awa)
    propose(awa)
    assert confirm(awa) is not None


def test_the_person_needs_nobody_to_confirm(awa: str) -> None:
    propose(awa)
    with writing():
        ask_erasure(person=awa, by=Actor(awa), at=SPRING, event_id=new_id())
    found = erasure_of(awa)
    assert found is not None and found.on is not None and found.ground == ""
    with pytest.raises(NoErasureProposed):
        confirm(awa)
    call_off(awa, Actor(awa))
    assert erasure_of(awa) is None and due(365) == 0


def test_called_off_is_called_off_whatever_arrives_first(awa: str) -> None:
    ids = [new_id() for _ in range(3)]
    told = [
        make_event(ErasureProposed(awa, "letter"), event_id=ids[0], by=FIRST),
        make_event(ErasureAsked(awa, "2026-04-01", ids[0]), event_id=ids[1], by=SECOND),
        make_event(EventVoided(ids[0], "mistake"), event_id=ids[2], by=FIRST),
    ]
    from lms.record.actions import record

    for order in permutations(told):
        with for_nothing():
            for happened in order:
                record([happened])
            assert erasure_of(awa) is None and erasures_asked() == []
            assert erase_due(at=SPRING + timedelta(days=365)) == 0


def test_it_survives_a_rebuild_and_follows_who_is_merged(awa: str, tree: dict[str, str]) -> None:
    twin = make_person(office=tree["CI-OP-ABJ-01"], given_name="Hawa")
    propose(awa)
    keep(merge(awa, twin))
    with writing():
        projection.rebuild()
    db.session.rollback()
    confirm(min(awa, twin))

    assert due(30) == 1 and name_of(awa) == name_of(twin) == ""


def test_those_above_find_it_and_nobody_elsewhere(awa: str, tree: dict[str, str]) -> None:
    kofi = make_person(office=tree["CI-OP-ABJ-01"])
    propose(kofi)
    confirm(kofi)
    propose(awa)

    def found(code: str) -> list[str]:
        return [each.person for each in erasures_in([path_on(tree[code], SPRING.date())])]

    assert found("CI-OP") == [awa, kofi]
    assert found("KE") == found("CI-OP-ABJ-02") == []


def test_only_who_stands_above_may_ask(tree: dict[str, str], app: Flask) -> None:
    def person(position: str = "learner", at: str = "", office: str = "CI-OP-ABJ-01") -> str:
        return make_person(office=tree[office], position=position, at=tree[at] if at else "")

    awa = person()
    manager, above = person("manager", "CI-OP-ABJ-01"), person("training-manager", "CI-OP")
    helper, kenyan = person("helper", "CI-OP-ABJ-01"), person("manager", "KE-OP", "KE-OP-NBO-01")
    may: Callable[[str, str], bool] = lambda who, whom: may_ask_for(  # noqa: E731
        held_by(who, SPRING.date()), who, whom, SPRING.date()
    )

    assert may(manager, awa) and may(above, awa) and may(above, manager)
    assert not may(helper, awa) and not may(kenyan, awa)
    assert not may(manager, above) and not may(manager, manager)
