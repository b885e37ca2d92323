"""The tile map: one square for each member state, about where the state lies."""

from collections.abc import Mapping
from typing import Final

from lms.reports.rules import Named, Report
from lms.web.language import current_language
from lms.web.secretariat.pages import MapTile, StateMap

_ROWS: Final = (
    ".. EH MA DZ TN LY EG .. .. .. ..",
    "CV MR ML BF NE TD SD ER DJ .. ..",
    "SN GM GN CI GH NG CF SS ET SO ..",
    "GW SL LR TG BJ CM CG UG KE .. ..",
    ".. .. .. ST GQ GA CD RW TZ SC ..",
    ".. .. .. .. .. AO ZM BI MW KM ..",
    ".. .. .. .. .. NA BW ZW MZ MG MU",
    ".. .. .. .. .. .. ZA LS SZ .. ..",
)
PLACES: Final[Mapping[str, tuple[int, int]]] = {
    iso: (column, row)
    for row, line in enumerate(_ROWS)
    for column, iso in enumerate(line.split())
    if iso != ".."
}
"""ISO code → (column, row), counted in squares from the top left."""
COLUMN: Final = "1a"


def state_map(report: Report) -> StateMap | None:
    """Employees trained by member state; None where fewer than two states are in the place."""
    counts = _counts(report)
    if len(counts) < 2:
        return None
    steps = _steps(max(count for _, count in counts.values()))
    tiles = tuple(
        MapTile(*PLACES[iso], iso, name, count, _level(count, steps))
        for iso, (name, count) in sorted(counts.items(), key=lambda one: PLACES[one[0]][::-1])
    )
    return StateMap(tiles, len(_ROWS[0].split()), len(_ROWS), steps)


def _counts(report: Report) -> dict[str, tuple[str, int]]:
    table = report.table(COLUMN, "state")
    place = table.columns.index(COLUMN) if table else 0
    return {
        line.iso: (line.label.name(current_language()), line.cells[place].count or 0)
        for line in (table.lines if table else ())
        if line.iso in PLACES and isinstance(line.label, Named)
    }


def _steps(most: int) -> tuple[int, int]:
    return max(2, -(-most // 3)), max(3, -(-2 * most // 3))


def _level(count: int, steps: tuple[int, int]) -> int:
    return 0 if count == 0 else 1 + sum(count >= step for step in steps)
