"""Tables of figures, ready to show: words, numbers in the reader's format, links to the rows."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from lms.people.rules import fold_text
from lms.reports import words
from lms.reports.exports import value_of
from lms.reports.rules import GROUPINGS, Line, Report, Table
from lms.reports.small_cells import Cell
from lms.web.language import current_language
from lms.web.secretariat.asking import Asked
from lms.web.secretariat.pages import FigureTable, TableCell, TableLine


def figure_tables(report: Report, typed: Asked) -> tuple[FigureTable, ...]:
    """All tables of a report that have a line."""
    return tuple(_table(table, typed) for table in report.tables if table.lines)


def _table(table: Table, typed: Asked) -> FigureTable:
    lines = tuple(
        TableLine(_label(line), tuple(_cell(table, line, i, typed) for i in range(len(line.cells))))
        for line in _in_order(table)
    )
    return FigureTable(
        id=f"by-{table.code}-{table.by}",
        caption=words.TITLES[table.code, table.by].in_words(_),
        head=tuple(words.COLUMNS[column].in_words(_) for column in table.columns),
        lines=lines,
        foot=tuple(_text(cell) for cell in table.totals),
        note="" if table.adds_up else words.SUMS_EXCEED.in_words(_),
        hides=any(not cell.is_shown for line in table.lines for cell in line.cells),
    )


def _in_order(table: Table) -> list[Line]:
    """States by their name in the reader's language; other lines as they are."""
    states = [line for line in table.lines if line.iso]
    others = [line for line in table.lines if not line.iso]
    return [*sorted(states, key=lambda line: fold_text(_label(line))), *others]


def _label(line: Line) -> str:
    return words.in_words(line.label, current_language(), _)


def _cell(table: Table, line: Line, place: int, typed: Asked) -> TableCell:
    cell, column = line.cells[place], table.columns[place]
    may_open = bool(cell.count) and table.by in GROUPINGS.get(column, ())
    url = rows_url(column, typed, by=table.by, key=line.key) if may_open else None
    return TableCell(_text(cell), url)


def _text(cell: Cell) -> str:
    shown = value_of(cell, _)
    return shown if isinstance(shown, str) else str(format_decimal(shown))


def rows_url(code: str, typed: Asked, **more: Any) -> str:
    """The address of the rows behind an indicator, or behind a group of it."""
    return url_for("secretariat.rows", code=code, **typed.arguments(), **more)


def heads_of(columns: Sequence[str]) -> tuple[str, ...]:
    """The heads of a table of rows."""
    return tuple(words.OF_ROWS[column].in_words(_) for column in columns)
