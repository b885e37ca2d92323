"""Sheets: tables as CSV that a spreadsheet opens with its accents and its columns in place."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(rows: Iterable[Iterable[object]], language: str) -> Iterator[str]:
    """The lines of a file for readers of a language, after the mark that says it is UTF-8."""
    yield _MARK
    for row in rows:
        yield sheet_row(row, language)


def sheet_row(cells: Iterable[object], language: str) -> str:
    """One line, with the separator that spreadsheets of the language expect; None is an empty cell.
    Text that would be taken for a formula begins with '."""
    line = io.StringIO()
    separator = ";" if language == "fr" else ","
    csv.writer(line, delimiter=separator).writerow([_harmless(cell) for cell in cells])
    return line.getvalue()


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
