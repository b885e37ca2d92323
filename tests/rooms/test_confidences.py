"""What people tell in confidence: kept apart, counted, erased; and nothing is kept too long."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text

from lms.base.clock import as_text
from lms.base.database import db, work_reading, work_writing, writing
from lms.base.ids import new_id
from lms.base.jobs import JobRow, queue
from lms.cli.privacy import remove_what_is_due
from lms.exchange.own_data.gathering import own_data
from lms.people.access.tables import AccessCodeRow, MailRow
from lms.people.actions import begin_session
from lms.people.actions.assignments import (
    BelongsThereAlready,
    DoesNotBelongThere,
    begin_assignment,
    end_assignment,
)
from lms.people.actions.leaving import ask_erasure, close_account, erase, reopen_account
from lms.people.corrections.actions import answer_correction, ask_correction
from lms.people.corrections.queries import corrections_of, find_correction, open_corrections_in
from lms.people.corrections.rules import AnsweredAlready, TooManyOpen
from lms.people.corrections.tables import CorrectionTextRow
from lms.people.functioning.actions import (
    forget_functioning,
    prefer_not_to_say,
    tell_functioning,
)
from lms.people.functioning.queries import counts_among, told_by
from lms.people.functioning.rules import ConsentMissing, WordingMissing
from lms.people.functioning.tables import FunctioningRow
from lms.people.queries import find_visitor, path_on, people_in
from lms.people.tables import PersonRow, SessionRow, TryRow
from lms.record import projection
from lms.record.events import Actor
from lms.settings import Settings
from tests.builders import SPRING, keep, make_person
from tests.builders_merging import merge

OFFICER = Actor("officer", "officer")


def tell(person: str, **answers: str) -> None:
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    with writing():
        tell_functioning(person=person, answers=given, agreed=True, language="en", at=SPRING)
    db.session.rollback()


def count(row: type) -> int:
    found = db.session().scalar(select(func.count()).select_from(row))
    db.session.rollback()
    return found or 0


# Difficulties in everyday activities

FINE = dict.fromkeys(
    ("seeing", "hearing", "walking", "remembering", "self_care", "communicating"), "no"
)


def test_answers_are_counted_and_a_person_who_was_merged_counts_once(
    app: Flask, tree: dict[str, str]
) -> None:
    awa, twin, kofi, silent, unasked = (make_person(office=tree["CI-OP-ABJ-01"]) for _ in range(5))
    tell(awa, **{**FINE, "walking": "a-lot"})
    tell(kofi, **FINE)
    with writing():
        prefer_not_to_say(person=silent, language="fr", at=SPRING)
    keep(merge(awa, twin))

    counts = counts_among([min(awa, twin), kofi, silent, unasked])

    assert counts == {"yes": 1, "no": 1, "refused": 1, "not-asked": 1}


def test_nothing_is_kept_without_consent_or_in_words_that_are_not_official(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    facts: dict[str, Any] = {"person": awa, "answers": {"seeing": "no"}, "at": SPRING}
    with pytest.raises(ConsentMissing), writing():
        tell_functioning(**facts, agreed=False, language="en")
    with pytest.raises(WordingMissing), writing():
        tell_functioning(**facts, agreed=True, language="fr")

    assert told_by(awa) is None


def test_answers_stand_in_no_event_and_go_when_the_person_says_so(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    before = db.session().scalar(text("SELECT count(*) FROM event"))
    tell(awa, **{**FINE, "seeing": "cannot"})
    assert db.session().scalar(text("SELECT count(*) FROM event")) == before

    with writing():
        prefer_not_to_say(person=awa, language="en", at=SPRING)
    told = told_by(awa)
    assert told is not None and told.answers == {}
    with writing():
        forget_functioning(person=awa)
    assert told_by(awa) is None
    assert count(FunctioningRow) == 0


# Corrections


def ask(person: str, what: str = "My name is written with one s") -> str:
    event_id = new_id()
    with writing():
        ask_correction(
            person=person, about="name", text=what, by=Actor(person), at=SPRING, event_id=event_id
        )
    db.session.rollback()
    return event_id


def test_a_request_is_seen_by_those_above_and_answered_once(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    request = ask(awa)
    here, elsewhere = ([path_on(tree[code], SPRING.date())] for code in ("CI-OP-ABJ", "KE-OP"))
    assert [each.id for each in open_corrections_in(here)] == [request]
    assert open_corrections_in(elsewhere) == []

    answer: dict[str, Any] = {
        "correction": request,
        "put_right": True,
        "answer": "Done",
        "by": OFFICER,
    }
    with writing():
        answer_correction(**answer, at=SPRING, event_id=new_id())
    with pytest.raises(AnsweredAlready), writing():
        answer_correction(**answer, at=SPRING, event_id=new_id())

    assert open_corrections_in(here) == []
    (mine,) = corrections_of(awa)
    assert (mine.state, mine.answer) == ("put-right", "Done")


def test_what_was_typed_stands_in_no_event_survives_a_rebuild_and_goes_with_the_name(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    request = ask(awa, "I am called Awa Traoré")
    bodies = db.session().scalars(text("SELECT body FROM event")).all()
    assert not any("Traor" in body for body in bodies)

    with writing():
        projection.rebuild()
    kept = find_correction(request)
    assert kept is not None and kept.text == "I am called Awa Traoré"

    with writing():
        erase(person=awa, by=OFFICER, at=SPRING, event_id=new_id())
    gone = find_correction(request)
    assert gone is not None and gone.text == ""
    assert count(CorrectionTextRow) == 0


def test_somebody_who_asks_very_often_waits_for_answers(app: Flask, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    for _ in range(5):
        ask(awa)
    with pytest.raises(TooManyOpen):
        ask(awa)


# Accounts and further offices


def test_closing_an_account_ends_its_sessions_at_once(app: Flask, tree: dict[str, str]) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    token = begin_session(person=awa, device="test", hours=1, at=SPRING)
    assert find_visitor(token, SPRING) is not None
    db.session.rollback()

    with writing():
        close_account(person=awa, reason="left", by=OFFICER, at=SPRING, event_id=new_id())

    assert find_visitor(token, SPRING) is None
    with work_reading() as work:
        assert work.scalar(select(func.count()).select_from(SessionRow)) == 0
    with writing():
        at = SPRING + timedelta(days=1)
        reopen_account(person=awa, by=OFFICER, at=at, event_id=new_id())
    token = begin_session(person=awa, device="test", hours=1, at=SPRING)
    assert find_visitor(token, SPRING) is not None


def test_somebody_in_two_offices_is_found_in_both_and_no_longer_where_they_left(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"])
    there = [path_on(tree["KE-OP"], SPRING.date())]
    on = SPRING.date()
    facts: dict[str, Any] = {
        "person": awa,
        "office": tree["KE-OP-NBO-01"],
        "by": OFFICER,
        "at": SPRING,
    }
    with pytest.raises(DoesNotBelongThere), writing():
        end_assignment(**facts, on=on, event_id=new_id())
    event_id = new_id()
    for _ in range(2):  # the same form sent twice
        with writing():
            begin_assignment(**facts, employment="employee", on=on, event_id=event_id)
    with pytest.raises(BelongsThereAlready), writing():
        begin_assignment(**facts, employment="employee", on=on, event_id=new_id())
    assert [person.id for person in people_in(there)[0]] == [awa]

    with writing():
        end_assignment(**facts, on=on + timedelta(days=1), event_id=new_id())

    assert people_in(there)[0] == []


# One's own data


def test_the_file_holds_everything_about_the_person_and_nobody_else(
    app: Flask, tree: dict[str, str]
) -> None:
    awa = make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", phone="+225 07 08 09 10")
    twin = make_person(office=tree["CI-OP-ABJ-02"], given_name="Hawa")
    other = make_person(office=tree["CI-OP-ABJ-02"], given_name="Kofi")
    from lms.people.actions.merging import propose_merge

    with writing():
        propose_merge(
            learner=awa, other=other, why="sound", by=OFFICER, at=SPRING, event_id=new_id()
        )
    ask(awa)
    tell(awa, **FINE)
    keep(merge(awa, twin))

    data = own_data(awa, SPRING)
    text = json.dumps(data)

    assert {each["name"] for each in data["registered_as"]} == {"Awa Essai", "Hawa Essai"}
    assert [each["kind"] for each in data["events"]].count("learner.registered") == 2
    assert data["functioning"]["answers"]["seeing"] == "no"
    assert data["corrections"][0]["text"] == "My name is written with one s"
    assert other not in text and "Kofi" not in text and "officer" not in text


# Kept long enough


def test_everything_goes_on_its_day_and_not_before(
    app: Flask, tree: dict[str, str], settings: Settings
) -> None:
    awa, kofi = (make_person(office=tree["CI-OP-ABJ-01"]) for _ in range(2))
    begin_session(person=kofi, device="test", hours=1, at=SPRING)
    request = ask(kofi)
    with work_writing() as work:
        work.execute(insert(TryRow).values(who="x", at=as_text(SPRING)))
    queue(kind="check", subject="s", person=kofi, at=SPRING)
    with writing() as session:
        ask_erasure(person=awa, by=Actor(awa), at=SPRING, event_id=new_id())
        answer_correction(
            correction=request,
            put_right=False,
            answer="No",
            by=OFFICER,
            at=SPRING,
            event_id=new_id(),
        )
        moment = as_text(SPRING)
        for name, state in (("sent", "sent"), ("waits", "waits")):
            session.add(
                AccessCodeRow(
                    id=name,
                    person=kofi,
                    purpose="reset",
                    digest="",
                    made_by=None,
                    made_at=moment,
                    ends_at=moment,
                    used_at="",
                )
            )
            session.add(
                MailRow(
                    id=name,
                    person=kofi,
                    code=name,
                    language="fr",
                    made_at=moment,
                    due_at=moment,
                    tries=1,
                    state=state,
                    problem="",
                )
            )

    assert removed(settings, days=0) == {}
    assert removed(settings, days=2) == {"ended sessions": 1, "failed sign-ins": 1}
    assert removed(settings, days=8) == {"finished jobs": 1}
    assert removed(settings, days=30) == {"names removed": 1}
    assert removed(settings, days=31) == {"messages and codes": 2}
    assert removed(settings, days=366) == {"texts of requests": 1}
    assert removed(settings, days=366) == {}

    names = db.session().get(PersonRow, awa)
    assert names is not None and names.given_name == ""
    assert db.session().get(MailRow, "waits") is not None
    assert corrections_of(kofi)[0].state == "left"
    with work_reading() as work:
        assert work.scalar(select(func.count()).select_from(JobRow)) == 0


def removed(settings: Settings, *, days: int) -> dict[str, int]:
    done = dict(remove_what_is_due(settings, SPRING + timedelta(days=days)))
    db.session.rollback()
    return {what: number for what, number in done.items() if number}
