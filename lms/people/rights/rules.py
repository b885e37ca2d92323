"""The catalogue of positions, and who may give or withdraw each. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast

from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.rules import POSITIONS, Held, Position

LEVELS_OF: Final[Mapping[Position, tuple[str, ...]]] = {
    "helper": ("region", "office"),
    "manager": ("region", "office"),
    "trainer": ("union", "state", "operator", "region", "office"),
    "training-manager": ("operator",),
    "coordinator": ("state",),
    "secretariat": ("union",),
    "engineer": ("union", "state", "operator"),
}
"""Position → levels of the organisations it can be held at."""

GIVES: Final[Mapping[Position, frozenset[Position]]] = {
    "secretariat": frozenset(cast("tuple[Position, ...]", tuple(LEVELS_OF))),
    "coordinator": frozenset({"helper", "manager", "trainer", "training-manager"}),
    "training-manager": frozenset({"helper", "manager", "trainer"}),
    "manager": frozenset({"helper"}),
}
"""Position → positions that its holder gives and withdraws, inside their subtree. Who gives a
position stands above it."""


def givers_of(position: Position) -> tuple[Position, ...]:
    """The positions whose holders give a position, the nearest first."""
    nearest_first = reversed(tuple(GIVES))
    return tuple(held for held in nearest_first if position in GIVES[held])


LATEST: Final = timedelta(days=366)


class MayNotGive(Refusal):
    says = sentence(
        "You cannot give or withdraw this position there. Ask somebody whose position stands above "
        "it: a training manager, a country coordinator or the secretariat."
    )


class NotToOneself(Refusal):
    says = sentence(
        "Nobody changes their own positions or access. Ask somebody whose position stands above "
        "yours."
    )


class LevelDoesNotFit(Refusal):
    says = sentence(
        "This position is not held at an organisation of that level. Choose another organisation."
    )


class DayDoesNotFit(Refusal):
    says = sentence("Choose today or a later day, at most one year from now.")


class NotHeld(Refusal):
    says = sentence(
        "The person does not hold this position now. Load the page again to see what has changed."
    )


class HeldAlready(Refusal):
    says = sentence("The person holds this position there already.")


class StandsAbove(Refusal):
    says = sentence(
        "This person holds a position that you do not stand above, so you cannot touch their "
        "access. Ask a training manager, a country coordinator or the secretariat."
    )


@dataclass(frozen=True, slots=True)
class Holding:
    """A position of a person at an organisation, from a day until a day ("": until further
    notice). Days are YYYY-MM-DD."""

    position: Position
    organisation: str
    since: str
    until: str

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        text = day.isoformat()
        return self.since <= text and (not self.until or text < self.until)

    def is_over_on(self, day: date) -> bool:
        """Whether it has ended by a day."""
        return bool(self.until) and self.until <= day.isoformat()


def is_position(text: str) -> bool:
    """Whether this is a position that can be given: everybody is a learner already."""
    return text in POSITIONS and text != "learner"


def fits(position: Position, level: str) -> bool:
    """Whether the position can be held at an organisation of this level."""
    return level in LEVELS_OF.get(position, ())


def may_give(held: Position, position: Position, level: str, inside: bool) -> bool:
    """Whether who holds `held` may give or withdraw `position` at an organisation of this level;
    `inside`: it lies in the subtree of the position that is held."""
    return inside and fits(position, level) and position in GIVES.get(held, frozenset())


def may_give_at(held: Iterable[Held], position: Position, level: str, path: str) -> bool:
    """The same for everything that somebody holds."""
    return any(may_give(h.position, position, level, path.startswith(h.path)) for h in held)


def stands_above(held: Iterable[Held], position: Position, path: str) -> bool:
    """Whether somebody's positions stand above a position held at a path.

    The level does not count here: a position that was given at an odd level by the command line
    is still below who gives that position.
    """
    return any(position in GIVES.get(h.position, ()) and path.startswith(h.path) for h in held)


def day_fits(on: date, today: date) -> bool:
    """Whether a position may begin or end on this day: the past is never rewritten."""
    return today <= on <= today + LATEST
