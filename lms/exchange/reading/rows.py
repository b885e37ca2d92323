"""A file as a table: its headings, its rows of text, and where each thing stands in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lms.exchange.reading.csv_text import csv_tables
from lms.exchange.reading.workbook import is_old_workbook, is_workbook, workbook_rows
from lms.exchange.rules.columns import Columns, Names, columns_in, score_of
from lms.exchange.rules.refusals import (
    FileEmpty,
    FileTooLarge,
    NotATable,
    OldWorkbook,
    TooManyRows,
)

LARGEST: Final = 30 * 1024 * 1024
MOST_ROWS: Final = 50_000
FORMULA: Final = ("=", "+", "-", "@")
_HEADINGS_WITHIN: Final = 15
_SMALL_ROWS: Final = 500
_SMALL_WORKBOOK: Final = 40_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings, what stands in which column, and the rows that are not empty."""

    head: tuple[str, ...]
    columns: Columns
    rows: tuple[Row, ...]

    def cell(self, row: Row, thing: str) -> str:
        """What the row says about a thing; empty where it has no such column or cell."""
        place = self.columns.places.get(thing)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def has(self, thing: str) -> bool:
        """Whether there is a column for it."""
        return thing in self.columns.places


def is_small(data: bytes) -> bool:
    """Whether the file can be worked on while its sender waits: some 500 rows."""
    if is_workbook(data):
        return len(data) <= _SMALL_WORKBOOK
    return data.count(b"\n") + data.count(b"\r") <= _SMALL_ROWS


def read_sheet(data: bytes, names: Names) -> Sheet:
    """The table in a file. Refuses what is too large, empty, or no table."""
    if len(data) > LARGEST:
        raise FileTooLarge(megabytes=LARGEST // 1024 // 1024)
    if not data.strip():
        raise FileEmpty
    if is_old_workbook(data):
        raise OldWorkbook
    tables = [workbook_rows(data)] if is_workbook(data) else csv_tables(data)
    rows, head = _best(tables, names)
    body = tuple(_filled(rows, head + 1))
    if len(body) > MOST_ROWS:
        raise TooManyRows(rows=MOST_ROWS)
    headings = tuple(cell.strip() for cell in rows[head])
    return Sheet(headings, columns_in(headings, names), body)


def _best(tables: Sequence[list[list[str]]], names: Names) -> tuple[list[list[str]], int]:
    """The reading of the file, and in it the row, that names the most columns."""
    found = [
        (score_of(row, names), -place, -index)
        for index, table in enumerate(tables)
        for place, row in enumerate(table[:_HEADINGS_WITHIN])
        if any(cell.strip() for cell in row)
    ]
    if not found:
        raise NotATable
    _score, place, index = max(found)
    return tables[-index], -place


def _filled(rows: list[list[str]], start: int) -> Iterator[Row]:
    for number, row in enumerate(rows[start:], start=start + 1):
        cells = tuple(" ".join(cell.split()) for cell in row)
        if any(cells):
            yield Row(number, cells)
