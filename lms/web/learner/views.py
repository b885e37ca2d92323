"""All pages of the learner desk."""

from lms.web.learner import mine, quiz, reading, test
from lms.web.learner.desk import desk

__all__ = ["desk", "mine", "quiz", "reading", "test"]
