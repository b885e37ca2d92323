"""The manager's desk."""

from lms.people.rules import LOOK_AFTER
from lms.web.desk import Desk

desk = Desk("manager", "lms.web.manager", admits=LOOK_AFTER, path="/manager")
