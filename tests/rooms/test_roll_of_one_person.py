"""Who was registered twice and stands twice on a roll is one person, there or not there."""

from datetime import timedelta
from itertools import permutations

import pytest
from flask import Flask

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.importing import organisation_id
from lms.record import projection
from lms.record.actions import record
from lms.record.events import SYSTEM, EventVoided, Happened
from lms.workshops.actions import take_roll
from lms.workshops.events import AttendanceTaken
from lms.workshops.queries import roll_of
from tests.builders import keep
from tests.builders_merging import for_nothing, merge, projected
from tests.builders_reports import ask, keep_all, noon, person_events, value, workshop_events

Tree = dict[str, str]
DAY = "2024-03-04"


def said(person: str, present: bool, hour: int, *, late: bool = False) -> Happened:
    """What was said about somebody on the morning of the workshop, or later."""
    event = AttendanceTaken(person, "w", "d0", present, organisation_id("CI"), "participant", late)
    at = noon(DAY) + timedelta(hours=hour)
    return Happened(event, new_id(), SYSTEM, at)


def present() -> dict[str, bool]:
    """Who of Awa’s ids was there, as the roll says it now."""
    db.session.rollback()
    roll = {listed.learner: there for listed, there in roll_of("w", "d0")}
    return {id: there for id, there in roll.items() if id.startswith("awa")}


@pytest.fixture(autouse=True)
def workshop(app: Flask, tree: Tree) -> None:
    """A workshop to which Kofi and Yao came, sent by two states."""
    keep_all(
        *(person_events(name, "CI-OP-ABJ-01") for name in ("awa", "awa-again", "kofi", "yao")),
        workshop_events("w", {"kofi": ["0"], "yao": ["0"]}, sent_by={"kofi": "KE"}),
    )


def test_absent_beside_one_id_does_not_take_away_what_the_other_did() -> None:
    keep(said("awa", True, 1), said("awa-again", False, 2))
    found = merge("awa", "awa-again")

    keep(found)
    assert present() == {"awa": True}
    assert value("5b", ask("2024")) == 3

    keep(Happened(EventVoided(found.id, "wrong person"), new_id(), SYSTEM, noon(DAY)))
    assert present() == {"awa": True, "awa-again": False}
    assert value("5b", ask("2024")) == 3


def test_a_correction_beside_the_same_id_holds() -> None:
    keep(said("awa", True, 1), said("awa-again", False, 2), merge("awa", "awa-again"))

    keep(said("awa", False, 3))

    assert present() == {"awa": False}
    assert value("5b", ask("2024")) == 2


def test_whoever_unticks_one_person_unticks_each_id_that_was_there() -> None:
    keep(said("awa", True, 1), said("awa-again", True, 2))
    found = merge("awa", "awa-again")
    keep(found)

    for _ in range(2):
        with writing():
            take_roll(
                workshop="w",
                sitting="d0",
                present={"awa": False},
                by=SYSTEM,
                at=noon(DAY) + timedelta(hours=3),
                ticket="roll",
            )
    assert present() == {"awa": False}

    keep(Happened(EventVoided(found.id, "wrong person"), new_id(), SYSTEM, noon(DAY)))
    assert present() == {"awa": False, "awa-again": False}


def test_of_two_marks_the_one_of_the_day_is_no_late_entry() -> None:
    keep(said("awa", True, 1), said("awa-again", True, 30, late=True), merge("awa", "awa-again"))

    db.session.rollback()
    assert [listed.late_at for listed, _ in roll_of("w", "d0")] == [frozenset()] * 3


def test_in_whatever_order_it_arrives_the_roll_is_the_same() -> None:
    happened = [
        said("awa", True, 1),
        said("awa-again", False, 2),
        said("awa", False, 3),
        said("awa-again", True, 4),
        merge("awa", "awa-again"),
    ]
    found = set()
    for order in list(permutations(happened))[::7]:
        with for_nothing():
            for each in order:
                record([each])
            stands = projected()
            projection.rebuild()
            assert projected() == stands
            found.add(repr((stands["attendance"], stands["workshop"])))

    assert len(found) == 1
