"""All pages of the learner desk."""

from lms.web.learner import asked, mine, quiz, reading, result, test
from lms.web.learner.desk import desk

__all__ = ["asked", "desk", "mine", "quiz", "reading", "result", "test"]
