"""Small counts are hidden, and so are enough others that nobody can work them out. Pure.

A count from 1 to 4 reads “<5”. Where only one count of a table is small, the next large one is
hidden too, else the total would give it away. Where even this tells too much, all are hidden.
What is hidden depends on what is printed alone, so knowing this rule does not help either.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

SMALL: Final = 5
_TELLING_SUMS: Final = (SMALL + 1, 2 * (SMALL - 1))
"""Sums of a small and a large count that only one pair, or only one other table, can make."""

K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=Hashable)
Sight = Literal["shown", "small", "hidden"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of a table. `count` is None unless it is shown."""

    count: int | None
    sight: Sight = "shown"

    @property
    def is_shown(self) -> bool:
        """Whether the count may be seen, and the rows behind it opened."""
        return self.sight == "shown"


TOO_SMALL: Final = Cell(None, "small")
HIDDEN: Final = Cell(None, "hidden")


def shown(count: int) -> Cell:
    """A count that everybody may see."""
    return Cell(count)


def hide_small(counts: Mapping[K, int]) -> dict[K, Cell]:
    """The counts as they may be printed beside their total, in the same order.

    Give every group, the empty ones too: an order that changes with the counts would tell.
    """
    small = [key for key, count in counts.items() if 0 < count < SMALL]
    if not small:
        return {key: shown(count) for key, count in counts.items()}
    also = _also_hidden(counts, small)
    if also is None:
        return dict.fromkeys(counts, HIDDEN)
    cells = {key: shown(count) for key, count in counts.items()}
    return cells | dict.fromkeys(small, TOO_SMALL) | dict.fromkeys(also, HIDDEN)


def _also_hidden(counts: Mapping[K, int], small: list[K]) -> list[K] | None:
    """What must be hidden beside the small counts; None where everything must be."""
    total = sum(counts[key] for key in small)
    large = next((key for key, count in counts.items() if count >= SMALL), None)
    if sum(counts.values()) < SMALL:
        return None
    if len(small) > 1:
        all_alike = total in (len(small), len(small) * (SMALL - 1))
        return None if all_alike else []
    if large is None or total + counts[large] in _TELLING_SUMS:
        return None
    return [large]


def hide_small_rows(table: Mapping[R, Mapping[K, int]]) -> dict[R, dict[K, Cell]]:
    """A table of counts printed beside the totals of its rows *and* of its columns.

    A row with a small count is hidden whole, and further rows with it, the smallest first, until
    each small count could be another one. Only a group that is all of one kind cannot be hidden.
    """
    rows = sorted(table, key=lambda row: (sum(table[row].values()),))
    out = [row for row in rows if any(0 < n < SMALL for n in table[row].values())]
    more = [row for row in rows if row not in out and any(table[row].values())]
    while out and more and not all(_could_differ(table, out, row) for row in out):
        out.append(more.pop(0))
    return {
        row: dict.fromkeys(counts, HIDDEN)
        if row in out
        else {key: shown(count) for key, count in counts.items()}
        for row, counts in table.items()
    }


def _could_differ(table: Mapping[R, Mapping[K, int]], out: list[R], row: R) -> bool:
    here = table[row]
    small = [key for key, count in here.items() if 0 < count < SMALL]
    return all(
        any(_can_trade(here, table[other], key) for other in out if other != row) for key in small
    )


def _can_trade(here: Mapping[K, int], there: Mapping[K, int], key: K) -> bool:
    """Whether one person could stand in the other row with every total as it is."""
    gives = here[key] > 0 and any(there[other] > 0 for other in here if other != key)
    takes = there[key] > 0 and any(here[other] > 0 for other in here if other != key)
    return gives or takes
