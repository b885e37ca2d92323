"""Random lives in which much is recorded beforehand, as Hypothesis draws them."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as some

from lms.base.ids import derived_id
from lms.learning.paths.events import PathDefined, RuleSet
from lms.people.events import (
    AssignmentBegun,
    AssignmentEnded,
    LearnerMoved,
    LearnerRegistered,
    OrganisationMoved,
    PositionGiven,
    PositionWithdrawn,
)
from lms.record.events import Actor, Event, EventVoided, Happened, LearnerMerged
from tests.builders import SPRING

PEOPLE = ("awa", "kofi")
DAYS = 6
OF_A_DAY = ("organisation", "learner", "assignment", "position", "day_change", "enrolment")
"""The tables that say how things stand on the day on which they were folded."""
_OFFICES = ("CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01")


def day(number: int) -> str:
    """The day so many days after spring began."""
    return (SPRING + timedelta(days=number)).date().isoformat()


@some.composite
def told_ahead(draw: Any, tree: dict[str, str]) -> list[tuple[int, Happened]]:
    """(day on which it is recorded, what): people who follow two paths by rule, move, have further
    offices and positions, mostly from days to come."""
    told: list[tuple[int, Happened]] = []

    def tell(event: Event, on: int) -> None:
        at = SPRING + timedelta(days=on, minutes=len(told))
        told.append((on, Happened(event, derived_id("ahead", str(len(told))), Actor("x"), at)))

    for number, (who, code) in enumerate((("employee", "CI-OP"), ("helper", "KE-OP"))):
        tell(PathDefined(f"p{number}", tree["UPAP"], "a", "b", ["parcels"]), 0)
        tell(RuleSet(f"p{number}", tree[code], who, 3), 0)
    for person in PEOPLE:
        office = tree[draw(some.sampled_from(_OFFICES))]
        tell(LearnerRegistered(person, "N", office, "employee", "female", 1990), 0)
    for _ in range(draw(some.integers(1, 7))):
        when = draw(some.integers(0, DAYS - 1))
        tell(_act(draw, tree, [h.id for _, h in told]), when)
    return sorted(told, key=lambda each: each[0])


def _act(draw: Any, tree: dict[str, str], known: list[str]) -> Event:
    person = draw(some.sampled_from(PEOPLE))
    office = tree[draw(some.sampled_from(_OFFICES))]
    on = day(draw(some.integers(-1, DAYS)))
    acts: list[Event] = [
        LearnerMoved(person, office, draw(some.sampled_from(("employee", "citizen"))), on),
        AssignmentBegun(person, office, "employee", on),
        AssignmentBegun(person, office, "citizen", on),
        AssignmentEnded(person, office, on),
        PositionGiven(person, "helper", office, on),
        PositionWithdrawn(person, "helper", office, on),
        OrganisationMoved(tree["CI-OP-ABJ-02"], tree["KE-OP"], on),
        LearnerMerged("awa", "kofi"),
        EventVoided(draw(some.sampled_from(known)), "mistake"),
    ]
    act: Event = draw(some.sampled_from(acts))
    return act
