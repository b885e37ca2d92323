"""The final test: no answer is lost, none counts that should not, and 70 % is 70 %."""

from datetime import timedelta

import pytest

from lms.courses.rules import Edition
from lms.learning.rules import (
    Attempt,
    NoTestHere,
    Progress,
    WaitBeforeTest,
    check_may_attempt,
    fold,
)
from lms.learning.rules import TestClosed as NoAttemptLeft
from lms.record.events import Stored
from tests.builders_learning import (
    WRONG,
    Shelf,
    answered,
    at,
    began_test,
    finished,
    handed_in,
    make_edition,
    started,
)

COURSE = make_edition()


def progress_after(*events: Stored, edition: Edition = COURSE) -> Progress:
    progress = fold((started(), *events), Shelf(edition))
    assert progress is not None
    return progress


def the_attempt(*events: Stored, edition: Edition = COURSE) -> Attempt:
    (attempt,) = progress_after(*events, edition=edition).attempts
    return attempt


def drawn(edition: Edition = COURSE) -> tuple[str, ...]:
    """The questions of the first attempt in the order they are shown."""
    return the_attempt(began_test(1), edition=edition).questions


def tried(right: int, of: int, edition: Edition) -> Attempt:
    """A whole attempt with some answers right and the others wrong."""
    answers = [
        answered(question, 2, attempt="attempt-1", event_id=f"right-{question}")
        if number < right
        else answered(question, 2, WRONG, attempt="attempt-1", event_id=f"wrong-{question}")
        for number, question in enumerate(drawn(edition)[:of])
    ]
    return the_attempt(began_test(1), *answers, handed_in(3), edition=edition)


def test_power_cut_after_question_14_of_20_and_the_attempt_resumes_at_15() -> None:
    questions = drawn()
    answers = [answered(q, 2 + n, attempt="attempt-1") for n, q in enumerate(questions[:14])]

    progress = progress_after(began_test(1), *answers)

    (attempt,) = progress.attempts
    assert progress.open_attempt == attempt
    assert attempt.unanswered[0] == questions[14]
    assert len(attempt.unanswered) == 6
    assert len(attempt.answers) == 14


def test_an_attempt_shows_the_same_questions_in_the_same_order_after_the_cut() -> None:
    assert drawn() == drawn()
    assert sorted(drawn()) == sorted(f"t{n}" for n in range(1, 21))


@pytest.mark.parametrize(
    ("right", "of", "percent", "passed"),
    [(69, 100, 69, False), (70, 100, 70, True), (13, 20, 65, False), (14, 20, 70, True)],
)
def test_69_percent_is_not_passed_and_70_percent_is(
    right: int, of: int, percent: int, passed: bool
) -> None:
    attempt = tried(right, of, make_edition(test=of))

    assert (attempt.percent, attempt.passed) == (percent, passed)


def test_almost_70_is_shown_as_69_and_not_passed() -> None:
    attempt = tried(16, 23, make_edition(test=23))

    assert (attempt.points, attempt.out_of) == (16, 23)
    assert (attempt.percent, attempt.passed) == (69, False)


def test_a_pass_mark_of_nothing_is_passed_by_handing_in() -> None:
    assert tried(0, 20, make_edition(pass_mark=0)).passed


def test_a_test_without_any_question_is_passed_by_nobody() -> None:
    empty = make_edition(test=0, pass_mark=0)

    assert not the_attempt(began_test(1), handed_in(2), edition=empty).passed


def test_a_question_left_out_counts_as_wrong() -> None:
    answers = [answered(q, 2, attempt="attempt-1", event_id=q) for q in drawn()[:13]]
    attempt = the_attempt(began_test(1), *answers, handed_in(3))

    assert (attempt.points, attempt.out_of, attempt.passed) == (13, 20, False)


def test_points_weigh_and_the_dear_question_decides() -> None:
    edition = make_edition(test=2)
    events = (
        started(),
        began_test(1),
        answered("t1", 2, attempt="attempt-1"),
        answered("t2", 2.5, WRONG, attempt="attempt-1"),
        handed_in(3),
    )

    cheap = fold(events, Shelf(edition, {"t2": 3}))
    dear = fold(events, Shelf(edition, {"t1": 3}))

    assert cheap is not None and cheap.attempts[0].percent == 25
    assert dear is not None and dear.attempts[0].percent == 75


def test_an_answer_can_be_changed_until_handing_in() -> None:
    question = drawn()[0]
    attempt = the_attempt(
        began_test(1),
        answered(question, 2, WRONG, attempt="attempt-1"),
        answered(question, 3, attempt="attempt-1"),
        handed_in(4),
    )

    assert attempt.points == 1


def test_an_answer_after_handing_in_does_not_count() -> None:
    question, other = drawn()[:2]
    attempt = the_attempt(
        began_test(1),
        answered(question, 2, WRONG, attempt="attempt-1"),
        handed_in(3),
        answered(question, 4, attempt="attempt-1"),
        answered(other, 5, attempt="attempt-1"),
    )

    assert attempt.points == 0
    assert set(attempt.answers) == {question}


def test_handing_in_twice_is_handing_in_the_first_time() -> None:
    question = drawn()[0]
    attempt = the_attempt(
        began_test(1), handed_in(2), answered(question, 3, attempt="attempt-1"), handed_in(4)
    )

    assert attempt.submitted_at == at(2)
    assert attempt.points == 0


def test_an_answer_of_another_attempt_or_of_a_lesson_does_not_count() -> None:
    question = drawn()[0]
    attempt = the_attempt(
        began_test(1),
        answered(question, 2, attempt="attempt-9"),
        answered(question, 2.5),
        handed_in(3),
    )

    assert attempt.points == 0


def test_an_answer_to_a_question_that_was_not_drawn_does_not_count() -> None:
    attempt = the_attempt(began_test(1), answered("t99", 2, attempt="attempt-1"), handed_in(3))

    assert (attempt.points, attempt.out_of) == (0, 20)


def test_points_stay_unknown_until_the_test_is_handed_in() -> None:
    attempt = the_attempt(began_test(1), answered(drawn()[0], 2, attempt="attempt-1"))

    assert (attempt.points, attempt.passed) == (0, False)


def test_after_a_failed_try_there_is_a_pause() -> None:
    progress = progress_after(began_test(1), handed_in(5))

    with pytest.raises(WaitBeforeTest) as refused:
        check_may_attempt(progress, COURSE, at(6))
    assert refused.value.values["minutes"] == 10

    with pytest.raises(WaitBeforeTest) as refused:
        check_may_attempt(progress, COURSE, at(15) - timedelta(seconds=1))
    assert refused.value.values["minutes"] == 1

    check_may_attempt(progress, COURSE, at(15))


def test_who_has_passed_may_try_again_at_once() -> None:
    answers = [answered(q, 2, attempt="attempt-1", event_id=q) for q in drawn()]

    check_may_attempt(progress_after(began_test(1), *answers, handed_in(3)), COURSE, at(3))


def test_an_attempt_that_is_open_uses_up_none() -> None:
    once = make_edition(attempts_max=1)

    check_may_attempt(progress_after(began_test(1), edition=once), once, at(2))


def test_when_all_attempts_are_used_the_test_is_closed() -> None:
    twice = make_edition(attempts_max=2, pause_minutes=0)
    first = (began_test(1), handed_in(2))
    second = (began_test(3, "attempt-2"), handed_in(4, "attempt-2"))

    check_may_attempt(progress_after(*first, edition=twice), twice, at(60))
    with pytest.raises(NoAttemptLeft):
        check_may_attempt(progress_after(*first, *second, edition=twice), twice, at(60))


def test_a_course_without_a_test_says_so() -> None:
    with pytest.raises(NoTestHere):
        check_may_attempt(None, make_edition(test=0), at(0))


def test_the_first_attempt_that_passed_is_the_one_that_counts() -> None:
    answers = [answered(q, 2, attempt="attempt-1", event_id=q) for q in drawn()]
    progress = progress_after(
        finished("weigh", 0.5),
        began_test(1),
        *answers,
        handed_in(3),
        began_test(5, "attempt-2"),
        handed_in(6, "attempt-2"),
    )

    assert progress.passed_attempt is not None
    assert progress.passed_attempt.id == "attempt-1"
