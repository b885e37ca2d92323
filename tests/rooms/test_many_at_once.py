"""What is folded for many together is what is folded for one after the other."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.base.database import RecordBase, db, writing
from lms.base.ids import derived_id, new_id
from lms.learning.paths.actions import define_path, enrol, set_rule
from lms.people.assistance.events import AssistanceGiven
from lms.people.events import LearnerChanged, LearnerMoved, LearnerRegistered
from lms.record import projection
from lms.record.actions import record
from lms.record.events import SYSTEM, Event, Happened
from lms.record.queries import is_anything_since, newest_number
from tests.builders import SPRING, make_person

PROJECTED = ("learner", "person_number", "assistance", "enrolment", "assignment")
PEOPLE = [derived_id("somebody", str(number)) for number in range(60)]


def told(event: Event) -> Happened:
    return Happened(event, new_id(), SYSTEM, SPRING)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: sorted(
            (tuple(row) for row in db.session().execute(select(RecordBase.metadata.tables[name]))),
            key=repr,
        )
        for name in PROJECTED
    }


def registered(person: str, office: str) -> Happened:
    number = f"N{PEOPLE.index(person):07d}"
    return told(LearnerRegistered(person, number, office, "employee", "", 1990, "fr", False))


@pytest.mark.parametrize("portion", [1, 60])
def test_one_by_one_many_together_and_rebuilt_are_the_same(
    app: Flask, tree: dict[str, str], portion: int
) -> None:
    first, second = tree["CI-OP-ABJ-01"], tree["CI-OP-ABJ-02"]
    with writing():
        told_of = [registered(person, first) for person in PEOPLE]
        told_of += [told(AssistanceGiven(p, PEOPLE[0], first, 5)) for p in PEOPLE[1:]]
        told_of += [told(LearnerMoved(p, second, "employee", "2026-05-01")) for p in PEOPLE[:30]]
        told_of += [told(LearnerChanged(person, "female", 1991, "en")) for person in PEOPLE[20:]]
        for start in range(0, len(told_of), portion):
            record(told_of[start : start + portion])
        asked = define_path(
            organisation=tree["CI-OP"],
            title_fr="Accueil",
            title_en="Welcome",
            courses=["small-parcels", "other"],
            by=SYSTEM,
            at=SPRING,
            event_id=new_id(),
        )
        for start in range(10, 50, portion):
            enrol(
                learners=PEOPLE[start : min(start + portion, 50)],
                organisation=tree["CI-OP"],
                path=asked,
                due=date(2026, 12, 1),
                by=SYSTEM,
                at=SPRING,
                event_id=new_id(),
            )
        set_rule(
            path=asked,
            organisation=second,
            who="employee",
            days=30,
            by=SYSTEM,
            at=SPRING + timedelta(days=1),
            event_id=new_id(),
        )
    folded = rows()
    with writing():
        projection.rebuild()
    assert rows() == folded
    assert len(folded["enrolment"]) > 60


def test_what_was_written_since_is_noticed_except_what_people_learnt(
    app: Flask, tree: dict[str, str]
) -> None:
    make_person(office=tree["CI-OP-ABJ-01"])
    before = newest_number()
    assert not is_anything_since(before, but=())

    make_person(office=tree["CI-OP-ABJ-01"])
    assert is_anything_since(before, but=())
    assert not is_anything_since(before, but={LearnerRegistered.kind})
