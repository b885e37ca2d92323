"""Who was registered twice is one person wherever they are shown or counted, and can be parted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some
from sqlalchemy import select, update

from lms.base.database import db, writing
from lms.base.ids import check_character, new_id
from lms.courses.actions import publish_course, ready_folder
from lms.courses.rules import Edition
from lms.people.actions import hash_password, register_person, sign_in
from lms.people.actions.leaving import ask_erasure, close_account, erase, erase_due, keep_me
from lms.people.actions.merging import (
    AnotherMustConfirm,
    NoProposal,
    NotMerged,
    OneNameWasRemoved,
    SamePerson,
    confirm_merge,
    decline_merge,
    part_again,
    propose_merge,
)
from lms.people.actions.persons import keep_names
from lms.people.erasures.queries import erasures_asked
from lms.people.events import LearnerErased, LearnerRegistered
from lms.people.queries import (
    find_person,
    find_person_in,
    find_visitor,
    name_alikes,
    path_on,
    people_in,
    people_known_as,
    people_numbered,
    people_with_ids,
    person_numbered,
)
from lms.people.queries.duplicates import find_proposal, proposals_in
from lms.people.rules import WrongSignIn
from lms.people.tables import CredentialRow, LearnerRow, PersonRow
from lms.record import projection
from lms.record.actions import record
from lms.record.aliases import aliases_of, canonical_of
from lms.record.events import SYSTEM, Actor, EventVoided, Happened
from tests.builders import SPRING, keep, make_event, make_person
from tests.builders_courses import make_course_folder
from tests.builders_histories import arrivals
from tests.builders_merging import (
    PEOPLE,
    for_nothing,
    groups,
    lives,
    merge,
    projected,
    told_of_one,
)
from tests.builders_reports import (
    ask,
    finishing,
    keep_all,
    person_events,
    publish_four,
    value,
    workshop_events,
)

THOROUGH = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.target, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
PASSWORD = "palme-oasis-jonque-jupe"
OFFICER, COLLEAGUE = Actor("officer", "officer"), Actor("colleague", "officer")


@pytest.fixture
def edition(app: Flask, tree: dict[str, str], tmp_path: Path) -> Edition:
    folder = make_course_folder(tmp_path)
    with writing():
        return publish_course(
            ready=ready_folder(folder), note="", by=SYSTEM, event_id=new_id(), at=SPRING
        )


def paths(tree: dict[str, str], *codes: str) -> list[str]:
    return [path_on(tree[code], SPRING.date()) for code in codes or ("UPAP",)]


@THOROUGH
@given(data=some.data())
def test_however_it_arrives_it_is_as_if_one_person_had_done_all(
    edition: Edition, tree: dict[str, str], data: some.DataObject
) -> None:
    history = data.draw(lives(edition, tree))
    one_way, another = data.draw(arrivals(history)), data.draw(arrivals(history))

    with for_nothing():
        for portion in one_way:
            record(portion)
        incremental = projected()
        leaders = {person: canonical_of(person) for person in PEOPLE}
        projection.rebuild()
        rebuilt = projected()
    with for_nothing():
        for portion in another:
            record(portion)
        otherwise = projected()
    with for_nothing():
        record(told_of_one(history))
        of_one = projected("person_number", "merge_proposal")

    assert incremental == rebuilt
    assert otherwise == incremental
    assert leaders == groups(history)
    incremental.pop("person_number")
    incremental.pop("merge_proposal")
    assert incremental == of_one


@THOROUGH
@given(data=some.data())
def test_taking_every_merge_back_gives_exactly_what_was_before(
    edition: Edition, tree: dict[str, str], data: some.DataObject
) -> None:
    history = data.draw(lives(edition, tree))
    merges = [told for told in history if told.event.kind == "learner.merged"]
    lives_alone = [h for h in history if h not in merges and not _voids(h, merges)]
    voids = [
        Happened(EventVoided(each.id, "wrong person"), new_id(), OFFICER, SPRING) for each in merges
    ]

    with for_nothing():
        record(lives_alone)
        before = projected()
        for portion in data.draw(arrivals([*merges, *voids])):
            record(portion)
        after = projected()

    assert after == before


def _voids(happened: Happened, targets: list[Happened]) -> bool:
    event = happened.event
    return isinstance(event, EventVoided) and event.target in {each.id for each in targets}


# Figures


def test_two_cards_of_one_person_count_once_and_parting_them_counts_two_again(
    app: Flask, tree: dict[str, str], tmp_path: Path
) -> None:
    editions = publish_four(tmp_path)
    keep_all(
        person_events("awa", "CI-OP-ABJ-01"),
        person_events("awa-again", "CI-OP-ABJ-02"),
        finishing("awa", "s3", editions["s3"], "2024-04-08"),
        finishing("awa-again", "s4", editions["s4"], "2024-05-06"),
    )
    year, quarter = ask("2024"), ask("2024-Q2")
    assert (value("1a", year), value("1b", year), value("1a", quarter)) == (2, 2, 2)

    found = merge("awa", "awa-again", day=93)
    keep(found)

    assert (value("1a", year), value("1b", year), value("1a", quarter)) == (1, 1, 1)
    keep(make_event(EventVoided(found.id, "wrong person")))
    assert (value("1a", year), value("1b", year), value("1a", quarter)) == (2, 2, 2)


def test_somebody_on_two_lines_of_a_roll_call_came_once(app: Flask, tree: dict[str, str]) -> None:
    keep_all(
        *(person_events(name, "CI-OP-ABJ-01") for name in ("awa", "awa-again", "kofi")),
        workshop_events(
            "w",
            {"awa": ["0", "1"], "awa-again": ["0"], "kofi": ["1"]},
            days=("2024-03-04", "2024-03-05"),
            sent_by={"kofi": "KE"},
        ),
    )
    year = ask("2024")
    assert (value("5a", year), value("5b", year)) == (3, 3)

    keep(merge("awa", "awa-again"))

    assert (value("5a", year), value("5b", year)) == (2, 2)


# Proposing and confirming


def twins(tree: dict[str, str], **facts: Any) -> tuple[str, str]:
    office = tree["CI-OP-ABJ-01"]
    one = make_person(office=office, given_name="Awa", family_name="Koné", **facts)
    two = make_person(office=office, given_name="Hawa", family_name="Kone", **facts)
    return one, two


def act(action: Any, learner: str, other: str, by: Actor = OFFICER, **more: Any) -> None:
    with writing():
        action(learner=learner, other=other, by=by, at=SPRING, event_id=new_id(), **more)
    db.session.rollback()


def test_names_that_sound_alike_with_the_same_year_of_birth_are_candidates(
    app: Flask, tree: dict[str, str]
) -> None:
    one, two = twins(tree)
    make_person(office=tree["CI-OP-ABJ-01"], given_name="Awa", family_name="Koné", birth_year=1971)

    assert [person.id for person in name_alikes(one)] == [two]


def test_who_proposes_does_not_confirm(app: Flask, tree: dict[str, str]) -> None:
    one, two = twins(tree)
    with pytest.raises(NoProposal):
        act(confirm_merge, one, two, COLLEAGUE)
    act(propose_merge, one, two, why="phone")

    with pytest.raises(AnotherMustConfirm):
        act(confirm_merge, one, two, OFFICER)
    act(confirm_merge, two, one, COLLEAGUE)

    assert aliases_of(two) == tuple(sorted((one, two)))
    assert proposals_in(paths(tree)) == []
    with pytest.raises(SamePerson):
        act(propose_merge, one, two, why="phone")


def test_nobody_is_merged_with_somebody_whose_name_was_removed(
    app: Flask, tree: dict[str, str]
) -> None:
    one, two = twins(tree)
    act(propose_merge, one, two, why="phone")
    keep(make_event(LearnerErased(two)))

    with pytest.raises(OneNameWasRemoved):
        act(confirm_merge, one, two, COLLEAGUE)

    db.session.rollback()
    still = find_person(one)
    assert still is not None and still.name and canonical_of(one) == one


def test_a_proposal_that_was_declined_can_be_made_again(app: Flask, tree: dict[str, str]) -> None:
    one, two = twins(tree)
    act(propose_merge, one, two, why="phone")
    act(decline_merge, one, two, COLLEAGUE)
    assert proposals_in(paths(tree)) == []
    with pytest.raises(NoProposal):
        act(confirm_merge, one, two, COLLEAGUE)

    with writing():
        propose_merge(
            learner=two,
            other=one,
            why="staff-number",
            by=COLLEAGUE,
            at=SPRING + timedelta(days=1),
            event_id=new_id(),
        )

    (proposal,) = proposals_in(paths(tree))
    assert (proposal.why, proposal.proposed_by) == ("staff-number", "colleague")


def test_two_merges_that_cross_are_undone_together(app: Flask, tree: dict[str, str]) -> None:
    one, two = twins(tree)
    keep(merge(one, two), merge(two, one))

    act(part_again, one, two, why="two-people")

    assert aliases_of(one) == (one,) and aliases_of(two) == (two,)
    with pytest.raises(NotMerged):
        act(part_again, one, two, why="two-people")


def test_a_proposal_between_two_who_became_one_through_a_third_is_settled(
    app: Flask, tree: dict[str, str]
) -> None:
    one, two = twins(tree)
    three = make_person(office=tree["CI-OP-ABJ-02"])
    act(propose_merge, one, three, why="phone")
    keep(merge(one, two))
    keep(merge(two, three))

    assert proposals_in(paths(tree)) == []
    found = find_proposal(one, three)
    assert found is not None and found.state == "merged"


# Who is one, is found as one


def test_either_number_and_either_password_open_the_one_account(
    app: Flask, tree: dict[str, str]
) -> None:
    hashed = hash_password(PASSWORD)
    one = make_person(office=tree["CI-OP-ABJ-01"], staff_number="A1", password_hash=hashed)
    two = make_person(office=tree["CI-OP-ABJ-01"], staff_number="B2", password_hash=hashed)
    numbers = [person.number for person in people_with_ids([one, two]).values()]
    keep(merge(one, two))
    canonical = min(one, two)

    for login in ("A1", "B2"):
        assert _enter(login) == canonical
    assert [person_numbered(number) for number in numbers] == [canonical, canonical]
    for number in ("A1", "B2", *numbers):
        assert [person.id for person in people_numbered(number)] == [canonical]


def test_who_was_registered_twice_with_one_number_and_one_password_enters(
    app: Flask, tree: dict[str, str]
) -> None:
    hashed = hash_password(PASSWORD)
    pair = [
        make_person(office=tree[office], staff_number="A1", password_hash=hashed)
        for office in ("CI-OP-ABJ-01", "KE-OP-NBO-01")
    ]
    with pytest.raises(WrongSignIn):
        _enter("A1")

    keep(merge(pair[0], pair[1]))

    assert _enter("A1") == min(pair)


def _enter(login: str) -> str:
    person, token = sign_in(
        login=login, password=PASSWORD, address="192.0.2.7", device="test", hours=1, at=SPRING
    )
    visitor = find_visitor(token, SPRING)
    assert visitor is not None and visitor.person == person
    db.session.rollback()
    return person


def test_a_number_that_two_people_hold_opens_neither(app: Flask, tree: dict[str, str]) -> None:
    number = "2222222" + check_character("2222222")
    office = tree["CI-OP-ABJ-01"]
    for person in ("awa", "kofi"):
        keep(make_event(LearnerRegistered(person, number, office, "employee")))
    assert person_numbered(number) is None

    keep(merge("awa", "kofi"))

    assert person_numbered(number) == "awa"


def test_an_old_address_still_leads_to_the_person(app: Flask, tree: dict[str, str]) -> None:
    one, two = twins(tree)
    keep(merge(one, two))
    canonical, alias = sorted((one, two))

    found = find_person(alias)
    assert found is not None and found.id == canonical
    inside = find_person_in(paths(tree), alias)
    assert inside is not None and inside.id == canonical
    assert people_with_ids([alias])[alias].id == canonical


# Nobody who is gone stands in a list


@pytest.fixture
def gone(app: Flask, tree: dict[str, str]) -> dict[str, str]:
    """Three people with a name, a number and a password who are no longer to be found."""
    hashed = hash_password(PASSWORD)
    facts: dict[str, Any] = {
        "office": tree["CI-OP-ABJ-01"],
        "password_hash": hashed,
        "phone": "+225 01 02 03 04",
    }
    names = ("closed", "merged", "erased", "open")
    people = {
        name: make_person(**facts, staff_number=name, **dict[str, Any](_named(name)))
        for name in names
    }
    people["canonical"] = make_person(
        **facts, staff_number="canonical", **dict[str, Any](_named("canonical"))
    )
    with writing():
        close_account(
            person=people["closed"], reason="left", by=OFFICER, at=SPRING, event_id=new_id()
        )
        erase(person=people["erased"], by=OFFICER, at=SPRING, event_id=new_id())
        first, second = sorted((people["merged"], people["canonical"]))
        record([merge(first, second)])
    people["canonical"], people["merged"] = first, second
    db.session.rollback()
    return people


def _named(name: str) -> dict[str, str]:
    return {"given_name": name.title(), "family_name": "Koné"}


def test_closed_merged_and_erased_people_stand_in_no_list(
    app: Flask, tree: dict[str, str], gone: dict[str, str]
) -> None:
    open_ones = {gone["open"], gone["canonical"]}
    everywhere = paths(tree)
    numbers = {
        row.id: row.number for row in db.session().execute(select(LearnerRow.id, LearnerRow.number))
    }

    for search in ("", "Koné", "kone", "+225 01 02 03 04"):
        found, count = people_in(everywhere, search=search)
        assert {person.id for person in found} == open_ones, search
        assert count == 2
    for name in ("closed", "erased"):
        assert people_in(everywhere, search=numbers[gone[name]])[0] == []
        assert people_numbered(numbers[gone[name]]) == []
        assert people_numbered(name) == []
    assert {person.id for person in name_alikes(gone["open"])} == {gone["canonical"]}
    assert people_known_as("erased") == []
    assert [person.id for person in people_known_as("merged")] == [gone["canonical"]]
    for name in ("merged", "canonical"):
        found, count = people_in(everywhere, search=name)
        assert [person.id for person in found] == [gone["canonical"]] and count == 1
    assert find_person_in(everywhere, gone["erased"]) is None
    closed, count = people_in(everywhere, closed=True)
    assert [person.id for person in closed] == [gone["closed"]]
    assert count == 1


def test_closed_and_erased_people_do_not_sign_in(app: Flask, gone: dict[str, str]) -> None:
    for login in ("closed", "erased"):
        with pytest.raises(WrongSignIn):
            _enter(login)
    assert _enter("merged") == gone["canonical"]


# Erased for ever


def test_who_is_erased_stays_erased_whatever_comes_back(app: Flask, tree: dict[str, str]) -> None:
    awa = make_person(
        office=tree["CI-OP-ABJ-01"], given_name="Awa", password_hash=hash_password(PASSWORD)
    )
    before = _names_of(awa)
    with writing():
        erase(person=awa, by=OFFICER, at=SPRING, event_id=new_id())

    with writing() as session:  # an old copy of the tables is put back
        session.execute(update(PersonRow).where(PersonRow.id == awa).values(**before))
        session.add(CredentialRow(person=awa, password="x", changed_at="x"))
    with writing():
        projection.rebuild()
    assert _is_nameless(awa)

    with writing():  # an old list brings the same person again
        register_person(
            person=awa,
            given_name="Awa",
            family_name="Koné",
            office=tree["CI-OP-ABJ-02"],
            employment="employee",
            staff_number="S9",
            password_hash=None,
            by=OFFICER,
            at=SPRING + timedelta(days=400),
        )
    assert _is_nameless(awa)
    row = db.session().get(LearnerRow, awa)
    assert row is not None and row.erased and row.closed


def test_an_erasure_that_arrives_before_the_person_wins(app: Flask, tree: dict[str, str]) -> None:
    with writing() as session:
        session.add(PersonRow(id="awa", **{**_no_names(), "given_name": "Awa"}))
    keep(make_event(LearnerErased("awa")))
    assert _is_nameless("awa")
    keep_all(person_events("awa", "CI-OP-ABJ-01"))

    row = db.session().get(LearnerRow, "awa")
    assert row is not None and row.erased


def test_erasing_one_of_two_who_are_one_removes_both_names_and_neither_comes_back(
    app: Flask, tree: dict[str, str]
) -> None:
    one, two = twins(tree)
    found = merge(one, two)
    keep(found)
    with writing():
        erase(person=min(one, two), by=OFFICER, at=SPRING, event_id=new_id())
    keep(make_event(EventVoided(found.id, "wrong person")))

    for person in (one, two):
        with writing():
            keep_names(person=person, given_name="Awa", family_name="Koné")
        assert _is_nameless(person)
    assert people_in(paths(tree))[1] == 0


def _no_names() -> dict[str, str]:
    columns = [column.name for column in PersonRow.__table__.columns if column.name != "id"]
    return dict.fromkeys(columns, "")


def _names_of(person: str) -> dict[str, str]:
    row = db.session().execute(select(PersonRow.__table__).where(PersonRow.id == person)).one()
    return {name: value for name, value in row._mapping.items() if name != "id"}


def _is_nameless(person: str) -> bool:
    db.session.rollback()
    secret = select(CredentialRow.person).where(CredentialRow.person == person)
    return _names_of(person) == _no_names() and db.session().scalar(secret) is None


# Erasure with time to think


def test_a_name_is_removed_after_thirty_days_unless_the_person_changes_their_mind(
    app: Flask, tree: dict[str, str]
) -> None:
    awa, kofi = make_person(office=tree["CI-OP-ABJ-01"]), make_person(office=tree["CI-OP-ABJ-01"])
    with writing():
        for person in (awa, kofi):
            ask_erasure(person=person, by=Actor(person), at=SPRING, event_id=new_id())
    with writing():
        keep_me(person=kofi, by=Actor(kofi), at=SPRING, event_id=new_id())
    assert [stored.learner for stored in erasures_asked()] == [awa]

    with writing():
        assert erase_due(at=SPRING + timedelta(days=29)) == 0
    assert not _is_nameless(awa)
    with writing():
        assert erase_due(at=SPRING + timedelta(days=30)) == 1
    with writing():
        assert erase_due(at=SPRING + timedelta(days=31)) == 0

    assert _is_nameless(awa)
    assert not _is_nameless(kofi)
    assert erasures_asked() == []
