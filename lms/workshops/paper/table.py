"""The list as a file for a spreadsheet."""

from lms.base.sheets import sheet
from lms.workshops.paper.sheet import Sheet, SheetLine
from lms.workshops.paper.words import WORDS, Words


def attendance_csv(of: Sheet, language: str) -> bytes:
    """One line a person, one column a sitting."""
    words = WORDS[language]
    lines = (_cells(of, line, words) for line in of.lines)
    return "".join(sheet([_head(of, words), *lines], language)).encode()


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
