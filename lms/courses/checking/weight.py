"""How much a lesson weighs on a slow line."""

import zlib
from collections.abc import Iterator
from typing import Final

from lms.base.language import sentence
from lms.courses.rendering import Rendered
from lms.courses.rules.course import Course, Problem
from lms.courses.rules.edition import LessonText

LIGHT: Final = 20 * 1024


def problems(course: Course, rendered: Rendered) -> Iterator[Problem]:
    """Lessons whose compressed HTML is heavier than 20 KB."""
    by_id = {lesson.id: lesson for lesson in course.lessons}
    for text in rendered.texts.values():
        for lesson in text.lessons:
            size = weight_of(lesson)
            page = by_id[lesson.id].pages.get(text.language)
            if page and size > LIGHT:
                what = sentence(
                    "This lesson weighs %(size)s KB without pictures. Cut it into two lessons, "
                    "each lighter than 20 KB.",
                    size=size // 1024,
                )
                yield Problem(page.path, 1, what, "warning")


def weight_of(lesson: LessonText) -> int:
    """Bytes of a lesson's HTML and questions, compressed."""
    parts = [lesson.html]
    for question in lesson.questions:
        parts += [question.title_html, question.statement_html, question.hint_html]
        parts += [one.html for one in (*question.options, *question.lefts, *question.rights)]
    return len(zlib.compress("\n".join(parts).encode(), 9))
