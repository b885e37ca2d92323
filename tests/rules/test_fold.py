"""Progress follows from the set of what happened: not from order, repetition or company."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.learning.keeping import from_json, to_json
from lms.learning.rules import Progress, fold
from lms.learning.rules.completion import completed_at
from lms.record.events import Stored
from tests.builders_learning import (
    EDITION,
    RIGHT,
    WRONG,
    Shelf,
    answered,
    at,
    began_test,
    finished,
    handed_in,
    make_edition,
    make_stored,
    started,
)

COURSE = make_edition(test=4)
SHELF = Shelf(COURSE)
MINUTES = some.integers(0, 12)


@some.composite
def histories(draw: Any) -> list[Stored]:
    """What one learner may have done, with several things in the same minute."""
    told: list[Stored] = []
    for number in range(draw(some.integers(0, 14))):
        minute = draw(MINUTES)
        attempt = draw(some.sampled_from([None, "attempt-1", "attempt-2"]))
        question = draw(some.sampled_from(["q1", "q2", "q3", "t1", "t2", "t3", "t4"]))
        answer = draw(some.sampled_from([RIGHT, WRONG]))
        lesson = draw(some.sampled_from(["weigh", "declare", "gone"]))
        told.append(
            draw(
                some.sampled_from(
                    [
                        started(minute),
                        finished(lesson, minute),
                        answered(question, minute, answer, attempt=attempt, event_id=f"a{number}"),
                        began_test(minute, attempt or "attempt-1"),
                        handed_in(minute, attempt or "attempt-1"),
                    ]
                )
            )
        )
    return list({stored.id: stored for stored in told}.values())


def told_differently(history: list[Stored], dice: random.Random) -> list[Stored]:
    """The same set, shuffled, with some events twice."""
    again = [*history, *(stored for stored in history if dice.random() < 0.5)]
    dice.shuffle(again)
    return again


@given(histories(), some.randoms(use_true_random=False))
def test_any_order_and_any_repetition_fold_to_the_same_progress(
    history: list[Stored], dice: random.Random
) -> None:
    assert fold(told_differently(history, dice), SHELF) == fold(history, SHELF)


@given(histories())
def test_progress_survives_being_kept(history: list[Stored]) -> None:
    progress = fold(history, SHELF)
    if progress is not None:
        assert to_json(from_json(row_of(progress))) == to_json(progress)


def row_of(progress: Progress) -> Any:
    """What the table keeps of it."""

    class Row:
        learner, course, edition = progress.learner, progress.course, progress.edition
        started_at, last_at = progress.started_at.isoformat(), progress.last_at.isoformat()
        body = to_json(progress)

    return Row


@given(histories())
def test_what_is_kept_of_an_attempt_is_of_that_attempt_alone(history: list[Stored]) -> None:
    progress = fold(history, SHELF)
    for attempt in progress.attempts if progress else ():
        assert 0 <= attempt.points <= attempt.out_of <= len(attempt.questions)
        assert attempt.submitted_at is not None or attempt.points == 0
        rights = [a for q, a in attempt.answers.items() if a.right and q in attempt.questions]
        assert attempt.submitted_at is None or attempt.points == len(rights)


@given(histories(), MINUTES)
def test_more_of_the_past_takes_no_lesson_away(history: list[Stored], minute: int) -> None:
    before = fold(history, SHELF)
    after = fold([*history, finished("declare", minute + 0.5)], SHELF)

    assert after is not None
    assert set(before.lessons_done if before else ()) <= set(after.lessons_done)


@given(histories())
def test_a_completion_is_dated_by_something_that_happened(history: list[Stored]) -> None:
    progress = fold(history, SHELF)
    moment = completed_at(progress, COURSE) if progress else None

    assert moment is None or moment in {stored.at for stored in history}


def test_nothing_at_all_is_no_progress() -> None:
    assert fold([], SHELF) is None


@pytest.mark.parametrize(
    "only",
    [
        started(3),
        finished("weigh", 3),
        answered("q1", 3),
        answered("t1", 3, attempt="attempt-1"),
        began_test(3),
        handed_in(3),
    ],
    ids=lambda stored: str(stored.kind),
)
def test_any_event_may_arrive_first_or_be_all_that_is_left(only: Stored) -> None:
    progress = fold([only], SHELF)

    assert progress is not None
    assert (progress.learner, progress.course, progress.edition) == ("awa", "parcels", EDITION)
    assert progress.language == "fr"
    assert completed_at(progress, COURSE) is None


def test_an_event_of_a_kind_from_tomorrow_is_left_aside() -> None:
    unknown = Stored("x", "lesson.dreamt", "awa", "parcels", None, at(5), "awa", "learner", {})

    assert fold([unknown], SHELF) is None
    assert fold([started(), unknown], SHELF) == fold([started()], SHELF)


def test_the_edition_is_the_one_she_began_with() -> None:
    late = started(9, edition="f" * 64)
    early = make_stored(late.event, 1, "early")  # type: ignore[arg-type]

    assert fold([started(3), late], SHELF).edition == EDITION  # type: ignore[union-attr]
    assert fold([started(3), early], SHELF).edition == "f" * 64  # type: ignore[union-attr]


def test_an_edition_that_has_not_arrived_completes_nothing() -> None:
    progress = fold([started(0, edition="f" * 64), finished("weigh", 1)], SHELF)

    assert progress is not None
    assert not progress.lessons_are_done
    assert progress.finished == {"weigh": at(1)}


def test_a_lesson_is_done_when_its_last_question_was_first_answered() -> None:
    progress = fold(
        [
            started(),
            finished("weigh", 1),
            answered("q1", 2),
            answered("q2", 5, WRONG),
            answered("q2", 9),
        ],
        SHELF,
    )

    assert progress is not None
    assert progress.lessons_done == {"weigh": at(5)}
    assert progress.answers["q2"].right
    assert progress.answers["q2"].first_at == at(5)


def test_reading_a_lesson_again_adds_time_and_does_not_finish_it_twice() -> None:
    progress = fold([finished("weigh", 1, 60), finished("weigh", 8, 30)], SHELF)

    assert progress is not None
    assert progress.finished == {"weigh": at(1)}
    assert progress.seconds == 90
