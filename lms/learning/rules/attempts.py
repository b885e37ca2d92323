"""Whether the final test may begin now."""

from datetime import datetime, timedelta

from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.courses.rules import Edition
from lms.learning.rules.values import Progress


class NoTestHere(Refusal):
    says = sentence("This course has no final test. Finish its lessons to complete it.")


class TestClosed(Refusal):
    says = sentence(
        "You have used all %(max)s attempts at this test. Ask your manager or the trainer."
    )


class WaitBeforeTest(Refusal):
    says = sentence(
        "Read the lessons again first. You can try the test once more in %(minutes)s minutes."
    )


class HelperMustLeave(Refusal):
    says = sentence(
        "This test is taken without a helper. The helper must leave first; what was saved before "
        "is kept, and you go on from there alone."
    )


class AttemptUnknown(Refusal):
    says = sentence(
        "This attempt at the test is not yours or no longer open. Start from the course."
    )


def check_alone(edition: Edition, *, assisted: bool) -> None:
    """Refuses where a helper is there and the test is taken without one."""
    if assisted and not edition.assisted_test:
        raise HelperMustLeave


def check_may_attempt(progress: Progress | None, edition: Edition, at: datetime) -> None:
    """Refuses where there is no test, no attempt is left, or the pause is not over."""
    if edition.test is None:
        raise NoTestHere
    submitted = [a for a in (progress.attempts if progress else ()) if a.submitted_at]
    if edition.attempts_max and len(submitted) >= edition.attempts_max:
        raise TestClosed(max=edition.attempts_max)
    if submitted and not any(a.passed for a in submitted):
        last = max(a.submitted_at for a in submitted if a.submitted_at)
        wait = last + timedelta(minutes=edition.pause_minutes) - at
        if wait > timedelta():
            raise WaitBeforeTest(minutes=int(wait.total_seconds() // 60) + 1)
