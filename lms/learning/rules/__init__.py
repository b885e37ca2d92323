"""How far a learner is: values, the fold over events, and what comes next. Pure."""

from lms.learning.rules.attempts import (
    AttemptUnknown,
    HelperMustLeave,
    NoTestHere,
    TestClosed,
    WaitBeforeTest,
    check_alone,
    check_may_attempt,
)
from lms.learning.rules.completion import completion_of
from lms.learning.rules.fold import fold
from lms.learning.rules.steps import Step, next_step, step_after_lesson
from lms.learning.rules.values import Answered, Attempt, Completion, Progress

__all__ = [
    "Answered",
    "Attempt",
    "AttemptUnknown",
    "Completion",
    "HelperMustLeave",
    "NoTestHere",
    "Progress",
    "Step",
    "TestClosed",
    "WaitBeforeTest",
    "check_alone",
    "check_may_attempt",
    "completion_of",
    "fold",
    "next_step",
    "step_after_lesson",
]
