"""Reading figures and the rows behind them. `reports` reads other rooms' tables; it owns none."""

from lms.reports.queries.figures import figures
from lms.reports.queries.places import place_in, places_to_choose
from lms.reports.queries.rows import all_rows_behind, columns_of, rows_behind
from lms.reports.queries.tables import label_of_group

__all__ = [
    "all_rows_behind",
    "columns_of",
    "figures",
    "label_of_group",
    "place_in",
    "places_to_choose",
    "rows_behind",
]
