"""A course's list of lessons with how far somebody is, for every page that shows it."""

from dataclasses import dataclass

from lms.courses.rules import Edition, EditionText
from lms.learning.rules import Progress, Step


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson. `state` is done, current, begun or todo."""

    id: str
    title: str
    summary: str
    minutes: int
    state: str


@dataclass(frozen=True, slots=True)
class ModuleLines:
    """One module and its lessons."""

    title: str
    summary: str
    lessons: tuple[LessonLine, ...]


def outline(
    edition: Edition, text: EditionText, progress: Progress | None, step: Step
) -> tuple[ModuleLines, ...]:
    """The modules and lessons in their order."""
    modules = []
    for module in edition.modules:
        words = text.module(module.id)
        lines = tuple(_line(lesson, text, progress, step) for lesson in module.lesson_ids)
        modules.append(
            ModuleLines(words.title if words else "", words.summary if words else "", lines)
        )
    return tuple(modules)


def _line(lesson: str, text: EditionText, progress: Progress | None, step: Step) -> LessonLine:
    words = text.lesson(lesson)
    assert words is not None
    return LessonLine(
        lesson, words.title, words.summary, words.minutes, _state(lesson, progress, step)
    )


def _state(lesson: str, progress: Progress | None, step: Step) -> str:
    if progress and lesson in progress.lessons_done:
        return "done"
    if step.lesson == lesson and progress:
        return "current"
    return "begun" if progress and lesson in progress.finished else "todo"
