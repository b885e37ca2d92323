"""What an organiser does about a workshop. Doing it again with the same id changes nothing."""

from lms.workshops.actions.lists import expect_people, remove_person
from lms.workshops.actions.planning import (
    cancel_workshop,
    change_workshop,
    hold_workshop,
    plan_workshop,
)
from lms.workshops.actions.roll import take_roll
from lms.workshops.actions.walk_in import Door, add_walk_in, expect_typed

__all__ = [
    "Door",
    "add_walk_in",
    "cancel_workshop",
    "change_workshop",
    "expect_people",
    "expect_typed",
    "hold_workshop",
    "plan_workshop",
    "remove_person",
    "take_roll",
]
