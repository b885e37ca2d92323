"""What comes next: a learner resumes exactly where they were."""

from dataclasses import dataclass
from typing import Literal

from lms.courses.rules import Edition
from lms.learning.rules.values import Progress


@dataclass(frozen=True, slots=True)
class Step:
    """One page to go to. `item` is a lesson, or a question of `lesson`."""

    kind: Literal["lesson", "question", "test", "done"]
    lesson: str | None = None
    question: str | None = None


def next_step(progress: Progress | None, edition: Edition) -> Step:
    """The first thing that is not done yet, in the course's order."""
    for lesson in edition.required_lesson_ids:
        step = _open_in_lesson(progress, edition, lesson)
        if step is not None:
            return step
    passed = progress is not None and progress.passed_attempt is not None
    return Step("test") if edition.test is not None and not passed else Step("done")


def step_after_lesson(progress: Progress | None, edition: Edition, lesson: str) -> Step:
    """Where “continue” leads from a lesson or its quiz: its own open questions, then the next
    lesson in order that is not done, then whatever is left."""
    order = list(edition.required_lesson_ids)
    for following in order[order.index(lesson) :] if lesson in order else []:
        step = _open_in_lesson(progress, edition, following)
        if step is not None:
            return step
    return next_step(progress, edition)


def _open_in_lesson(progress: Progress | None, edition: Edition, lesson: str) -> Step | None:
    if progress is None or lesson not in progress.finished:
        return Step("lesson", lesson)
    for question in edition.questions_by_lesson[lesson]:
        if question not in progress.answers:
            return Step("question", lesson, question)
    return None
