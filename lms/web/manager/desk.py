"""The manager's desk."""

from lms.web.desk import Desk

desk = Desk("manager", "lms.web.manager", admits=("manager",), path="/manager")
