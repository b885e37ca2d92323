"""A helper joins and leaves: what is kept, what is counted, and what the figures make of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import insert, select

from lms.base.database import db, work_writing, writing
from lms.base.ids import new_id
from lms.courses.actions import publish_course, ready_folder
from lms.learning.actions import answer_question, finish_lesson, start_attempt, submit_attempt
from lms.learning.events import LEARNING_KINDS, LessonFinished
from lms.learning.queries import find_progress
from lms.learning.rules import HelperMustLeave
from lms.people.actions import begin_session, end_session, give_position
from lms.people.assistance.actions import (
    begin_assistance,
    count_left_open,
    note_assisted_work,
)
from lms.people.assistance.events import AssistanceAgreed, AssistanceGiven
from lms.people.assistance.queries import (
    assisted_at,
    find_assistance,
    minutes_given,
    minutes_given_by,
    minutes_received,
)
from lms.people.assistance.rules import NotAHelperHere, NotBesideOneself
from lms.people.assistance.tables import AssistanceNowRow, AssistanceRow
from lms.people.queries import find_visitor, token_hash
from lms.record import projection
from lms.record.events import SYSTEM, EventVoided, LearnerMerged
from lms.record.queries import count_of_events, events_about
from lms.record.tables import QuarantineRow
from lms.record.via import Company, stand_with
from lms.reports.queries import all_rows_behind, figures
from lms.reports.rules import Group
from tests.builders import SPRING, keep, make_event, make_person
from tests.builders_assistance import begin_learning, join, part
from tests.builders_courses import make_course_folder
from tests.builders_reports import ask, finishing, keep_all, person_events
from tests.builders_reports import publish as publish_short

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def minute(number: float) -> datetime:
    """So many minutes after nine."""
    return NINE + timedelta(minutes=number)


@pytest.fixture
def office(tree: dict[str, str]) -> str:
    return tree["CI-OP-ABJ-01"]


@pytest.fixture
def koffi(office: str) -> str:
    """Helps at the office."""
    return make_person(office=office, position="helper", at=office)


@pytest.fixture
def awa(office: str) -> str:
    """Learns."""
    return make_person(office=office)


def given_help(learner: str) -> list[tuple[str, int]]:
    """(helper, minutes) of each assistance that was counted."""
    kept = events_about(learner=learner, kinds={AssistanceGiven.kind})
    return [(s.event.helper, s.event.minutes) for s in kept if isinstance(s.event, AssistanceGiven)]


def test_the_learner_stays_signed_in_and_the_helper_is_seen(
    awa: str, koffi: str, office: str
) -> None:
    token = begin_session(person=awa, device="test", hours=8, at=NINE)
    give(awa, "trainer", office)
    before = find_visitor(token, NINE)
    join(token_hash(token), awa, koffi, office, at=NINE, event_id=new_id())
    db.session.rollback()

    during = find_visitor(token, minute(29))
    after = find_visitor(token, minute(30))
    assert before and during and after
    assert (before.assisted_by, during.assisted_by, after.assisted_by) == ("", koffi, "")
    assert during.person == awa
    assert before.acts_as("trainer") and after.acts_as("trainer")
    assert not during.acts_as("trainer"), "the helper sees no desk of the learner's"
    [agreed] = events_about(learner=awa, kinds={AssistanceAgreed.kind})
    assert (agreed.subject, agreed.at, agreed.actor) == (office, NINE, awa)


def give(person: str, position: str, office: str) -> None:
    """Gives a position."""
    with writing():
        give_position(
            person=person,
            position=position,
            organisation=office,
            on="2026-01-01",
            by=SYSTEM,
            at=NINE,
        )
    db.session.rollback()


def test_both_may_end_it_and_its_full_minutes_are_counted_once(
    awa: str, koffi: str, office: str
) -> None:
    session = begin_learning(awa, at=NINE)
    join(session, awa, koffi, office, at=NINE)
    assert [each.learner for each in assisted_at(office, minute(5))] == [awa]

    assert part(session, at=minute(17.9)) is True
    assert part(session, at=minute(18)) is False
    assert given_help(awa) == [(koffi, 17)]
    assert assisted_at(office, minute(18)) == []
    assert minutes_given(office, NINE.date()) == (1, 17)
    assert minutes_given_by(koffi, office, NINE.date()) == (1, 17)
    assert minutes_given_by(awa, office, NINE.date()) == (0, 0)
    assert minutes_received(awa) == (1, 17)
    assert minutes_given(office, NINE.date() + timedelta(days=7)) == (0, 0)


def test_it_lasts_thirty_minutes_after_the_last_sign_of_the_helper(
    awa: str, koffi: str, office: str
) -> None:
    session = begin_learning(awa, at=NINE)
    join(session, awa, koffi, office, at=NINE)
    note_assisted_work(session=session, at=minute(20), helper_is_there=True)
    note_assisted_work(session=session, at=minute(45), helper_is_there=False)
    assert find_assistance(session, minute(49)) is not None
    assert find_assistance(session, minute(50)) is None
    note_assisted_work(session=session, at=minute(51), helper_is_there=True)
    assert find_assistance(session, minute(51)) is None, "what has ended does not begin again"


def test_what_nobody_ended_is_counted_up_to_the_last_thing_that_was_saved(
    awa: str, koffi: str, office: str
) -> None:
    session = begin_learning(awa, at=NINE)
    join(session, awa, koffi, office, at=NINE)
    note_assisted_work(session=session, at=minute(16), helper_is_there=False)
    assert left() == 0 and given_help(awa) == []
    assert left(minute(31)) == 1
    assert left(minute(31)) == 0
    assert given_help(awa) == [(koffi, 16)]


def left(at: datetime = NINE) -> int:
    """Counts what nobody ended."""
    with writing():
        count = count_left_open(at=at)
    db.session.rollback()
    return count


def test_a_session_that_is_gone_takes_its_assistance_with_it(
    awa: str, koffi: str, office: str
) -> None:
    session = begin_learning(awa, at=NINE)
    join(session, awa, koffi, office, at=NINE)
    note_assisted_work(session=session, at=minute(3), helper_is_there=True)
    end_session(session=session)
    assert assisted_at(office, minute(4)) == []
    assert left(minute(4)) == 1
    assert given_help(awa) == [(koffi, 3)]


def test_a_crash_between_counting_and_forgetting_counts_once(
    awa: str, koffi: str, office: str
) -> None:
    session = begin_learning(awa, at=NINE)
    join(session, awa, koffi, office, at=NINE)
    with db.engines["work"].connect() as work:
        row = dict(work.execute(select(AssistanceNowRow.__table__)).one()._mapping)
    part(session, at=minute(12))
    with work_writing() as work:
        work.execute(insert(AssistanceNowRow).values(row))

    assert left(minute(40)) == 1
    assert given_help(awa) == [(koffi, 12)]
    assert db.session.scalars(select(QuarantineRow)).all() == []
    assert left(minute(41)) == 0


def test_a_second_helper_takes_over(awa: str, koffi: str, office: str) -> None:
    ama = make_person(office=office, position="manager", at=office)
    session = begin_learning(awa, at=NINE)
    join(session, awa, koffi, office, at=NINE)
    join(session, awa, ama, office, at=minute(10))
    found = find_assistance(session, minute(11))
    assert found and (found.helper, found.position) == (ama, "manager")
    part(session, at=minute(30))
    assert sorted(given_help(awa)) == sorted([(koffi, 10), (ama, 20)])


def test_nobody_joins_who_does_not_help_at_this_office(
    awa: str, koffi: str, office: str, tree: dict[str, str]
) -> None:
    elsewhere = make_person(office=office, position="helper", at=tree["CI-OP-ABJ-02"])
    trainer = make_person(office=office, position="trainer", at=tree["UPAP"])
    session = begin_learning(awa, at=NINE)
    before = count_of_events()
    for person in (elsewhere, trainer, awa, make_person(office=office)):
        refusal = NotBesideOneself if person == awa else NotAHelperHere
        with pytest.raises(refusal), writing():
            begin_assistance(
                session=session, learner=awa, helper=person, organisation=office,
                agreed_at=NINE, event_id=new_id(), at=NINE,
            )  # fmt: skip
    db.session.rollback()
    assert count_of_events() == before + 1, "only the person who was registered meanwhile"
    assert find_assistance(session, NINE) is None


def test_somebody_merged_with_the_helper_is_not_helped_by_themselves(
    awa: str, koffi: str, office: str
) -> None:
    keep(make_event(LearnerMerged(awa, koffi)))
    session = begin_learning(awa, at=NINE)
    with pytest.raises(NotBesideOneself):
        join(session, awa, koffi, office, at=NINE)


def test_a_merged_learner_has_the_help_of_both_and_it_can_be_undone(
    awa: str, koffi: str, office: str
) -> None:
    twin = make_person(office=office)
    for learner, long in ((awa, 5), (twin, 7)):
        session = begin_learning(learner, at=NINE)
        join(session, learner, koffi, office, at=NINE)
        part(session, at=minute(long))
    first = min(awa, twin)
    merge = make_event(LearnerMerged(awa, twin))
    keep(merge)
    assert minutes_received(first) == (2, 12)
    keep(make_event(EventVoided(merge.id, "wrong person")))
    assert minutes_received(awa) == (1, 5) and minutes_received(twin) == (1, 7)


def test_the_list_of_help_comes_back_the_same_from_the_record(
    awa: str, koffi: str, office: str
) -> None:
    session = begin_learning(awa, at=NINE)
    join(session, awa, koffi, office, at=NINE)
    part(session, at=minute(20))
    before = rows_of_help()
    with writing():
        projection.rebuild()
    db.session.rollback()
    assert before and rows_of_help() == before


def rows_of_help() -> list[tuple[Any, ...]]:
    """The projected rows."""
    return [tuple(row) for row in db.session.execute(select(AssistanceRow.__table__))]


@pytest.fixture
def alone(app: Flask, tree: dict[str, str], tmp_path: Path) -> str:
    """The hash of an edition whose test is taken without a helper."""
    folder = make_course_folder(tmp_path / "alone", assistance="{test: false}")
    with writing():
        edition = publish_course(
            ready=ready_folder(folder), note="", by=SYSTEM, event_id=new_id(), at=SPRING
        )
    db.session.rollback()
    assert not edition.assisted_test
    return edition.hash


def test_a_test_that_is_taken_alone_takes_nothing_while_a_helper_is_there(
    awa: str, koffi: str, alone: str
) -> None:
    given: dict[str, Any] = {"learner": awa, "course": "small-parcels", "at": NINE}
    with writing():
        attempt = start_attempt(edition=alone, language="fr", event_id=new_id(), **given)
    progress = find_progress(awa, "small-parcels")
    assert progress is not None
    question = progress.attempts[0].questions[0]
    before = count_of_events()
    stand_with(Company(koffi, "self"))
    try:
        with pytest.raises(HelperMustLeave), writing():
            answer_question(
                edition=alone, question=question, answer={}, language="fr", attempt=attempt,
                event_id=new_id(), **given,
            )  # fmt: skip
        with pytest.raises(HelperMustLeave), writing():
            submit_attempt(attempt=attempt, event_id=new_id(), **given)
        with writing():
            finish_lesson(
                edition=alone, lesson="weigh", language="fr", seconds=9, event_id=new_id(), **given
            )
    finally:
        stand_with(None)
    db.session.rollback()
    assert count_of_events() == before + 1, "lessons are read with a helper, the test is not taken"
    [lesson] = events_about(learner=awa, kinds={LessonFinished.kind})
    assert isinstance(lesson.event, LessonFinished) and lesson.event.helper == koffi


def test_the_same_form_sent_again_when_the_helper_has_left_is_the_same_event(
    awa: str, koffi: str, alone: str
) -> None:
    event_id = new_id()
    for company in (Company(koffi, "read-aloud"), None):
        stand_with(company)
        try:
            with writing():
                finish_lesson(
                    learner=awa, course="small-parcels", edition=alone, lesson="weigh",
                    language="fr", seconds=9, event_id=event_id, at=NINE,
                )  # fmt: skip
        finally:
            stand_with(None)
    db.session.rollback()
    kept = [s.event for s in events_about(learner=awa, kinds=LEARNING_KINDS)]
    [lesson] = [e for e in kept if isinstance(e, LessonFinished)]
    assert (lesson.helper, lesson.mode) == (koffi, "read-aloud")
    assert db.session.scalars(select(QuarantineRow)).all() == []


ABIDJAN, NAIROBI = "CI-OP-ABJ-01", "KE-OP-NBO-01"


def helped(events: list[Any], mode: str) -> list[Any]:
    """The same history, made with a helper beside."""
    from dataclasses import replace

    from lms.record.via import placed

    stand_with(Company("koffi", mode))
    try:
        return [placed(replace(each, channel="web")) for each in events]
    finally:
        stand_with(None)


def test_trained_alone_and_with_a_helper_are_told_apart_and_add_up(
    app: Flask, tree: dict[str, str], tmp_path: Path
) -> None:
    edition = publish_short(tmp_path, "s3")
    keep_all(
        *(person_events(name, ABIDJAN) for name in ("awa", "binta", "koffi")),
        finishing("awa", "s3", edition, "2024-02-10"),
        helped(finishing("binta", "s3", edition, "2024-02-11"), "read-aloud"),
    )
    question = ask("2024-Q1")
    report = figures(question)
    table = report.table("1a", "help")
    assert table is not None
    assert [(line.key, line.cells[0].count) for line in table.lines] == [
        ("self", 1),
        ("assisted", 1),
    ]
    rows = {row.person: row.help for row in all_rows_behind(question, "1a")}
    assert rows == {"AWA": "", "BINTA": "read-aloud"}
    [one] = all_rows_behind(question, "1a", Group("help", "assisted"))
    assert one.person == "BINTA"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(some.sampled_from(["", "self", "read-aloud", "typed"]), max_size=6))
def test_alone_and_with_a_helper_always_make_the_whole(
    app: Flask, tree: dict[str, str], tmp_path_factory: pytest.TempPathFactory, modes: list[str]
) -> None:
    edition = publish_once(tmp_path_factory)
    with pytest.raises(Over), writing():
        from lms.record.actions import record

        for number, mode in enumerate(modes):
            name = f"person{number}"
            done = finishing(name, "s3", edition, "2024-02-10")
            record([*person_events(name, ABIDJAN), *(helped(done, mode) if mode else done)])
        table = figures(ask("2024-Q1")).table("1a", "help")
        assert table is not None
        counts = {line.key: line.cells[0].count for line in table.lines}
        assert counts == {"self": modes.count(""), "assisted": len(modes) - modes.count("")}
        assert sum(c or 0 for c in counts.values()) == table.totals[0].count
        raise Over


class Over(Exception):
    """Ends a transaction without keeping it."""


def publish_once(factory: pytest.TempPathFactory) -> str:
    """The edition of a short course, published where it is not yet."""
    from lms.courses.queries import find_current_edition

    found = find_current_edition("s3")
    return found.hash if found else publish_short(factory.mktemp("courses"), "s3")


def assisting(learner: str, day: str, minutes: int, office: str = ABIDJAN) -> list[Any]:
    """An assistance that was given on a day."""
    from lms.people.importing import organisation_id
    from tests.builders_reports import noon

    event = AssistanceGiven(learner, "koffi", organisation_id(office), minutes)
    return [make_event(event, at=noon(day))]


def test_assisted_sessions_are_a_line_of_their_own_with_their_minutes(
    app: Flask, tree: dict[str, str]
) -> None:
    keep_all(
        *(person_events(name, ABIDJAN) for name in ("awa", "koffi")),
        person_events("otieno", NAIROBI),
        person_events("demo", ABIDJAN, demo=True),
        assisting("awa", "2024-02-10", 15),
        assisting("awa", "2024-02-11", 40),
        assisting("awa", "2024-02-12", 14),
        assisting("awa", "2024-04-01", 30),
        assisting("otieno", "2024-02-10", 20, NAIROBI),
        assisting("demo", "2024-02-10", 20),
    )
    question = ask("2024-Q1")
    figure = figures(question).figure("3k")
    assert figure.value == 3
    assert [count for _words, count in figure.asides] == [75, 1]
    assert figures(ask("2024-Q1", "KE")).figure("3k").value == 1
    by_office = figures(question).table("3k", "office")
    assert by_office is not None
    assert [line.cells[0].count for line in by_office.lines] == [2, 1]
    rows = list(all_rows_behind(question, "3k"))
    assert [(r.day, r.person, r.minutes, r.helper) for r in rows if r.person == "AWA"] == [
        ("2024-02-10", "AWA", 15, "KOFFI"),
        ("2024-02-11", "AWA", 40, "KOFFI"),
    ]


def test_a_void_assistance_counts_no_more(app: Flask, tree: dict[str, str]) -> None:
    given_once = assisting("awa", "2024-02-10", 15)
    keep_all(person_events("awa", ABIDJAN), given_once)
    assert figures(ask("2024-Q1")).figure("3k").value == 1
    keep(make_event(EventVoided(given_once[0].id, "mistake")))
    assert figures(ask("2024-Q1")).figure("3k").value == 0
