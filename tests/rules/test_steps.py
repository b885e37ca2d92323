"""A learner resumes exactly where they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.courses.rules import Edition
from lms.learning.rules import Progress, Step, fold, next_step, step_after_lesson
from lms.record.events import Stored
from tests.builders_learning import (
    WRONG,
    Shelf,
    answered,
    began_test,
    finished,
    handed_in,
    make_edition,
    started,
)

COURSE = make_edition()
ALL_LESSONS = (
    started(0),
    finished("weigh", 1),
    answered("q1", 2),
    answered("q2", 3),
    finished("declare", 4),
    answered("q3", 5),
)


def after(*events: Stored, edition: Edition = COURSE) -> Progress | None:
    return fold(events, Shelf(edition))


def passed(minute: float = 10) -> tuple[Stored, ...]:
    answers = (answered(f"t{n}", minute + n / 60, attempt="attempt-1") for n in range(1, 21))
    return (began_test(minute), *answers, handed_in(minute + 1))


def test_a_newcomer_begins_with_the_first_lesson() -> None:
    assert next_step(None, COURSE) == Step("lesson", "weigh")
    assert next_step(after(started()), COURSE) == Step("lesson", "weigh")


@pytest.mark.parametrize(
    ("done", "step"),
    [
        (2, Step("question", "weigh", "q1")),
        (3, Step("question", "weigh", "q2")),
        (4, Step("lesson", "declare")),
        (5, Step("question", "declare", "q3")),
        (6, Step("test")),
    ],
)
def test_awa_comes_back_to_the_page_after_the_last_thing_she_did(done: int, step: Step) -> None:
    assert next_step(after(*ALL_LESSONS[:done]), COURSE) == step


def test_a_wrong_answer_is_an_answer_and_she_goes_on() -> None:
    progress = after(started(), finished("weigh", 1), answered("q1", 2, WRONG))

    assert next_step(progress, COURSE) == Step("question", "weigh", "q2")


def test_a_lesson_she_jumped_over_is_where_she_resumes() -> None:
    progress = after(started(), finished("declare", 1), answered("q3", 2))

    assert next_step(progress, COURSE) == Step("lesson", "weigh")


def test_after_the_test_is_passed_nothing_is_left() -> None:
    assert next_step(after(*ALL_LESSONS, *passed()), COURSE) == Step("done")


def test_a_failed_test_is_what_is_left() -> None:
    progress = after(*ALL_LESSONS, began_test(10), handed_in(11))

    assert next_step(progress, COURSE) == Step("test")


def test_who_passed_the_test_first_still_reads_the_lessons() -> None:
    assert next_step(after(started(), *passed()), COURSE) == Step("lesson", "weigh")


def test_a_course_without_a_test_is_done_with_its_lessons() -> None:
    course = make_edition(test=0)

    assert next_step(after(*ALL_LESSONS, edition=course), course) == Step("done")


def test_continue_goes_forward_from_the_lesson_and_then_to_what_was_jumped_over() -> None:
    middle = make_edition({"a": (), "b": ("q1",), "c": ()})
    begun = after(started(), finished("b", 1), edition=middle)
    answered_b = after(started(), finished("b", 1), answered("q1", 2), edition=middle)
    read_c = after(started(), finished("b", 1), answered("q1", 2), finished("c", 3), edition=middle)

    assert step_after_lesson(begun, middle, "b") == Step("question", "b", "q1")
    assert step_after_lesson(answered_b, middle, "b") == Step("lesson", "c")
    assert step_after_lesson(read_c, middle, "c") == Step("lesson", "a")


def test_continue_from_a_lesson_that_the_edition_does_not_have_goes_to_what_is_open() -> None:
    assert step_after_lesson(after(started()), COURSE, "gone") == Step("lesson", "weigh")


@given(some.sets(some.integers(0, len(ALL_LESSONS) - 1)), some.booleans())
def test_the_next_step_is_never_done_already_and_doing_it_leads_on(
    events: set[int], with_test: bool
) -> None:
    done = [*(ALL_LESSONS[event] for event in events), *(passed() if with_test else ())]
    for minute in range(20, 28):
        progress = after(*done)
        step = next_step(progress, COURSE)
        if step.kind == "lesson":
            assert progress is None or step.lesson not in progress.finished
            done.append(finished(step.lesson or "", minute))
        elif step.kind == "question":
            assert progress is not None and step.question not in progress.answers
            done.append(answered(step.question or "", minute))
    assert next_step(after(*done), COURSE) == (Step("done") if with_test else Step("test"))
