"""From a quiz block to questions, with every problem that reading meets."""

from lms.courses.reader.quiz.block import QuizBlock, split_quiz
from lms.courses.reader.quiz.questions import questions_in

__all__ = ["QuizBlock", "questions_in", "split_quiz"]
