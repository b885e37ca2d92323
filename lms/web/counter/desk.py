"""Two desks at the counter: the helper's, and the list of kiosks of who answers for machines."""

from typing import Final

from lms.people.assistance.rules import NotAHelperHere, position_at
from lms.people.queries import find_organisation
from lms.people.rules import Position
from lms.web.desk import Desk, at_the_desk
from lms.web.standing import this_device

SERVE: Final[tuple[Position, ...]] = ("helper", "manager")
ANSWER_FOR_MACHINES: Final[tuple[Position, ...]] = (
    "engineer",
    "manager",
    "training-manager",
    "coordinator",
)

desk = Desk("counter", "lms.web.counter", admits=SERVE, path="/counter", at_kiosks=True)
devices = Desk("devices", "lms.web.counter", admits=ANSWER_FOR_MACHINES, path="/counter/devices")


def counter_paths() -> tuple[str, ...]:
    """The subtrees in which the visitor serves at counters; at a kiosk its own office alone.
    Refuses with `NotAHelperHere` who does not serve there."""
    somebody, device = at_the_desk(), this_device()
    if device is None:
        return somebody.paths_as(*SERVE)
    office = find_organisation(device.organisation)
    if office is None or not position_at(somebody.positions, office.path):
        raise NotAHelperHere
    return (office.path,)


def machine_paths() -> tuple[str, ...]:
    """The subtrees in which the visitor enrols and withdraws kiosks."""
    return at_the_desk().paths_as(*ANSWER_FOR_MACHINES)
