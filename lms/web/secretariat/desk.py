"""The secretariat's desk."""

from lms.web.desk import Desk

desk = Desk("secretariat", "lms.web.secretariat", admits=("secretariat",), path="/secretariat")
