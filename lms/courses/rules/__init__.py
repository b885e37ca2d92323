"""Frozen values and pure decisions about courses. No database, no clock, no files.

What checks a course before it is published stands in `lms.courses.checking`, which needs the
Markdown parser; what a page of a learner needs is all here and light to import.
"""

from lms.courses.rules.answers import AnswerNotUnderstood, clean_answer
from lms.courses.rules.drawing import draw_questions, option_order
from lms.courses.rules.edition import (
    CourseCard,
    Edition,
    EditionLesson,
    EditionModule,
    EditionText,
    FileChange,
    FinalTest,
    FinalTestText,
    LessonText,
    Media,
    ModuleText,
    Term,
)
from lms.courses.rules.marking import Answer, Mark, mark
from lms.courses.rules.questions import KeyWords, Kind, Option, Question, QuestionKey
from lms.courses.rules.refusals import CourseUnknown, EditionUnknown, QuestionUnknown
from lms.courses.rules.values import fill_values, fill_values_in_text, filled

__all__ = [
    "Answer",
    "AnswerNotUnderstood",
    "CourseCard",
    "CourseUnknown",
    "Edition",
    "EditionLesson",
    "EditionModule",
    "EditionText",
    "EditionUnknown",
    "FileChange",
    "FinalTest",
    "FinalTestText",
    "KeyWords",
    "Kind",
    "LessonText",
    "Mark",
    "Media",
    "ModuleText",
    "Option",
    "Question",
    "QuestionKey",
    "QuestionUnknown",
    "Term",
    "clean_answer",
    "draw_questions",
    "fill_values",
    "fill_values_in_text",
    "filled",
    "mark",
    "option_order",
]
