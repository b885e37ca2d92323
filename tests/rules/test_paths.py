"""Who is asked what, until when: decided from what happened alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.learning.paths.events import LearnerEnrolled, LearnerUnenrolled
from lms.learning.paths.rules import (
    Asked,
    Post,
    Rule,
    Standing,
    Stay,
    asked_of,
    is_to_remind,
    standing,
    stays_of,
)
from lms.people.events import LearnerMoved, LearnerRegistered
from lms.record.events import Stored
from tests.builders_paths import told

SPRING = date(2026, 3, 2)
PLACES = {
    "abidjan": "union/ci/abidjan/",
    "bouake": "union/ci/bouake/",
    "nairobi": "union/ke/nairobi/",
}


def rule(scope: str, who: str = "employee", *, days: int = 0, since: str = "2026-01-10") -> Rule:
    return Rule(f"{scope}{who}", "op", who, "newcomers", days, date.fromisoformat(since), scope)


def stay(place: str, since: str = "2026-02-01", employment: str = "employee") -> Stay:
    return Stay(date.fromisoformat(since), PLACES[place], employment)


def asked_by(rules: list[Rule], stays: list[Stay], *said: Stored) -> list[Asked]:
    return asked_of(said, rules, stays, [])


@pytest.mark.parametrize(
    ("begun", "done", "due", "expected"),
    [
        (False, False, "", Standing.NOT_BEGUN),
        (True, False, "2026-03-02", Standing.BEGUN),
        (True, False, "2026-03-01", Standing.LATE),
        (True, True, "2026-03-01", Standing.DONE),
    ],
)
def test_a_course_is_late_the_day_after_it_was_due_unless_it_is_done(
    begun: bool, done: bool, due: str, expected: Standing
) -> None:
    assert standing(begun=begun, done=done, due=due, today=SPRING) is expected


def test_awa_who_joins_after_the_rule_has_its_days_from_her_first_day() -> None:
    (asked,) = asked_by([rule("union/ci/", days=90)], [stay("abidjan", "2026-02-01")])

    assert asked.since == date(2026, 2, 1)
    assert asked.due == "2026-05-02"


def test_kofi_who_was_there_before_has_the_days_from_the_day_of_the_rule() -> None:
    (asked,) = asked_by([rule("union/ci/", days=10)], [stay("abidjan", "2020-02-01")])

    assert asked.due == "2026-01-20"


def test_a_move_inside_the_unit_does_not_begin_the_days_anew() -> None:
    stays = [stay("abidjan", "2026-02-01"), stay("bouake", "2026-02-20")]

    (asked,) = asked_by([rule("union/ci/", days=10)], stays)

    assert asked.due == "2026-02-11"


@pytest.mark.parametrize(
    "stays",
    [
        [stay("nairobi")],
        [stay("abidjan", employment="citizen")],
        [stay("abidjan"), stay("nairobi", "2026-02-20")],
        [],
    ],
)
def test_a_rule_does_not_mean_who_is_elsewhere_or_employed_otherwise(stays: list[Stay]) -> None:
    assert asked_by([rule("union/ci/")], stays) == []


def test_who_comes_back_begins_anew() -> None:
    stays = [
        stay("abidjan", "2026-01-11"),
        stay("nairobi", "2026-02-01"),
        stay("abidjan", "2026-03-01"),
    ]

    (asked,) = asked_by([rule("union/ci/", days=1)], stays)

    assert asked.due == "2026-03-02"


def test_a_rule_for_trainers_means_who_holds_the_position_there() -> None:
    post = Post(date(2026, 2, 3), "union/ci/", "trainer")

    assert asked_of([], [rule("union/ci/", "trainer")], [], [post])[0].since == date(2026, 2, 3)
    assert asked_of([], [rule("union/ke/", "trainer")], [], [post]) == []


def test_what_a_person_said_stands_before_the_rule() -> None:
    more_time = told(LearnerEnrolled("awa", "op", None, "newcomers", "2026-12-31"), "2026-03-01")

    (asked,) = asked_by([rule("union/ci/", days=5)], [stay("abidjan")], more_time)

    assert (asked.due, asked.rule) == ("2026-12-31", "")


def test_who_was_let_off_is_not_asked_by_the_same_rule_again() -> None:
    let_off = told(LearnerUnenrolled("awa", "op", None, "newcomers"), "2026-03-01")

    assert asked_by([rule("union/ci/")], [stay("abidjan")], let_off) == []


def test_of_two_rules_for_one_path_the_earlier_day_holds() -> None:
    both = [rule("union/", "everybody", days=100), rule("union/ci/", days=10)]

    (asked,) = asked_by(both, [stay("abidjan")])

    assert asked.due == "2026-02-11"


def test_the_last_word_about_a_course_holds() -> None:
    said = [
        told(LearnerEnrolled("awa", "op", "parcels", None, "2026-05-01"), "2026-03-01"),
        told(LearnerUnenrolled("awa", "op", "parcels"), "2026-03-02"),
        told(LearnerEnrolled("awa", "op", "parcels", None, "2026-06-01"), "2026-03-03", "again"),
    ]

    assert [a.due for a in asked_by([], [], *said)] == ["2026-06-01"]
    assert asked_by([], [], *said[:2]) == []


@given(some.permutations(range(5)))
def test_the_order_in_which_it_is_told_changes_nothing(order: list[int]) -> None:
    said = [
        told(LearnerEnrolled("awa", "op", "parcels"), "2026-03-01", "a"),
        told(LearnerUnenrolled("awa", "op", "parcels"), "2026-03-01", "b"),
        told(LearnerEnrolled("awa", "op", None, "newcomers", "2026-09-09"), "2026-02-03", "c"),
        told(LearnerEnrolled("awa", "op", "post"), "2026-03-05", "d"),
        told(LearnerUnenrolled("awa", "op", "fraud"), "2026-03-05", "e"),
    ]
    rules, stays = [rule("union/ci/")], [stay("abidjan")]

    found = asked_of([said[place] for place in order], rules, stays, [])

    assert found == asked_of(said, rules, stays, [])
    assert [asked.subject for asked in found] == ["newcomers", "post"]


def test_stays_follow_registration_and_moves_that_have_taken_effect() -> None:
    history = [
        told(LearnerMoved("awa", "nairobi", "contract", "2027-01-01"), "2026-02-02", "later"),
        told(LearnerMoved("awa", "bouake", "contract", "2026-02-15"), "2026-02-16", "move"),
        told(LearnerRegistered("awa", "1", "abidjan", "employee"), "2026-01-05"),
    ]

    stays = stays_of(history, PLACES, SPRING)

    assert stays == [stay("abidjan", "2026-01-05"), stay("bouake", "2026-02-15", "contract")]
    assert stays_of(history[:2], PLACES, SPRING) == []


@pytest.mark.parametrize(
    ("dues", "reminded", "expected"),
    [
        (["2026-03-09"], None, True),
        (["2026-03-10"], None, False),
        (["2026-02-01"], "2026-02-23", True),
        (["2026-02-01"], "2026-02-24", False),
        (["", ""], None, False),
        ([], None, False),
    ],
)
def test_who_is_reminded_is_reminded_of_what_is_near_once_a_week(
    dues: list[str], reminded: str | None, expected: bool
) -> None:
    on = date.fromisoformat(reminded) if reminded else None

    assert is_to_remind(dues, on, SPRING) is expected
