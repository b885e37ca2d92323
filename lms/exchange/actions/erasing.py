"""Files that name somebody whose names are about to be removed: what people sent is forgotten, what
is kept as a proof loses their rows."""

import csv
import io
import json
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy import delete, select

from lms.base.database import work_reading, work_writing
from lms.base.refusals import Refusal
from lms.exchange.actions.drafts import discard_draft
from lms.exchange.actions.trainings import SOURCES
from lms.exchange.reading.rows import Sheet, read_sheet
from lms.exchange.rules.columns import TRAININGS
from lms.exchange.tables import DraftLineRow
from lms.people.queries import people_with_ids
from lms.people.rosters.queries import names_of
from lms.people.rules import clean_login, fold_text
from lms.record.aliases import aliases_of

log = structlog.get_logger("lms.exchange")


@dataclass(frozen=True, slots=True)
class _Known:
    """What somebody may be found by: words that stand together, or one thing alone in a cell."""

    words: frozenset[str]
    alone: frozenset[str]

    def is_named_in(self, cells: Collection[str]) -> bool:
        if any(clean_login(cell) in self.alone for cell in cells):
            return True
        return bool(self.words) and self.words <= set(fold_text(" ".join(cells)).split())


def forget_in_files(*, persons: Collection[str], folder: Path) -> int:
    """Forgets lists that wait and name one of these persons, and takes the person out of the kept
    sources of past trainings; how many files. To be called while the names are still known."""
    known = [each for person in persons for each in _known_as(aliases_of(person))]
    if not known:
        return 0
    drafts, missing = _drafts_that_name(known)
    for draft in drafts:
        discard_draft(draft=draft)
    _forget_lines(missing)
    sources = folder / SOURCES
    kept = sorted(sources.iterdir()) if sources.is_dir() else []
    return len(drafts) + sum(_taken_out(known, path) for path in kept)


def _known_as(ids: Collection[str]) -> Iterable[_Known]:
    numbers = {person.number for person in people_with_ids(list(ids)).values()}
    for names in names_of(ids).values():
        words = fold_text(f"{names.given_name} {names.family_name}").split()
        alone = {names.staff_number, names.email, *map(clean_login, numbers)} - {""}
        yield _Known(frozenset(words), frozenset(alone))


def _drafts_that_name(known: Collection[_Known]) -> tuple[set[str], set[tuple[str, int]]]:
    """(files that name somebody, lines that say who is missing from a file)."""
    files: set[str] = set()
    missing: set[tuple[str, int]] = set()
    with work_reading() as work:
        for row in work.execute(select(DraftLineRow.__table__)):
            cells = [row.staff_number, *_texts_in(json.loads(row.body))]
            if not any(each.is_named_in(cells) for each in known):
                continue
            if row.state == "missing":
                missing.add((row.draft, row.no))
            else:
                files.add(row.draft)
    return files, missing


def _forget_lines(lines: Iterable[tuple[str, int]]) -> None:
    with work_writing() as work:
        for draft, no in lines:
            this = DraftLineRow.draft == draft, DraftLineRow.no == no
            work.execute(delete(DraftLineRow).where(*this))


def _texts_in(body: object) -> Iterable[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict | list):
        for each in body.values() if isinstance(body, dict) else body:
            yield from _texts_in(each)


def _taken_out(known: Collection[_Known], path: Path) -> bool:
    try:
        sheet = read_sheet(path.read_bytes(), TRAININGS)
    except Refusal:
        log.warning("a kept file cannot be read", file=path.name)
        return False
    named = {row.number for row in sheet.rows if any(each.is_named_in(row.cells) for each in known)}
    if named:
        _write_again(path, sheet, named)
    return bool(named)


def _write_again(path: Path, sheet: Sheet, without: Collection[int]) -> None:
    """The same rows at the same numbers as CSV, some of them empty."""
    text, part = io.StringIO(newline=""), path.with_name(f"{path.name}.part")
    rows = {row.number: row.cells for row in sheet.rows if row.number not in without}
    first = min((row.number for row in sheet.rows), default=2)
    last = max((row.number for row in sheet.rows), default=1)
    rows[first - 1] = sheet.head
    write = csv.writer(text)
    for number in range(1, last + 1):
        write.writerow(rows.get(number, ()))
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text.getvalue().encode())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
