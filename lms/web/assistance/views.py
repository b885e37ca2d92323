"""The pages of assisted sessions."""

from lms.web.assistance import joining, starting
from lms.web.assistance.desk import at_counter, desk

__all__ = ["at_counter", "desk", "joining", "starting"]
