"""Folds events into the tree of organisations, the learners, their positions and assignments."""

from lms.people.projector.assignments import Assignments
from lms.people.projector.day_changes import DayChanges
from lms.people.projector.learners import Learners
from lms.people.projector.organisations import Organisations
from lms.people.projector.positions import Positions
from lms.people.projector.proposals import Proposals

PROJECTORS = (Organisations(), Learners(), Positions(), Assignments(), DayChanges(), Proposals())

__all__ = [
    "PROJECTORS",
    "Assignments",
    "DayChanges",
    "Learners",
    "Organisations",
    "Positions",
    "Proposals",
]
