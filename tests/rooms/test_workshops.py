"""Workshops with a database: what organisers do, what is kept, what is refused."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from lms.base.database import db, writing
from lms.base.ids import derived_id
from lms.people import queries as people
from lms.people.actions import add_organisations, move_person, register_person
from lms.people.events import OrganisationAdded
from lms.record import projection
from lms.record.actions import record
from lms.record.events import SYSTEM, Actor, EventVoided, Happened
from lms.record.queries import count_in_quarantine, count_of_events, events_about
from lms.workshops import actions
from lms.workshops.paper import attendance_csv, sheet_of
from lms.workshops.queries import (
    attended_by,
    current_workshop,
    find_workshop,
    held_between,
    participants_of,
    roll_of,
    sittings_with_roll,
    workshops_in,
)
from lms.workshops.rules import State, attendances, states_taking_part
from lms.workshops.rules.refusals import (
    AlreadyCancelled,
    AlreadyHeld,
    FamilyNameMissing,
    NobodyCame,
    NothingTyped,
    NotOnTheList,
    NotOverYet,
    NumberOfSomebodyElse,
    NumberShared,
    NumberUnknown,
    ReasonMissing,
    SittingHasRoll,
    SittingUnknown,
    TitleMissing,
    TooEarlyForRoll,
    WorkshopUnknown,
)
from lms.workshops.tables import AttendanceRow, ParticipantRow, WorkshopRow
from tests.builders_workshops import MONDAY, make_plan, make_sitting

T = TypeVar("T")
KOFI = Actor("kofi", "trainer")
AFTER = datetime(2026, 3, 4, 16, tzinfo=UTC)
_number = count()

PLACES = {
    "papu": ("union", None, "", "member"),
    "ci": ("state", "papu", "CI", "member"),
    "gh": ("state", "papu", "GH", "member"),
    "ke": ("state", "papu", "KE", "member"),
    "ml": ("state", "papu", "ML", "suspended"),
    "rw": ("state", "papu", "RW", "non-member"),
    "poste": ("operator", "ci", "CI", "member"),
    "abidjan": ("office", "poste", "CI", "member"),
    "bouake": ("office", "poste", "CI", "member"),
    "accra": ("office", "gh", "GH", "member"),
}


def place_added(name: str) -> OrganisationAdded:
    level, parent, country, membership = PLACES[name]
    return OrganisationAdded(
        organisation=name,
        code=name.upper(),
        level=level,
        parent=parent,
        name_fr=name,
        name_en=name,
        country=country,
        area="rural" if name == "bouake" else "urban",
        membership=membership,
    )


@pytest.fixture
def places(app: Flask) -> Iterator[None]:
    with writing():
        add_organisations([place_added(name) for name in PLACES], by=SYSTEM, at=AFTER)
    yield


def do(act: Callable[..., T], **given: Any) -> T:
    """One act, in a transaction of its own, a second after the last one."""
    at = given.pop("at", AFTER) + timedelta(seconds=next(_number))
    with writing():
        return act(by=KOFI, at=at, **given)


def new_ticket() -> str:
    return derived_id("ticket", str(next(_number)))


def register(given: str, family: str, office: str = "abidjan", **more: Any) -> str:
    return do(
        register_person,
        given_name=given,
        family_name=family,
        office=office,
        employment="employee",
        event_id=new_ticket(),
        **more,
    )


def plan(**more: Any) -> str:
    return do(actions.plan_workshop, plan=make_plan(**more), event_id=new_ticket())


def expect(workshop: str, role: str = "participant", **people_of: str) -> int:
    return do(
        actions.expect_people,
        workshop=workshop,
        people_of=people_of,
        role=role,
        ticket=new_ticket(),
    )


def roll(workshop: str, present: dict[str, bool], sitting: str = "day1", **more: Any) -> int:
    given = {"ticket": new_ticket(), **more}
    return do(actions.take_roll, workshop=workshop, sitting=sitting, present=present, **given)


def walk_in(workshop: str, line: str, sender: str = "abidjan", **more: Any) -> str:
    given = {"ticket": new_ticket(), "sitting": "day1", "door": actions.Door(sender), **more}
    return do(actions.add_walk_in, workshop=workshop, line=line, **given)


def hold(workshop: str, **more: Any) -> None:
    do(actions.hold_workshop, workshop=workshop, event_id=new_ticket(), **more)


def cancel(workshop: str, reason: str = "Strike", **more: Any) -> None:
    given = {"event_id": new_ticket(), **more}
    do(actions.cancel_workshop, workshop=workshop, reason=reason, **given)


def who_is_there(workshop: str, sitting: str = "day1") -> set[str]:
    return {listed.name for listed, present in roll_of(workshop, sitting) if present}


def test_a_planned_workshop_is_found_in_its_organisers_scope_alone(places: None) -> None:
    workshop = plan(organiser="poste")
    assert [o.workshop.id for o in workshops_in(["papu/ci/"])] == [workshop]
    assert current_workshop(workshop, ["papu/"]).workshop.title == "Mobile money at the counter"
    assert workshops_in(["papu/gh/"]) == []
    assert workshops_in([]) == []
    with pytest.raises(WorkshopUnknown):
        current_workshop(workshop, ["papu/gh/"])


def test_the_same_form_sent_twice_plans_one_workshop(places: None) -> None:
    ticket = new_ticket()
    both = [do(actions.plan_workshop, plan=make_plan(), event_id=ticket) for _ in range(2)]
    assert both[0] == both[1]
    assert len(workshops_in(["papu/"])) == 1
    assert count_in_quarantine() == 0


def test_a_plan_without_a_title_is_refused_and_nothing_is_kept(places: None) -> None:
    before = count_of_events()
    with pytest.raises(TitleMissing):
        plan(title="  ")
    assert count_of_events() == before


def test_a_changed_workshop_has_the_new_facts(places: None) -> None:
    workshop = plan()
    do(
        actions.change_workshop,
        workshop=workshop,
        plan=make_plan(title="Savings at the counter"),
        event_id=new_ticket(),
    )
    found = find_workshop(workshop)
    assert found is not None
    assert found.title == "Savings at the counter"


def test_a_sitting_with_people_present_cannot_be_taken_away(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop")
    expect(workshop, **{awa: "abidjan"})
    roll(workshop, {awa: True}, sitting="day3")
    with pytest.raises(SittingHasRoll):
        do(
            actions.change_workshop,
            workshop=workshop,
            plan=make_plan(sittings=(make_sitting("day1"),)),
            event_id=new_ticket(),
        )


def test_the_same_roll_five_times_is_one_roll(places: None) -> None:
    workshop, awa, yao = plan(), register("Awa", "Diop"), register("Yao", "Konan")
    expect(workshop, **{awa: "abidjan", yao: "abidjan"})
    ticket, before = new_ticket(), count_of_events()
    for _ in range(5):
        roll(workshop, {awa: True, yao: True}, ticket=ticket)
    assert count_of_events() == before + 2
    assert who_is_there(workshop) == {"Awa Diop", "Yao Konan"}
    assert count_in_quarantine() == 0


def test_an_unticked_person_was_not_there_even_from_the_same_form(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop")
    expect(workshop, **{awa: "abidjan"})
    ticket = new_ticket()
    roll(workshop, {awa: True}, ticket=ticket)
    roll(workshop, {awa: False}, ticket=ticket)
    assert who_is_there(workshop) == set()
    assert count_in_quarantine() == 0


def test_a_replayed_form_does_not_undo_a_correction(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop")
    expect(workshop, **{awa: "abidjan"})
    first = new_ticket()
    roll(workshop, {awa: True}, ticket=first)
    roll(workshop, {awa: False})
    roll(workshop, {awa: True}, ticket=first)
    assert who_is_there(workshop) == set()


def test_two_people_may_each_tick_a_part_of_the_room(places: None) -> None:
    workshop, awa, yao = plan(), register("Awa", "Diop"), register("Yao", "Konan")
    expect(workshop, **{awa: "abidjan", yao: "abidjan"})
    roll(workshop, {awa: True})
    roll(workshop, {yao: True})
    assert who_is_there(workshop) == {"Awa Diop", "Yao Konan"}


def test_who_is_not_on_the_list_cannot_be_ticked(places: None) -> None:
    with pytest.raises(NotOnTheList):
        roll(plan(), {register("Awa", "Diop"): True})


def test_a_roll_of_an_unknown_sitting_or_workshop_is_refused(places: None) -> None:
    with pytest.raises(SittingUnknown):
        roll(plan(), {}, sitting="elsewhere")
    with pytest.raises(WorkshopUnknown):
        roll("no such workshop", {})


def test_no_roll_before_the_day(places: None) -> None:
    with pytest.raises(TooEarlyForRoll):
        roll(plan(), {}, at=AFTER - timedelta(days=20))


def test_a_roll_written_down_later_says_so(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop")
    expect(workshop, **{awa: "abidjan"})
    roll(workshop, {awa: True}, sitting="day1", at=AFTER)
    roll(workshop, {awa: True}, sitting="day3", at=AFTER)
    (listed,) = participants_of(workshop)
    assert listed.late_at == {"day1"}
    assert listed.present_at == {"day1", "day3"}


def test_a_removed_person_is_gone_unless_they_came(places: None) -> None:
    workshop, awa, yao = plan(), register("Awa", "Diop"), register("Yao", "Konan")
    expect(workshop, **{awa: "abidjan", yao: "abidjan"})
    roll(workshop, {awa: True})
    for learner in (awa, yao):
        do(actions.remove_person, workshop=workshop, learner=learner, event_id=new_ticket())
    assert [(p.name, p.expected) for p in participants_of(workshop)] == [("Awa Diop", False)]


def test_a_walk_in_is_registered_once_and_present(places: None) -> None:
    workshop, ticket = plan(), new_ticket()
    found = {walk_in(workshop, "Awa Diop, 4471", ticket=ticket) for _ in range(5)}
    assert len(found) == 1
    person = people.current_person(found.pop())
    assert (person.name, person.staff_number, person.office) == ("Awa Diop", "4471", "abidjan")
    assert who_is_there(workshop) == {"Awa Diop"}
    (listed,) = participants_of(workshop)
    assert not listed.expected
    assert listed.state is not None
    assert listed.state.id == "ci"


def test_a_walk_in_is_found_by_staff_number_or_card_number(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop", staff_number="4471")
    card = people.current_person(awa).number
    assert walk_in(workshop, "Diop Awa, 4471") == awa
    assert walk_in(workshop, card.lower(), sitting="day2") == awa
    assert sittings_with_roll(workshop) == {"day1": 1, "day2": 1}


def test_a_walk_in_by_name_alone_is_who_is_on_the_list(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop")
    expect(workshop, **{awa: "abidjan"})
    assert walk_in(workshop, "DIOP awa") == awa


def test_a_namesake_who_is_not_on_the_list_is_somebody_else(places: None) -> None:
    awa = register("Awa", "Diop")
    assert walk_in(plan(), "Awa Diop") != awa


def test_a_number_that_two_operators_use_means_the_one_of_the_delegation(places: None) -> None:
    awa = register("Awa", "Diop", staff_number="7")
    ama = register("Ama", "Mensah", office="accra", staff_number="7")
    workshop = plan()
    assert walk_in(workshop, "7", sender="accra") == ama
    assert walk_in(workshop, "7", sender="bouake") == awa
    with pytest.raises(NumberShared):
        walk_in(workshop, "7", sender="ke")


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("", NothingTyped),
        ("Awa", FamilyNameMissing),
        ("99999", NumberUnknown),
        ("Somebody Else, 4471", NumberOfSomebodyElse),
    ],
)
def test_a_walk_in_that_is_not_clear_is_refused(
    places: None, line: str, refusal: type[Exception]
) -> None:
    register("Awa", "Diop", staff_number="4471")
    workshop = plan()
    with pytest.raises(refusal):
        walk_in(workshop, line)
    assert participants_of(workshop) == []


def test_typed_lines_put_known_and_new_people_on_the_list(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop", staff_number="4471")
    do(
        actions.expect_typed,
        workshop=workshop,
        lines=["4471", "Yao Konan", "Yao Konan"],
        door=actions.Door("abidjan"),
        ticket=new_ticket(),
    )
    listed = participants_of(workshop)
    assert [each.name for each in listed] == ["Awa Diop", "Yao Konan"]
    assert awa in {each.learner for each in listed}
    assert all(each.expected and not each.present_at for each in listed)


def test_a_workshop_is_held_on_the_last_day_anybody_came(places: None) -> None:
    workshop = plan()
    walk_in(workshop, "Awa Diop", sitting="day2")
    hold(workshop)
    found = find_workshop(workshop)
    assert found is not None
    assert (found.state, found.held_on) == (State.HELD, MONDAY + timedelta(days=1))
    hold(workshop)


def test_nobody_came_or_not_over_yet(places: None) -> None:
    workshop = plan()
    with pytest.raises(NobodyCame):
        hold(workshop)
    morning = datetime(2026, 3, 2, 12, tzinfo=UTC)
    walk_in(workshop, "Awa Diop", at=morning)
    with pytest.raises(NotOverYet):
        hold(workshop, at=morning)


def test_a_cancelled_workshop_stays_so(places: None) -> None:
    workshop, ticket = plan(), new_ticket()
    with pytest.raises(ReasonMissing):
        cancel(workshop, "  ")
    cancel(workshop, event_id=ticket)
    cancel(workshop, event_id=ticket)
    for act in (cancel, hold, lambda w: roll(w, {})):
        with pytest.raises(AlreadyCancelled):
            act(workshop)
    found = find_workshop(workshop)
    assert found is not None
    assert found.cancelled_because == "Strike"


def test_a_held_workshop_cannot_be_cancelled(places: None) -> None:
    workshop = plan()
    walk_in(workshop, "Awa Diop")
    hold(workshop)
    with pytest.raises(AlreadyHeld):
        cancel(workshop)


def workshop_of_four_states() -> str:
    workshop = plan(invited=("ci", "gh", "ke", "ml"))
    for line, sender in (
        ("Awa Diop", "abidjan"),
        ("Ama Mensah", "accra"),
        ("Keza Uwase", "rw"),
        ("Oumar Keita", "ml"),
    ):
        walk_in(workshop, line, sender=sender)
    return workshop


def test_what_reports_are_given(places: None) -> None:
    workshop = workshop_of_four_states()
    assert held_between(MONDAY, MONDAY + timedelta(days=9)) == []
    hold(workshop)
    (held,) = held_between(MONDAY, MONDAY)
    assert held.counts
    assert attendances([held]) == 2
    taking_part = states_taking_part([held])
    assert taking_part.came == {"ci", "gh"}
    assert taking_part.invited == {"ci", "gh", "ke"}
    assert taking_part.observers == {"rw", "ml"}
    assert held_between(date(2026, 4, 1), date(2026, 6, 30)) == []
    assert held_between(MONDAY, MONDAY, demo=True) == []


def test_what_was_true_on_the_day_stays_when_awa_moves(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop", sex="female", birth_year=1990)
    expect(workshop, **{awa: "ci"})
    roll(workshop, {awa: True})
    roll(workshop, {awa: True}, sitting="day3")
    do(
        move_person,
        person=awa,
        office="bouake",
        employment="contract",
        on="2026-03-04",
        event_id=new_ticket(),
    )
    rows = db.session().execute(
        select(AttendanceRow.sitting, AttendanceRow.office, AttendanceRow.area)
    )
    assert {tuple(row) for row in rows} == {
        ("day1", "abidjan", "urban"),
        ("day3", "bouake", "rural"),
    }


def test_a_state_that_arrives_late_is_filled_in(app: Flask) -> None:
    workshop = plan(organiser="ci")
    person = register("Awa", "Diop")
    expect(workshop, **{person: "abidjan"})
    roll(workshop, {person: True})
    assert participants_of(workshop)[0].standing == "observer"
    with writing():
        add_organisations([place_added(name) for name in PLACES], by=SYSTEM, at=AFTER)
    assert participants_of(workshop)[0].standing == "participant"
    assert workshops_in(["papu/ci/"])


def test_a_voided_presence_never_was(places: None) -> None:
    workshop, awa = plan(), register("Awa", "Diop")
    expect(workshop, **{awa: "abidjan"})
    roll(workshop, {awa: True})
    (presence,) = events_about(learner=awa, kinds=["workshop.attended"])
    with writing():
        void = EventVoided(target=presence.id, reason="wrong person")
        record([Happened(void, new_ticket(), KOFI, AFTER)])
    assert who_is_there(workshop) == set()


def everything() -> list[list[tuple[Any, ...]]]:
    tables = (WorkshopRow, ParticipantRow, AttendanceRow)
    return [
        sorted(tuple(row) for row in db.session().execute(select(table.__table__)))
        for table in tables
    ]


def test_tables_rebuilt_from_the_record_are_the_same(places: None) -> None:
    workshop = workshop_of_four_states()
    hold(workshop)
    cancel(plan())
    before = everything()
    with writing():
        projection.rebuild()
    assert everything() == before
    assert all(before)


def test_events_that_arrive_in_another_order_give_the_same_tables(places: None) -> None:
    workshop = workshop_of_four_states()
    hold(workshop)
    before = everything()
    arrived = events_about(subject=workshop)
    random.Random(7).shuffle(arrived)
    with writing():
        for stored in arrived:
            projection.project([stored])
    assert everything() == before


def test_what_awa_attended(places: None) -> None:
    workshop = plan()
    awa = walk_in(workshop, "Awa Diop")
    assert [each.id for each in attended_by(awa)] == [workshop]
    assert attended_by("nobody") == []


def test_the_table_of_a_workshop(places: None) -> None:
    workshop = workshop_of_four_states()
    known = find_workshop(workshop)
    assert known is not None
    text = attendance_csv(sheet_of(known, "en"), "en").decode("utf-8-sig")
    assert len(text.splitlines()) == 5
    assert "observer" in next(line for line in text.splitlines() if "Uwase" in line)


def count_queries(read: Callable[[], object]) -> int:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    read()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_forty_people_are_read_with_few_queries(places: None) -> None:
    workshop = plan()
    lines = [f"Person Number{chr(97 + n % 26)}{n // 26 * 'x'}" for n in range(40)]
    do(
        actions.expect_typed,
        workshop=workshop,
        lines=lines,
        door=actions.Door("abidjan"),
        ticket=new_ticket(),
    )
    assert roll(workshop, {p.learner: True for p in participants_of(workshop)}) == 40
    assert db.session().scalar(select(func.count()).select_from(AttendanceRow)) == 40
    assert count_queries(lambda: roll_of(workshop, "day1")) <= 4
