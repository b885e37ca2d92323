"""Two desks: the learner's, where a helper joins, and the helper's at a kiosk."""

from lms.people.assistance.rules import ASSIST
from lms.web.desk import Desk

desk = Desk("assistance", "lms.web.assistance", admits=("learner",), path="/assistance")
at_counter = Desk(
    "assisting", "lms.web.assistance", admits=ASSIST, path="/counter/assist", at_kiosks=True
)
