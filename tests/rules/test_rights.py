"""Who may give what: nobody gives what they do not stand above."""

from itertools import pairwise
from typing import cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.people.rights.rules import GIVES, LEVELS_OF, fits, is_position, may_give, stands_above
from lms.people.rules import LEVELS, Held, Position

POSITIONS = [p for p in cast("tuple[Position, ...]", get_args(Position)) if p != "learner"]
positions, levels = some.sampled_from(POSITIONS), some.sampled_from(LEVELS)


@pytest.mark.parametrize(
    ("giver", "gives"),
    [
        ("secretariat", set(POSITIONS)),
        ("coordinator", {"helper", "manager", "trainer", "training-manager"}),
        ("training-manager", {"helper", "manager", "trainer"}),
        ("manager", {"helper"}),
        ("helper", set()),
        ("trainer", set()),
        ("engineer", set()),
        ("learner", set()),
    ],
)
def test_each_position_gives_those_below_it(giver: Position, gives: set[str]) -> None:
    given_at_all = {p for p in POSITIONS for level in LEVELS if may_give(giver, p, level, True)}

    assert given_at_all == gives


@given(held=positions, position=positions, level=levels)
def test_nothing_is_given_outside_ones_subtree(
    held: Position, position: Position, level: str
) -> None:
    assert not may_give(held, position, level, False)


@given(held=positions, position=positions, level=levels)
def test_a_position_is_given_at_its_own_levels_alone(
    held: Position, position: Position, level: str
) -> None:
    if may_give(held, position, level, True):
        assert fits(position, level)


@given(chain=some.lists(positions, min_size=2, max_size=6))
def test_no_chain_of_gifts_leads_back_up(chain: list[Position]) -> None:
    """Below the secretariat nobody can, through others, come to give their own position."""
    handed_on = all(b in GIVES.get(a, ()) for a, b in pairwise(chain))
    if handed_on and chain[0] != "secretariat":
        assert chain[0] not in chain[1:]
        assert "secretariat" not in chain


def test_the_catalogue_is_whole() -> None:
    assert set(LEVELS_OF) == set(POSITIONS)
    assert all(set(at) <= set(LEVELS) for at in LEVELS_OF.values())
    assert not is_position("learner")
    assert not is_position("emperor")


def test_who_stands_above_does_so_inside_their_subtree_only() -> None:
    manager = [Held("manager", "a", "u/s/a/")]

    assert stands_above(manager, "helper", "u/s/a/b/")
    assert not stands_above(manager, "helper", "u/s/c/")
    assert not stands_above(manager, "manager", "u/s/a/")
    assert not stands_above([], "helper", "u/")
