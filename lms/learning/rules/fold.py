"""From the set of a learner's events in one course to their progress.

The result depends on the set alone: not on order, repetition, or how it was split.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from lms.base.language import SOURCE_LANGUAGE
from lms.courses.rules import Edition, Mark, draw_questions
from lms.learning.events import (
    AttemptStarted,
    AttemptSubmitted,
    CourseStarted,
    LessonFinished,
    QuestionAnswered,
)
from lms.learning.rules.values import Answered, Attempt, Progress
from lms.people.assistance.rules import most_help
from lms.record.events import Stored


class Library(Protocol):
    """What the fold must know of courses: an edition, and how an answer is marked in it."""

    def edition(self, edition: str) -> Edition | None:
        """The edition of this hash, None where this server has not received it."""

    def mark(self, edition: str, question: str, answer: Mapping[str, object]) -> Mark | None:
        """The mark, None where the question is unknown."""


def fold(events: Iterable[Stored], library: Library) -> Progress | None:
    """Progress of the one learner and course whose events these are; None without any."""
    history = sorted({s.id: s for s in events if s.event}.values(), key=lambda s: (s.at, s.id))
    if not history:
        return None
    edition_hash, language = _edition_and_language(history)
    edition = library.edition(edition_hash)
    finished = _finished(history)
    answers = _answers(history, None, library)
    learner, course = history[0].learner, history[0].subject
    assert learner is not None and course is not None
    return Progress(
        learner=learner,
        course=course,
        edition=edition_hash,
        started_at=history[0].at,
        last_at=history[-1].at,
        seconds=_seconds(history),
        finished=finished,
        answers=answers,
        attempts=_attempts(history, library),
        lessons_done=_lessons_done(edition, finished, answers) if edition else {},
        lessons_required=len(edition.required_lesson_ids) if edition else len(finished) + 1,
        language=language,
        evidence=_evidence(history),
        help_in_lessons=_help_in_lessons(history),
    )


def _edition_and_language(history: list[Stored]) -> tuple[str, str]:
    started = [s.event for s in history if isinstance(s.event, CourseStarted)]
    first = started[0] if started else history[0].event
    languages = [getattr(s.event, "language", None) for s in history]
    return getattr(first, "edition", ""), [SOURCE_LANGUAGE, *filter(None, languages)][-1]


def _help_in_lessons(history: list[Stored]) -> dict[str, datetime]:
    first: dict[str, datetime] = {}
    for stored in history:
        event = stored.event
        if not isinstance(event, LessonFinished | QuestionAnswered) or event.helper is None:
            continue
        if isinstance(event, LessonFinished) or event.attempt is None:
            first.setdefault(event.mode, stored.at)
    return first


def _help_in(attempt: Stored, history: list[Stored], until: datetime | None) -> str:
    """How most of the help was given in an attempt, from its beginning to its end."""
    modes = [
        event.mode
        for stored in history
        if isinstance(event := stored.event, AttemptStarted | QuestionAnswered | AttemptSubmitted)
        and event.helper is not None
        and (stored.id == attempt.id or getattr(event, "attempt", None) == attempt.id)
        and (until is None or stored.at <= until)
    ]
    return most_help(modes)


def _finished(history: list[Stored]) -> dict[str, datetime]:
    finished: dict[str, datetime] = {}
    for stored in history:
        if isinstance(stored.event, LessonFinished):
            finished.setdefault(stored.event.item, stored.at)
    return finished


def _seconds(history: list[Stored]) -> int:
    return sum(
        stored.event.seconds if stored.event.active_seconds < 0 else stored.event.active_seconds
        for stored in history
        if isinstance(stored.event, LessonFinished)
    )


def _answers(
    history: list[Stored],
    attempt: str | None,
    library: Library,
    until: datetime | None = None,
) -> dict[str, Answered]:
    given: dict[str, list[Stored]] = defaultdict(list)
    for stored in history:
        event = stored.event
        in_time = until is None or stored.at <= until
        if isinstance(event, QuestionAnswered) and event.attempt == attempt and in_time:
            given[event.item].append(stored)
    return {question: _answered(stories, library) for question, stories in given.items()}


def _answered(stories: list[Stored], library: Library) -> Answered:
    latest = stories[-1].event
    assert isinstance(latest, QuestionAnswered)
    mark = library.mark(latest.edition, latest.item, latest.answer)
    return Answered(latest.answer, bool(mark and mark.right), stories[0].at)


def _attempts(history: list[Stored], library: Library) -> tuple[Attempt, ...]:
    submitted: dict[str, datetime] = {}
    for stored in history:
        if isinstance(stored.event, AttemptSubmitted):
            submitted.setdefault(stored.event.attempt, stored.at)
    started = [s for s in history if isinstance(s.event, AttemptStarted)]
    return tuple(_attempt(s, submitted.get(s.id), history, library) for s in started)


def _attempt(
    started: Stored, submitted_at: datetime | None, history: list[Stored], library: Library
) -> Attempt:
    assert isinstance(started.event, AttemptStarted)
    edition = library.edition(started.event.edition)
    test = edition.test if edition else None
    questions = draw_questions(test, started.id) if test else ()
    answers = _answers(history, started.id, library, submitted_at)
    attempt = Attempt(
        started.id,
        started.event.edition,
        started.at,
        questions,
        answers,
        submitted_at,
        help=_help_in(started, history, submitted_at),
    )
    return _marked(attempt, edition, library) if submitted_at and edition else attempt


def _marked(attempt: Attempt, edition: Edition, library: Library) -> Attempt:
    points = out_of = 0
    for question in attempt.questions:
        given = attempt.answers.get(question)
        mark = library.mark(attempt.edition, question, given.answer if given else {})
        points += mark.points if mark and given else 0
        out_of += mark.out_of if mark else 1
    return Attempt(
        attempt.id,
        attempt.edition,
        attempt.started_at,
        attempt.questions,
        attempt.answers,
        attempt.submitted_at,
        points,
        out_of,
        passed=out_of > 0 and points * 100 >= edition.pass_mark * out_of,
        help=attempt.help,
    )


def _lessons_done(
    edition: Edition, finished: Mapping[str, datetime], answers: Mapping[str, Answered]
) -> dict[str, datetime]:
    done: dict[str, datetime] = {}
    for lesson in edition.required_lesson_ids:
        questions = edition.questions_by_lesson[lesson]
        if lesson in finished and all(q in answers for q in questions):
            done[lesson] = max([finished[lesson], *(answers[q].first_at for q in questions)])
    return done


def _evidence(history: list[Stored]) -> tuple[str, ...]:
    return tuple(s.id for s in history if isinstance(s.event, LessonFinished | AttemptSubmitted))
