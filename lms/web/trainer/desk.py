"""The trainer's desk."""

from lms.web.desk import Desk

desk = Desk("trainer", "lms.web.trainer", admits=("trainer",), path="/trainer")
