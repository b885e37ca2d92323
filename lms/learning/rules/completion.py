"""When a course is complete."""

from datetime import date, datetime

from lms.courses.rules import Edition
from lms.learning.rules.values import Completion, Progress
from lms.people.assistance.rules import most_help


def completed_at(progress: Progress, edition: Edition) -> datetime | None:
    """The moment when the last condition was met, or None while one is open."""
    if not progress.lessons_are_done or not progress.lessons_required:
        return None
    moments = list(progress.lessons_done.values())
    if edition.test is not None:
        passed = progress.passed_attempt
        if passed is None or passed.submitted_at is None:
            return None
        moments.append(passed.submitted_at)
    return max(moments)


def completion_of(progress: Progress, edition: Edition, on: date) -> Completion | None:
    """The completion, dated `on` in the office's calendar; None while something is open."""
    moment = completed_at(progress, edition)
    if moment is None:
        return None
    passed = progress.passed_attempt
    return Completion(
        learner=progress.learner,
        course=progress.course,
        edition=progress.edition,
        completed_at=moment,
        completed_on=on,
        percent=passed.percent if passed else None,
        minutes=edition.minutes,
        evidence=progress.evidence,
        help=_help_until(progress, moment),
    )


def _help_until(progress: Progress, moment: datetime) -> str:
    """What is done after the completion does not change how it came about."""
    passed = progress.passed_attempt
    before = [mode for mode, first in progress.help_in_lessons.items() if first <= moment]
    return most_help([*before, *([passed.help] if passed and passed.help else [])])
