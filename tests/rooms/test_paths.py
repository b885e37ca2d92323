"""What is asked of whom is folded from the record, the same in any order, on both databases."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.base.database import RecordBase, db, writing
from lms.courses import queries as courses
from lms.learning.declared.events import TrainingDeclared
from lms.learning.paths.actions import remind, reminders_due
from lms.learning.paths.events import (
    LearnerEnrolled,
    PathDefined,
    PathWithdrawn,
    RuleSet,
    RuleWithdrawn,
)
from lms.learning.paths.queries import (
    Totals,
    asked_of_learner,
    courses_of_path_in,
    find_path,
    late_in,
    rules_in_force,
    tallies_in,
    totals_in,
)
from lms.learning.paths.rules import DueInThePast, NoCourses
from lms.people.access.reminding import put_reminder
from lms.people.access.sending import MailRound, send_mail
from lms.people.events import (
    LearnerClosed,
    LearnerMoved,
    LearnerRegistered,
    OrganisationMoved,
    PositionGiven,
)
from lms.people.queries import path_on
from lms.record import projection
from lms.record.events import EventVoided, LearnerMerged
from tests.builders import SPRING, keep, make_event, make_organisation, make_person, publish
from tests.builders_certificates import complete_course
from tests.builders_courses import make_course_folder
from tests.builders_mail import postbox
from tests.builders_paths import ask, ask_no_more, make_path, set_rule
from tests.rooms.test_ways_in import to

DAY = SPRING.date()
LATER = SPRING + timedelta(days=30)
Tree = dict[str, str]


def asked(learner: str) -> list[tuple[str, str]]:
    """(course, due) of what is asked of somebody."""
    db.session.rollback()
    return [(line.course, line.due) for line in asked_of_learner(learner)]


def enrolments() -> list[Any]:
    """Every row, in the order of its key."""
    table = RecordBase.metadata.tables["enrolment"]
    db.session.rollback()
    return list(db.session().execute(select(table).order_by(*table.primary_key.columns)))


def rebuilt() -> list[Any]:
    with writing():
        projection.rebuild()
    return enrolments()


def test_a_path_asks_its_courses_in_their_order(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    path = make_path(tree["CI-OP"], ["parcels", "fraud", "parcels"])

    assert ask(awa, path=path, due=DAY) == 1
    assert ask(awa, path=path, due=DAY) == 0

    assert asked(awa) == [("parcels", "2026-03-02"), ("fraud", "2026-03-02")]


def test_a_path_without_courses_and_a_day_that_is_over_are_refused(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    with pytest.raises(NoCourses):
        make_path(tree["CI-OP"], [])
    with pytest.raises(DueInThePast):
        ask(awa, course="parcels", due=DAY - timedelta(days=1))


def test_a_rule_means_those_who_are_there_and_those_who_come_later(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    citizen = make_person(office=tree["CI-OP-ABJ-01"], employment="citizen")
    path = make_path(tree["CI-OP"], ["parcels"])
    set_rule(path, tree["CI-OP"], days=10)
    kofi = make_person(office=tree["CI-OP-ABJ-02"], registered_at=LATER)
    otieno = make_person(office=tree["KE-OP-NBO-01"])

    assert asked(awa) == [("parcels", "2026-03-12")]
    assert asked(kofi) == [("parcels", "2026-04-11")]
    assert asked(citizen) == asked(otieno) == []

    keep(make_event(LearnerMoved(otieno, tree["CI-OP-ABJ-01"], "employee", "2026-04-01"), at=LATER))
    keep(make_event(LearnerMoved(awa, tree["KE-OP-NBO-01"], "employee", "2026-04-01"), at=LATER))

    assert asked(otieno) == [("parcels", "2026-04-11")]
    assert asked(awa) == []
    assert enrolments() == rebuilt()


def test_a_withdrawn_rule_or_path_asks_nobody_any_more(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    path = make_path(tree["CI-OP"], ["parcels"])
    set_rule(path, tree["CI"])
    keep(make_event(RuleWithdrawn(path, tree["CI"], "employee"), at=LATER))
    assert asked(awa) == [] and rules_in_force() == []

    ask(awa, path=path, at=LATER)
    assert asked(awa) == [("parcels", "")]
    keep(make_event(PathWithdrawn(path, tree["CI-OP"]), at=LATER))
    assert asked(awa) == [] and find_path(path) is None

    keep(make_event(PathDefined(path, tree["CI-OP"], "a", "b", ["fraud"]), at=LATER + timedelta(1)))
    assert enrolments() == rebuilt()


def test_a_path_that_changes_changes_what_is_asked(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    path = make_path(tree["CI-OP"], ["parcels"])
    ask(awa, path=path)

    changed = PathDefined(path, tree["CI-OP"], "a", "b", ["fraud", "parcels"])
    keep(make_event(changed, at=LATER))

    assert [course for course, _ in asked(awa)] == ["fraud", "parcels"]


def test_a_rule_for_a_position_means_its_holders(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    path = make_path(tree["CI-OP"], ["parcels"])
    set_rule(path, tree["CI-OP"], "helper")
    assert asked(awa) == []

    keep(make_event(PositionGiven(awa, "helper", tree["CI-OP-ABJ-01"], "2026-03-02"), at=LATER))

    assert asked(awa) == [("parcels", "")]
    assert enrolments() == rebuilt()


def test_who_was_let_off_stays_let_off(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    path = make_path(tree["CI-OP"], ["parcels"])
    set_rule(path, tree["CI-OP"])

    ask_no_more(awa, path=path, at=LATER)

    assert asked(awa) == []


def test_what_is_asked_of_two_who_are_one_is_asked_once(app: Flask, tree: Tree) -> None:
    awa, twin = sorted(make_person(office=tree["CI-OP-ABJ-01"]) for _ in range(2))
    ask(awa, course="parcels")
    ask(twin, course="fraud", due=DAY)
    merge = make_event(LearnerMerged(awa, twin), at=LATER)

    keep(merge)
    assert asked(awa) == [("fraud", "2026-03-02"), ("parcels", "")] and asked(twin) == []
    assert enrolments() == rebuilt()

    keep(make_event(EventVoided(merge.id, "two persons"), at=LATER))
    assert asked(awa) == [("parcels", "")] and asked(twin) == [("fraud", "2026-03-02")]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
def test_whatever_arrives_first_the_same_is_asked(app: Flask, order: tuple[int, ...]) -> None:
    office = make_organisation("X-1", "office", "X", country="CI")
    events = [
        make_event(make_organisation("X", "operator", None, country="CI")),
        make_event(office),
        make_event(LearnerRegistered("awa", "A1", office.organisation, "employee")),
        make_event(PathDefined("p", office.organisation, "a", "b", ["parcels", "fraud"])),
        make_event(RuleSet("p", office.parent or "", "employee", 5)),
        make_event(LearnerEnrolled("awa", "x", "post", None, "2026-04-04")),
    ]
    for place in (*order, 5):
        keep(events[place])

    assert asked("awa") == [
        ("parcels", "2026-03-07"),
        ("fraud", "2026-03-07"),
        ("post", "2026-04-04"),
    ]
    assert enrolments() == rebuilt()


def test_an_enrolment_that_arrives_before_its_person_is_not_lost(app: Flask, tree: Tree) -> None:
    keep(make_event(LearnerEnrolled("awa", "x", "post")))
    keep(make_event(LearnerRegistered("awa", "A1", tree["KE-OP-NBO-01"], "employee")))

    (row,) = enrolments()
    assert row.office == tree["KE-OP-NBO-01"]


def test_an_office_that_moves_comes_under_the_rules_above_it(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    path = make_path(tree["KE-OP"], ["parcels"])
    set_rule(path, tree["KE-OP"])

    keep(make_event(OrganisationMoved(tree["CI-OP-ABJ-01"], tree["KE-OP"], "2026-03-01")))

    assert asked(awa) == [("parcels", "")]
    assert enrolments() == rebuilt()


def test_who_is_late_is_counted_by_office_and_seen_by_those_above_alone(
    app: Flask, tree: Tree
) -> None:
    awa, kofi = (make_person(office=tree["CI-OP-ABJ-01"]) for _ in range(2))
    gone = make_person(office=tree["CI-OP-ABJ-02"])
    ask(awa, kofi, gone, course="parcels", due=DAY)
    ask(awa, course="fraud", due=DAY)
    keep(make_event(LearnerClosed(gone, "left")))
    keep(make_event(TrainingDeclared(kofi, "Parcels", "2026-02-02", 60, course="parcels")))
    mine, today = [path_on(tree["CI-OP"], DAY)], DAY + timedelta(days=1)

    (tally,) = tallies_in(mine, today)

    assert (tally.office, tally.people, tally.done, tally.late) == (tree["CI-OP-ABJ-01"], 2, 1, 1)
    assert [(line.learner, line.course) for line in late_in(mine, today)] == [
        (awa, "fraud"),
        (awa, "parcels"),
    ]
    assert totals_in(mine, today) == Totals(people=2, late=1, late_courses=2)
    assert totals_in(mine, DAY) == Totals(people=2, late=0, late_courses=0)
    assert tallies_in([path_on(tree["KE"], DAY)], today) == [] == tallies_in([], today)


def test_progress_says_how_far_a_path_is(app: Flask, tree: Tree, tmp_path: Path) -> None:
    slug = publish(make_course_folder(tmp_path))
    awa, kofi = (make_person(office=tree["CI-OP-ABJ-01"]) for _ in range(2))
    path = make_path(tree["CI-OP"], [slug, "other"])
    ask(awa, kofi, path=path)
    with writing():
        complete_course(courses.current_edition(slug), awa, SPRING)

    counts = courses_of_path_in([path_on(tree["CI"], DAY)], path)

    assert (counts[slug].people, counts[slug].begun, counts[slug].done) == (2, 1, 1)
    assert counts["other"].done == 0
    assert [line.done for line in asked_of_learner(awa)] == [True, False]


def test_reminders_are_given_once_a_week(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    ask(awa, course="parcels", due=date(2026, 3, 20))

    def due(day: int) -> int:
        at = SPRING.replace(day=day)
        with writing():
            found = reminders_due(at=at)
            for lines in found:
                remind(lines=lines, how="page", at=at)
        return len(found)

    assert [due(day) for day in (12, 13, 13, 19, 20, 26, 27)] == [0, 1, 0, 0, 1, 0, 1]


def test_a_reminder_is_one_message_a_day_and_too_old_it_is_dropped(app: Flask, tree: Tree) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], email="awa@post.example")
    for day in (SPRING, SPRING, SPRING + timedelta(days=1)):
        with writing():
            put_reminder(person=awa, language="en", at=day)

    with postbox() as box:
        assert send_mail(to(box.port), at=SPRING) == MailRound(sent=1)
        [message] = box.messages
        assert send_mail(to(box.port), at=LATER) == MailRound(dropped=1)

    assert message["Subject"] == "Courses to finish on Relais"
    assert "/en/" in message.get_content()
