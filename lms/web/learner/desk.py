"""The learner desk: anybody who is signed in."""

from lms.web.desk import Desk

desk = Desk("learner", __name__, admits=("learner",))
