"""The list as a file for a spreadsheet."""

import csv
import io
from typing import Final

from lms.workshops.paper.sheet import Sheet, SheetLine
from lms.workshops.paper.words import WORDS, Words

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def attendance_csv(sheet: Sheet, language: str) -> bytes:
    """One line a person, one column a sitting. UTF-8 with its mark, and the separator that
    spreadsheets of the language expect; a cell that would be read as a formula begins with '."""
    words = WORDS[language]
    text = io.StringIO()
    table = csv.writer(text, delimiter=words.separator)
    table.writerow([_harmless(cell) for cell in _head(sheet, words)])
    for line in sheet.lines:
        table.writerow([_harmless(cell) for cell in _cells(sheet, line, words)])
    return text.getvalue().encode("utf-8-sig")


def _head(sheet: Sheet, words: Words) -> list[str]:
    sittings = [f"{s.on.isoformat()} {s.starts:%H:%M}" for s in sheet.workshop.sittings]
    fixed = [words.card, words.name, words.sender, words.state, words.role]
    return [*fixed, *sittings, words.minutes, words.late]


def _cells(sheet: Sheet, line: SheetLine, words: Words) -> list[str]:
    sittings = sheet.workshop.sittings
    ticks = [words.yes if s.id in line.present_at else words.no for s in sittings]
    minutes = sum(s.minutes for s in sittings if s.id in line.present_at)
    late = words.yes if line.late_at else words.no
    fixed = [line.number, line.name, line.sender, line.state, words.roles.get(line.role, line.role)]
    return [*fixed, *ticks, str(minutes), late]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
