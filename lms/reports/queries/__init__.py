"""Reading figures and the rows behind them. `reports` reads other rooms' tables; it owns none."""

from lms.reports.queries.figures import figures
from lms.reports.queries.places import place_in, places_to_choose
from lms.reports.queries.rows import all_rows_behind, columns_of, rows_behind

__all__ = [
    "all_rows_behind",
    "columns_of",
    "figures",
    "place_in",
    "places_to_choose",
    "rows_behind",
]
