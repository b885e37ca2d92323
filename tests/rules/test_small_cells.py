"""Small counts stay hidden, from the total, from the counts beside them, and from the rule."""

from collections import defaultdict
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.reports.small_cells import HIDDEN, TOO_SMALL, Cell, hide_small, hide_small_rows, shown

SEXES = ("female", "male", "other", "-")
Printed = tuple[Cell, ...]


def sexes(*counts: int) -> dict[str, int]:
    return dict(zip(SEXES, counts, strict=True))


def printed(counts: tuple[int, ...]) -> Printed:
    return tuple(hide_small(dict(enumerate(counts))).values())


@cache
def tables_with(total: int, groups: int) -> dict[Printed, list[tuple[int, ...]]]:
    """What can be printed for a total → all tables that print it."""
    found: dict[Printed, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(total + 1), repeat=groups - 1):
        if sum(counts) <= total:
            whole = (*counts, total - sum(counts))
            found[printed(whole)].append(whole)
    return found


def test_three_women_and_two_men_are_both_small() -> None:
    assert hide_small({"female": 3, "male": 2}) == {"female": TOO_SMALL, "male": TOO_SMALL}


def test_two_men_are_small_and_twelve_women_are_hidden_with_them() -> None:
    cells = hide_small(sexes(12, 2, 0, 0))
    assert cells["male"] == TOO_SMALL
    assert cells["female"] == HIDDEN


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hide_small(sexes(12, 5, 0, 7)) == {k: shown(n) for k, n in sexes(12, 5, 0, 7).items()}


def test_a_single_person_is_hidden_in_whichever_group() -> None:
    assert set(hide_small(sexes(1, 0, 0, 0)).values()) == {HIDDEN}
    assert hide_small(sexes(1, 0, 0, 0)) == hide_small(sexes(0, 0, 0, 1))


def test_one_small_beside_five_does_not_tell_which_is_which() -> None:
    assert hide_small(sexes(5, 1, 0, 0)) == hide_small(sexes(1, 5, 0, 0))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_hidden_count_could_always_be_another_one(data: st.DataObject) -> None:
    """Whoever knows the total, every shown count and this very rule still finds two tables."""
    groups = data.draw(st.integers(2, 4))
    most = {2: 60, 3: 24, 4: 15}[groups]
    total = data.draw(st.integers(1, most))
    table = data.draw(st.sampled_from(sorted(tables_with(total, groups), key=repr)))
    alike = tables_with(total, groups)[table]
    for place, cell in enumerate(table):
        if not cell.is_shown:
            assert len({counts[place] for counts in alike}) > 1, (alike, table)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_no_small_count_is_ever_shown(counts: list[int]) -> None:
    for count, cell in zip(counts, printed(tuple(counts)), strict=True):
        assert cell.is_shown or cell.count is None
        assert not (0 < count < 5 and cell.is_shown)
        assert cell != TOO_SMALL or 0 < count < 5


ROW = st.tuples(*[st.integers(0, 9)] * 3)


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=5))
def test_no_office_is_recomputed_from_the_totals_of_rows_and_columns(
    rows: list[tuple[int, ...]],
) -> None:
    table = {place: dict(enumerate(row)) for place, row in enumerate(rows)}
    cells = hide_small_rows(table)
    out = [p for p, row in cells.items() if any(not cell.is_shown for cell in row.values())]
    for place, row in table.items():
        for key, count in row.items():
            if 0 < count < 5:
                assert cells[place][key] == HIDDEN
                someone_else = len(out) < sum(1 for r in rows if sum(r))
                assert not someone_else or could_be_another(table, out, place, key)


def could_be_another(
    table: dict[int, dict[int, int]], out: list[int], place: int, key: int
) -> bool:
    """Whether moving one person keeps every total and every shown row as it is."""
    for other in (p for p in out if p != place):
        for column in (k for k in table[place] if k != key):
            more = table[other][key] > 0 and table[place][column] > 0
            fewer = table[place][key] > 0 and table[other][column] > 0
            if more or fewer:
                return True
    return False


@pytest.mark.parametrize("counts", [(12, 0), (5, 5), (0, 0)])
def test_offices_without_small_counts_are_shown(counts: tuple[int, int]) -> None:
    assert hide_small_rows({"a": dict(enumerate(counts))})["a"] == {
        key: shown(count) for key, count in enumerate(counts)
    }
