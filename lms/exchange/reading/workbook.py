"""The first sheet of an XLSX workbook as text, read only once its size is known to be bearable."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from lms.exchange.rules.refusals import NotATable, OldWorkbook, SheetTooWide, WorkbookLocked

_MOST_BYTES: Final = 400 * 1024 * 1024
_MOST_CELLS: Final = 5_000_000
_CELL: Final = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"')


def is_workbook(data: bytes) -> bool:
    """Whether this is an archive, as workbooks are."""
    return data.startswith(b"PK\x03\x04")


def is_old_workbook(data: bytes) -> bool:
    """Whether this is a workbook of before 2007, or one that is protected by a password."""
    return data.startswith(b"\xd0\xcf\x11\xe0")


def workbook_rows(data: bytes) -> list[list[str]]:
    """Rows of the first sheet."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _refuse_what_would_burst(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError:
        raise WorkbookLocked from None
    except (CalamineError, IndexError, OSError, ValueError):
        raise NotATable from None
    return [[as_typed(cell) for cell in row] for row in rows]


def _refuse_what_would_burst(data: bytes) -> None:
    """The reader makes room for every cell up to the last one: a single cell far away from the
    list, or an archive that swells, would take all memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise OldWorkbook
            if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
                raise NotATable
            for name in names:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _refuse_far_cells(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise NotATable from None


def _refuse_far_cells(archive: zipfile.ZipFile, name: str) -> None:
    last_row = last_column = read = 0
    tail = b""
    with archive.open(name) as file:
        while chunk := file.read(1 << 20):
            read += len(chunk)
            for letters, number in _CELL.findall(tail + chunk):
                last_row, last_column = max(last_row, int(number)), max(last_column, _at(letters))
            if last_row * last_column > _MOST_CELLS or read > _MOST_BYTES:
                raise SheetTooWide(cell=f"{_letters(last_column)}{last_row}")
            tail = chunk[-40:]


def _at(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def _letters(place: int) -> str:
    text = ""
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def as_typed(cell: Any) -> str:
    """A cell as one would have typed it: days as year-month-day, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool | time | timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
