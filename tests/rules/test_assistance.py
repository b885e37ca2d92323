"""Who may assist, how an answer was given, and what help in a course comes to."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.learning.events import AttemptStarted, AttemptSubmitted, LessonFinished, QuestionAnswered
from lms.learning.rules import HelperMustLeave, check_alone, completion_of, fold
from lms.people.assistance.rules import (
    MODES,
    Mode,
    ModeUnknown,
    minutes_of,
    mode_of,
    most_help,
    position_at,
)
from lms.people.rules import Held
from lms.record.events import Actor, Event, Happened, Stored
from lms.record.via import Company, placed, stand_with
from tests.builders_learning import (
    EDITION,
    MORNING,
    RIGHT,
    Shelf,
    at,
    make_edition,
    make_stored,
    started,
)

EDITION_OF_ONE = make_edition({"weigh": ("q1",)}, test=2)
SHELF = Shelf(EDITION_OF_ONE)
HELP = some.sampled_from([None, *MODES])


def who(mode: str | None) -> dict[str, Any]:
    """The fields of an event that was made with this help."""
    return {"mode": mode, "helper": "koffi"} if mode else {}


def course(lesson: str | None, question: str | None, test: str | None) -> list[Stored]:
    """Awa does all of the course, each part with this help (None: with nobody)."""
    in_test = [
        make_stored(
            QuestionAnswered("awa", "parcels", EDITION, t, dict(RIGHT), "fr", "attempt-1"), 4 + n
        )
        for n, t in enumerate(("t1", "t2"))
    ]
    return [
        started(),
        make_stored(LessonFinished("awa", "parcels", EDITION, "weigh", "fr", 60, **who(lesson)), 1),
        make_stored(
            QuestionAnswered(
                "awa", "parcels", EDITION, "q1", dict(RIGHT), "fr", None, **who(question)
            ),
            2,
        ),
        make_stored(AttemptStarted("awa", "parcels", EDITION, "fr"), 3, "attempt-1"),
        *in_test,
        make_stored(AttemptSubmitted("awa", "parcels", EDITION, "attempt-1", **who(test)), 9),
    ]


def help_in(events: list[Stored]) -> str:
    """How most of the help was given in the completion."""
    progress = fold(events, SHELF)
    assert progress is not None
    done = completion_of(progress, EDITION_OF_ONE, MORNING.date())
    assert done is not None
    return done.help


@given(HELP, HELP, HELP, some.randoms())
def test_a_completion_is_with_help_when_any_part_of_it_was(
    lesson: str | None, question: str | None, test: str | None, chance: object
) -> None:
    events = course(lesson, question, test)
    chance.shuffle(events)  # type: ignore[attr-defined]
    assert help_in(events) == most_help(m for m in (lesson, question, test) if m)


def test_help_after_the_completion_does_not_change_it() -> None:
    later = LessonFinished("awa", "parcels", EDITION, "weigh", "fr", 60, **who("typed"))
    assert help_in([*course(None, None, None), make_stored(later, 60)]) == ""


def test_an_answer_that_was_helped_and_then_changed_alone_stays_helped() -> None:
    with_help = QuestionAnswered(
        "awa", "parcels", EDITION, "t1", dict(RIGHT), "fr", "attempt-1", **who("typed")
    )
    assert help_in([*course(None, None, None), make_stored(with_help, 3.5)]) == "typed"


def test_help_in_another_attempt_is_not_help_in_the_one_that_passed() -> None:
    other = AttemptStarted("awa", "parcels", EDITION, "fr", **who("read-aloud"))
    assert help_in([*course(None, None, None), make_stored(other, 2.5, "attempt-0")]) == ""


def test_a_way_of_helping_that_is_not_known_counts_as_the_most_help() -> None:
    assert most_help(["typed", "signed"]) == "signed"
    assert help_in(course("signed", None, None)) == "signed"


def test_a_learner_answers_alone_where_the_test_asks_for_it() -> None:
    alone = make_edition(assisted_test=False)
    check_alone(alone, assisted=False)
    check_alone(make_edition(), assisted=True)
    with pytest.raises(HelperMustLeave):
        check_alone(alone, assisted=True)


@pytest.mark.parametrize(
    ("held", "path", "position"),
    [
        ([("helper", "u/s/o/")], "u/s/o/", "helper"),
        ([("manager", "u/s/"), ("helper", "u/s/o/")], "u/s/o/", "helper"),
        ([("manager", "u/s/")], "u/s/o/", "manager"),
        ([("helper", "u/s/other/")], "u/s/o/", None),
        ([("trainer", "u/"), ("coordinator", "u/s/")], "u/s/o/", None),
        ([("helper", "u/s/o/")], "", None),
    ],
)
def test_who_helps_or_manages_at_the_office_may_assist_there(
    held: list[tuple[str, str]], path: str, position: str | None
) -> None:
    positions = [Held(name, "x", where) for name, where in held]  # type: ignore[arg-type]
    assert position_at(positions, path) == position


def test_nothing_said_is_alone_and_nonsense_is_refused() -> None:
    assert mode_of("") == "self"
    assert [mode_of(mode) for mode in MODES] == list(MODES)
    with pytest.raises(ModeUnknown):
        mode_of("whispered")


def test_only_full_minutes_count() -> None:
    assert minutes_of(at(0), at(15) - timedelta(seconds=1)) == 14
    assert minutes_of(at(0), at(15)) == 15
    assert minutes_of(at(5), at(0)) == 0


@pytest.mark.parametrize("mode", MODES)
def test_whatever_a_learner_does_beside_a_helper_says_so(mode: Mode) -> None:
    done: list[Event] = [
        LessonFinished("awa", "parcels", EDITION, "weigh", "fr", 60),
        QuestionAnswered("awa", "parcels", EDITION, "q1", {}, "fr"),
        AttemptStarted("awa", "parcels", EDITION, "fr"),
        AttemptSubmitted("awa", "parcels", EDITION, "attempt-1"),
    ]
    stand_with(Company("koffi", mode))
    try:
        events = [placed(Happened(e, "id", Actor("awa"), MORNING)).event for e in done]
    finally:
        stand_with(None)
    for event in events:
        assert (event.helper, event.mode) == ("koffi", mode)  # type: ignore[attr-defined]
    alone = placed(Happened(done[0], "id", Actor("awa"), MORNING)).event
    assert (alone.helper, alone.mode) == (None, "self")  # type: ignore[attr-defined]
