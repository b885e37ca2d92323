"""Workshops: the fold over events, what counts, what is typed."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.record.events import Event, Stored
from lms.workshops.events import (
    ParticipantRemoved,
    WorkshopCancelled,
    WorkshopChanged,
)
from lms.workshops.rules import (
    Line,
    Share,
    State,
    attendance_share,
    attendances,
    completion_share,
    counts_as_workshop,
    day_from,
    distinct_people,
    fold,
    has_followed,
    line_from,
    problems_in,
    sitting_from_typed,
    standing_of,
    states_taking_part,
    time_from,
    who_came,
)
from lms.workshops.rules.refusals import (
    FamilyNameMissing,
    NothingTyped,
    PlaceMissing,
    SittingDayWrong,
    SittingEndsBeforeStart,
    SittingMissing,
    SittingsOverlap,
    SittingTimeWrong,
    TitleMissing,
)
from tests.builders_workshops import (
    expected,
    held,
    make_attendance,
    make_held,
    make_plan,
    make_sitting,
    make_workshop,
    planned,
    stored,
    there,
    three_days,
)

PEOPLE = st.sampled_from(["awa", "kofi", "lindiwe"])
SITTINGS = st.sampled_from(["day1", "day2", "day3", "unknown"])
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(lambda: planned()),
    st.builds(
        lambda title: WorkshopChanged(**vars(planned(plan=make_plan(title=title)))),
        st.sampled_from(["One", "Two"]),
    ),
    st.builds(held),
    st.builds(lambda: WorkshopCancelled("w1", "Strike")),
    st.builds(expected, PEOPLE, by=st.sampled_from(["ci", "gh"])),
    st.builds(lambda who: ParticipantRemoved(who, "w1"), PEOPLE),
    st.builds(there, PEOPLE, SITTINGS, st.booleans()),
)
HISTORIES = st.lists(st.builds(stored, EVENTS, st.integers(0, 8)), max_size=20)


@given(HISTORIES, st.randoms(use_true_random=False))
def test_events_that_arrive_in_another_order_or_twice_fold_to_the_same(
    history: list[Stored], chance: object
) -> None:
    again = history + history[::2]
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert fold(again) == fold(history)


@given(HISTORIES, st.data())
def test_two_halves_that_meet_late_fold_to_the_same(
    history: list[Stored], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(history)))
    assert fold(history[cut:] + history[:cut]) == fold(history)


@given(HISTORIES)
def test_whoever_was_present_is_on_the_list(history: list[Stored]) -> None:
    meeting = fold(history)
    if meeting is not None:
        came = {said.learner for said in meeting.presences.values() if said.present}
        assert came <= meeting.participants.keys()


def test_no_plan_no_workshop() -> None:
    assert fold([stored(there("awa", "day1"), 1)]) is None


def test_awa_unticked_was_not_there() -> None:
    history = [
        stored(planned(), 0),
        stored(there("awa", "day1"), 1),
        stored(there("awa", "day1", present=False), 2),
    ]
    meeting = fold(history)
    assert meeting is not None
    assert not meeting.presences["awa", "day1"].present


def test_kofi_removed_from_the_list_stays_where_he_came() -> None:
    told = [planned(), expected("kofi"), ParticipantRemoved("kofi", "w1")]
    history = [stored(event, minute) for minute, event in enumerate(told)]
    before = fold(history)
    after = fold([*history, stored(there("kofi", "day1"), 3)])
    assert before is not None
    assert after is not None
    assert "kofi" not in before.participants
    assert not after.participants["kofi"].expected


def test_the_announced_delegation_holds_over_the_one_written_at_the_door() -> None:
    told = [planned(), expected("awa", by="ci"), there("awa", "day1", by="gh")]
    meeting = fold([stored(event, minute) for minute, event in enumerate(told)])
    assert meeting is not None
    assert meeting.participants["awa"].accredited_by == "ci"


def test_a_cancelled_workshop_that_was_held_after_all_is_held() -> None:
    told = [planned(), WorkshopCancelled("w1", "Strike"), held()]
    meeting = fold([stored(event, minute) for minute, event in enumerate(told)])
    assert meeting is not None
    assert meeting.workshop.state is State.HELD
    assert meeting.workshop.held_on == date(2026, 3, 4)


def thirty_people() -> list[str]:
    return [f"person {number}" for number in range(30)]


def test_three_days_thirty_present_five_on_one_day_only() -> None:
    rows = [
        make_attendance(person, sitting, office=f"office {number % 3}")
        for number, person in enumerate(thirty_people())
        for sitting in (three_days()[:1] if number < 5 else three_days())
    ]
    workshop = make_held(rows, expected=thirty_people())
    assert workshop.counts
    assert attendances([workshop]) == 30
    assert completion_share([workshop]) == Share(25, 30)
    assert attendance_share([workshop]) == Share(25 * 3 + 5, 90)
    assert workshop.day == date(2026, 3, 4)


def test_a_participant_from_kigali_is_an_observer() -> None:
    day = three_days()[0]
    rows = [
        make_attendance("uwase", day, state="rw", membership="non-member", office="kigali"),
        make_attendance("awa", day),
    ]
    taking_part = states_taking_part([make_held(rows, invited=["ci", "gh"])])
    assert taking_part.came == {"ci"}
    assert taking_part.observers == {"rw"}
    assert taking_part.invited == {"ci", "gh"}
    assert attendances([make_held(rows)]) == 1
    assert who_came(make_held(rows), "observer") == {"uwase"}


def test_a_suspended_state_is_neither_invited_nor_counted() -> None:
    row = make_attendance("oumar", three_days()[0], state="ml", membership="suspended")
    taking_part = states_taking_part([make_held([row], invited=["ci"])])
    assert taking_part.came == frozenset()
    assert "ml" not in taking_part.invited


def test_awa_in_two_workshops_is_two_attendances_and_one_person() -> None:
    both = [make_held([make_attendance("awa", three_days()[0])]) for _ in range(2)]
    assert attendances(both) == 2
    assert distinct_people(both) == {"awa"}


def test_a_facilitator_and_an_interpreter_are_not_participants() -> None:
    rows = [
        make_attendance("kofi", three_days()[0], role="facilitator"),
        make_attendance("lindiwe", three_days()[0], role="interpreter"),
    ]
    assert attendances([make_held(rows)]) == 0
    assert who_came(make_held(rows), "facilitator") == {"kofi"}


def test_absent_people_do_not_make_a_workshop() -> None:
    day = three_days()[0]
    rows = [
        make_attendance("awa", day),
        make_attendance("kofi", day, office="accra", state="gh", present=False),
    ]
    assert not counts_as_workshop(make_held(rows))


@pytest.mark.parametrize(
    ("ends", "office", "state", "counts"),
    [
        ("11:00", "accra", "ci", True),
        ("10:59", "accra", "ci", False),
        ("11:00", "abidjan", "ci", False),
        ("11:00", "abidjan", "gh", True),
        ("11:00", "", "gh", True),
    ],
)
def test_what_counts_as_a_workshop(ends: str, office: str, state: str, counts: bool) -> None:
    sitting = make_sitting(ends=ends)
    workshop = make_workshop(make_plan(sittings=(sitting,)))
    rows = [
        make_attendance("awa", sitting),
        make_attendance("kofi", sitting, office=office, state=state),
    ]
    assert counts_as_workshop(make_held(rows, workshop=workshop)) is counts


@pytest.mark.parametrize("state", [State.PLANNED, State.CANCELLED])
def test_only_a_held_workshop_counts(state: State) -> None:
    rows = [
        make_attendance("awa", three_days()[0]),
        make_attendance("kofi", three_days()[0], office="accra"),
    ]
    assert not counts_as_workshop(make_held(rows, workshop=make_workshop(state=state)))


def test_eighty_percent_is_enough_and_less_is_not() -> None:
    assert has_followed(80, 100)
    assert not has_followed(79, 100)
    assert not has_followed(0, 0)


def test_a_sitting_nobody_came_to_is_not_expected_of_anybody() -> None:
    rows = [make_attendance("awa", three_days()[0])]
    assert attendance_share([make_held(rows, expected=["awa", "kofi"])]) == Share(1, 2)


def test_who_no_member_state_sends_is_an_observer() -> None:
    assert standing_of("participant", "member") == "participant"
    assert standing_of("participant", "") == "observer"
    assert standing_of("interpreter", "non-member") == "interpreter"


@pytest.mark.parametrize(
    "text", ["2026-03-02", "2/3/2026", "02.03.2026", " 02-03-2026 ", "02 03 2026"]
)
def test_days_as_people_write_them(text: str) -> None:
    assert day_from(text) == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["", "yesterday", "31/02/2026", "2026-13-01", "3/2026"])
def test_what_is_no_day(text: str) -> None:
    assert day_from(text) is None


@pytest.mark.parametrize("text", ["9:30", "09:30", "9h30", "9 h 30", "9.30", "09H30"])
def test_times_as_people_write_them(text: str) -> None:
    assert time_from(text) == time(9, 30)


@pytest.mark.parametrize("text", ["9", "9h", "09:00", "9 h"])
def test_whole_hours(text: str) -> None:
    assert time_from(text) == time(9)


@pytest.mark.parametrize("text", ["", "noon", "25:00", "9:75", "-9"])
def test_what_is_no_time(text: str) -> None:
    assert time_from(text) is None


def test_a_sitting_says_what_is_wrong_with_it() -> None:
    with pytest.raises(SittingDayWrong):
        sitting_from_typed(1, "s", "soon", "9", "10")
    with pytest.raises(SittingTimeWrong):
        sitting_from_typed(1, "s", "2026-03-02", "9", "late")
    with pytest.raises(SittingEndsBeforeStart):
        sitting_from_typed(1, "s", "2026-03-02", "10", "9")


def test_all_problems_of_a_plan_are_told_at_once() -> None:
    found = problems_in(make_plan(title=" ", place="", sittings=()))
    assert [type(problem) for problem in found] == [TitleMissing, PlaceMissing, SittingMissing]
    assert not problems_in(make_plan())
    assert not problems_in(make_plan(mode="online", place=""))


def test_two_sittings_at_the_same_time_are_refused() -> None:
    plan = make_plan(sittings=(make_sitting("a"), make_sitting("b", starts="11:59", ends="13:00")))
    assert [type(problem) for problem in problems_in(plan)] == [SittingsOverlap]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Awa Diop, 4471", Line("Awa", "Diop", "4471")),
        ("  Awa   Diop ", Line("Awa", "Diop", "")),
        ("DIOP Awa, 4471", Line("Awa", "DIOP", "4471")),
        ("Marie Claire N’Diaye,", Line("Marie Claire", "N’Diaye", "")),
        ("Aïcha Ould Béïda, 12", Line("Aïcha", "Ould Béïda", "12")),
        ("Zoé da Costa", Line("Zoé", "da Costa", "")),
        ("Ben Salah", Line("Ben", "Salah", "")),
        ("4471", Line("", "", "4471")),
        (", 4471", Line("", "", "4471")),
        ("7K3QF9M2", Line("", "", "7K3QF9M2")),
    ],
)
def test_one_person_in_one_line(text: str, line: Line) -> None:
    assert line_from(text) == line


def test_a_line_without_anything_or_without_a_family_name_is_refused() -> None:
    with pytest.raises(NothingTyped):
        line_from("  , ")
    with pytest.raises(FamilyNameMissing):
        line_from("Awa")


@given(st.text(max_size=60))
def test_no_line_breaks_the_reader(text: str) -> None:
    try:
        line = line_from(text)
    except (NothingTyped, FamilyNameMissing):
        return
    assert line.number or (line.given_name and line.family_name)
