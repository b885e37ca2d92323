"""Headcounts at the manager's desk: the training manager and the coordinator hand in."""

from typing import Any, Final

from lms.people.rules import Position
from lms.web.desk import at_the_desk
from lms.web.headcounts.showing import answer_headcounts, take_headcount
from lms.web.manager.desk import desk
from lms.web.manager.person import my_paths
from lms.web.manager.rosters_showing import sections

HAND_IN: Final[tuple[Position, ...]] = ("training-manager", "coordinator")


def _hands_in() -> tuple[str, ...]:
    return at_the_desk().paths_as(*HAND_IN)


@desk.get("/headcounts")
def headcounts() -> Any:
    """What was handed in for my operators."""
    return answer_headcounts("manager.headcounts", my_paths(), _hands_in(), sections("headcounts"))


@desk.post("/headcounts")
def return_headcount() -> Any:
    """A headcount is handed in."""
    return take_headcount("manager.headcounts", my_paths(), _hands_in(), sections("headcounts"))
