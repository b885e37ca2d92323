"""The audit trail: only ever added to, read by those above alone."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from flask import Flask

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.audit import note
from lms.people.audit.events import AuditNoted
from lms.people.audit.queries import notes_in, technical_notes
from lms.people.audit.rules import ACTIONS, TECHNICAL, Wanted, says
from lms.people.queries import find_organisation
from lms.record import projection
from lms.record.events import Actor, EventVoided
from lms.record.queries import all_events, events_about
from tests.builders import SPRING, keep, make_event, make_person

CHIEF = Actor("chief", "officer")


def noted(action: str, days: int = 0, **more: object) -> str:
    with writing():
        made = note(action, by=CHIEF, at=SPRING + timedelta(days=days), **more)  # type: ignore[arg-type]
    db.session.rollback()
    return made


def path(organisation: str) -> str:
    found = find_organisation(organisation)
    assert found is not None
    return found.path


def test_a_note_is_read_above_its_office_and_nowhere_else(tree: dict[str, str]) -> None:
    ama = make_person(office=tree["CI-OP-ABJ-01"])
    noted("pin.reset", learner=ama)
    noted("export.people", organisation=tree["KE-OP"])
    noted("export.figures")

    def read(code: str) -> list[str]:
        return [n.action for n in notes_in([path(tree[code])], Wanted())[0]]

    assert read("CI-OP") == ["pin.reset"]
    assert read("KE") == ["export.people"]
    assert read("CI-OP-ABJ-02") == []
    assert notes_in([], Wanted()) == ([], 0)
    assert notes_in(None, Wanted())[1] == 3


def test_notes_are_found_by_action_person_actor_and_day(tree: dict[str, str]) -> None:
    ama, kofi = make_person(office=tree["CI-OP"]), make_person(office=tree["CI-OP"])
    first = noted("pin.reset", learner=ama)
    second = noted("password.reset", 2, learner=kofi)
    day = SPRING.date()

    def ids(wanted: Wanted) -> list[str]:
        return [n.id for n in notes_in(None, wanted)[0]]

    assert ids(Wanted()) == [second, first]
    assert ids(Wanted(action="pin.reset")) == [first]
    assert ids(Wanted(learners=(kofi,))) == [second]
    assert ids(Wanted(learners=())) == []
    assert ids(Wanted(actors=("chief",))) == [second, first]
    assert ids(Wanted(first=day, last=day)) == [first]
    assert ids(Wanted(first=day + timedelta(days=1))) == [second]
    assert ids(Wanted(last=date(2020, 1, 1))) == []


def test_the_same_note_twice_is_one(app: Flask) -> None:
    same = new_id()
    noted("export.figures", event_id=same)
    noted("export.figures", event_id=same)

    assert notes_in(None, Wanted())[1] == 1


def test_an_engineer_reads_technical_notes_alone(tree: dict[str, str]) -> None:
    ama = make_person(office=tree["CI-OP"])
    noted("second-step.reset", learner=ama)
    noted("position.given", learner=ama)

    assert [n.action for n in technical_notes(None, Wanted())[0]] == ["second-step.reset"]
    assert technical_notes(None, Wanted(action="position.given"))[1] == 0
    assert set(TECHNICAL) <= set(ACTIONS)


def test_a_void_takes_no_note_away(tree: dict[str, str]) -> None:
    ama = make_person(office=tree["CI-OP"])
    made = noted("position.given", learner=ama)
    keep(make_event(EventVoided(made, "fraud")))
    before = notes_in(None, Wanted())
    assert [each.id for each in before[0]] == [made]

    with writing():
        projection.rebuild()
    db.session.rollback()

    assert notes_in(None, Wanted()) == before
    assert [s.id for s in events_about(learner=ama, kinds={AuditNoted.kind})] == [made]
    assert [s.id for batch in all_events({AuditNoted.kind}) for s in batch] == [made]


def test_a_void_that_comes_before_its_note_takes_nothing_away(tree: dict[str, str]) -> None:
    to_come = new_id()
    keep(make_event(EventVoided(to_come, "fraud")))
    noted("position.given", organisation=tree["CI-OP"], event_id=to_come)
    with writing():
        projection.rebuild()
    db.session.rollback()

    assert [each.id for each in notes_in(None, Wanted())[0]] == [to_come]


def test_the_trail_survives_a_rebuild(tree: dict[str, str]) -> None:
    noted("pin.reset", learner=make_person(office=tree["CI-OP"]), detail={"why": "forgotten"})
    before = notes_in(None, Wanted())
    with writing():
        projection.rebuild()
    db.session.rollback()

    assert notes_in(None, Wanted()) == before


def test_the_command_line_refuses_to_void_a_note(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lms.cli import record as commands

    made = noted("export.figures")
    monkeypatch.setattr("lms.cli.server.create_app", lambda _settings: app)
    answer = CliRunner().invoke(commands.void, [made, "--reason", "fraud"], obj=None)

    assert answer.exit_code != 0
    assert "only ever added to" in answer.output


def test_a_code_that_is_not_known_is_shown_as_it_is() -> None:
    assert str(says("something.new")) == "something.new"
    assert str(says("position.given")) == "A position was given"
