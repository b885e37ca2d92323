"""What a learner does, as they would say it. Each is one event, and the course's start with the
first of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lms.base.ids import derived_id
from lms.courses import queries as courses
from lms.learning.events import (
    AttemptStarted,
    AttemptSubmitted,
    CourseStarted,
    LessonFinished,
    QuestionAnswered,
)
from lms.learning.queries import find_progress
from lms.learning.rules import AttemptUnknown, check_alone, check_may_attempt
from lms.record.actions import record
from lms.record.events import Actor, Channel, Event, Happened
from lms.record.via import company


def start_course(
    *,
    learner: str,
    course: str,
    edition: str,
    language: str,
    event_id: str,
    at: datetime,
    channel: Channel = "web",
) -> None:
    """The learner begins the course, unless they have."""
    if find_progress(learner, course) is None:
        _record(CourseStarted(learner, course, edition, language), learner, event_id, at, channel)


def finish_lesson(
    *,
    learner: str,
    course: str,
    edition: str,
    lesson: str,
    language: str,
    seconds: int,
    active_seconds: int = -1,
    event_id: str,
    at: datetime,
    channel: Channel = "web",
) -> None:
    """The learner leaves a lesson by “continue”."""
    _begin_if_new(learner, course, edition, language, event_id, at, channel)
    event = LessonFinished(learner, course, edition, lesson, language, seconds, active_seconds)
    _record(event, learner, event_id, at, channel)


def answer_question(
    *,
    learner: str,
    course: str,
    edition: str,
    question: str,
    answer: Mapping[str, Any],
    language: str,
    attempt: str | None = None,
    event_id: str,
    at: datetime,
    channel: Channel = "web",
) -> None:
    """The learner answers one question, in a lesson's quiz or in an attempt; refuses with
    `HelperMustLeave` where the test is taken alone."""
    if attempt is None:
        _begin_if_new(learner, course, edition, language, event_id, at, channel)
    else:
        _check_alone(edition)
    event = QuestionAnswered(learner, course, edition, question, dict(answer), language, attempt)
    _record(event, learner, event_id, at, channel)


def start_attempt(
    *,
    learner: str,
    course: str,
    edition: str,
    language: str,
    event_id: str,
    at: datetime,
    channel: Channel = "web",
) -> str:
    """The id of the attempt: the open one where there is one, else a new one.

    Refuses with `TestClosed`, `WaitBeforeTest`, `NoTestHere` or `HelperMustLeave`.
    """
    progress = find_progress(learner, course)
    if progress and progress.attempt(event_id):
        return event_id
    if progress and progress.open_attempt:
        return progress.open_attempt.id
    known = courses.edition_of(progress.edition if progress else edition)
    check_alone(known, assisted=company() is not None)
    check_may_attempt(progress, known, at)
    _begin_if_new(learner, course, known.hash, language, event_id, at, channel)
    _record(AttemptStarted(learner, course, known.hash, language), learner, event_id, at, channel)
    return event_id


def submit_attempt(
    *,
    learner: str,
    course: str,
    attempt: str,
    event_id: str,
    at: datetime,
    channel: Channel = "web",
) -> None:
    """The learner hands the test in. Handing it in again changes nothing."""
    progress = find_progress(learner, course)
    known = progress.attempt(attempt) if progress else None
    if known is None:
        raise AttemptUnknown
    if known.submitted_at is None:
        _check_alone(known.edition)
        event = AttemptSubmitted(learner, course, known.edition, attempt)
        _record(event, learner, event_id, at, channel)


def _check_alone(edition: str) -> None:
    """What a helper has signed in for is known to the record alone: see `record.via`."""
    beside = company()
    if beside is not None:
        check_alone(courses.edition_of(edition), assisted=True)


def _begin_if_new(
    learner: str,
    course: str,
    edition: str,
    language: str,
    event_id: str,
    at: datetime,
    channel: Channel,
) -> None:
    start_course(
        learner=learner,
        course=course,
        edition=edition,
        language=language,
        event_id=derived_id(event_id, "course.started"),
        at=at,
        channel=channel,
    )


def _record(event: Event, learner: str, event_id: str, at: datetime, channel: Channel) -> None:
    record([Happened(event, event_id, Actor(learner), at, channel)])
