"""Two desks at the counter: the helper's, and the list of kiosks of who answers for machines."""

from typing import Final

from lms.people.rules import Position
from lms.web.desk import Desk, at_the_desk

SERVE: Final[tuple[Position, ...]] = ("helper", "manager")
ANSWER_FOR_MACHINES: Final[tuple[Position, ...]] = (
    "engineer",
    "manager",
    "training-manager",
    "coordinator",
)

desk = Desk("counter", "lms.web.counter", admits=SERVE, path="/counter")
devices = Desk("devices", "lms.web.counter", admits=ANSWER_FOR_MACHINES, path="/counter/devices")


def counter_paths() -> tuple[str, ...]:
    """The subtrees in which the visitor serves at counters."""
    return at_the_desk().paths_as(*SERVE)


def machine_paths() -> tuple[str, ...]:
    """The subtrees in which the visitor enrols and withdraws kiosks."""
    return at_the_desk().paths_as(*ANSWER_FOR_MACHINES)
