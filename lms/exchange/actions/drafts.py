"""A file is kept, read and checked. Nothing is written to the record."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select, update

from lms.base.clock import as_text
from lms.base.database import work_writing
from lms.base.ids import new_id
from lms.base.jobs import Progress
from lms.exchange.actions.planning import plan_of, sheet_of
from lms.exchange.queries import KEPT_FOR, current_draft, data_of
from lms.exchange.reading.rows import LARGEST
from lms.exchange.rules.lines import NOT_TAKEN, Line, What, as_data, counts_of
from lms.exchange.rules.refusals import FileEmpty, FileTooLarge
from lms.exchange.tables import DraftLineRow, DraftRow

_MANY: Final = 1000


def keep_draft(
    *,
    what: What,
    unit: str,
    person: str,
    demo: bool,
    language: str,
    file_name: str,
    data: bytes,
    at: datetime,
    draft: str | None = None,
) -> str:
    """Keeps a file for 7 days; the same id again is the same file."""
    if len(data) > LARGEST:
        raise FileTooLarge(megabytes=LARGEST // 1024 // 1024)
    if not data:
        raise FileEmpty
    forget_old_drafts(at=at)
    draft = draft or new_id()
    row = {
        "id": draft,
        "what": what,
        "unit": unit,
        "person": person,
        "demo": demo,
        "language": language,
        "file_name": file_name[-120:],
        "sha256": hashlib.sha256(data).hexdigest(),
        "data": data,
        "made_at": as_text(at),
    }
    unknown = {"checked_at": "", "head": "[]", "unknown": "[]", "counts": "{}", "digest": ""}
    with work_writing() as work:
        if work.scalar(select(DraftRow.id).where(DraftRow.id == draft)) is None:
            work.execute(insert(DraftRow).values(**row, **unknown))
    return draft


def forget_old_drafts(*, at: datetime) -> None:
    """Deletes files that were sent more than 7 days ago, with what was said about them."""
    oldest = as_text(at - KEPT_FOR)
    with work_writing() as work:
        old = select(DraftRow.id).where(DraftRow.made_at < oldest)
        work.execute(delete(DraftLineRow).where(DraftLineRow.draft.in_(old)))
        work.execute(delete(DraftRow).where(DraftRow.made_at < oldest))


def discard_draft(*, draft: str) -> None:
    """Deletes one file."""
    with work_writing() as work:
        work.execute(delete(DraftLineRow).where(DraftLineRow.draft == draft))
        work.execute(delete(DraftRow).where(DraftRow.id == draft))


def check_draft(*, draft: str, at: datetime, progress: Progress) -> None:
    """Says of every row what it would do. Refuses a file that cannot be read as a list."""
    found = current_draft(draft, at)
    progress(0, 0)
    sheet = sheet_of(found.what, data_of(draft), found.language)
    plan = plan_of(found, sheet, at)
    lines = plan.lines
    with work_writing() as work:
        work.execute(delete(DraftLineRow).where(DraftLineRow.draft == draft))
        for start in range(0, len(lines), _MANY):
            some = enumerate(lines[start : start + _MANY], start=start)
            work.execute(insert(DraftLineRow), [_line_row(draft, no, line) for no, line in some])
        work.execute(
            update(DraftRow)
            .where(DraftRow.id == draft)
            .values(
                checked_at=as_text(at),
                head=json.dumps(sheet.head),
                unknown=json.dumps(sheet.columns.unknown),
                counts=json.dumps(counts_of(lines)),
                digest=digest_of(lines),
            )
        )
    progress(len(lines), len(lines))


def _line_row(draft: str, no: int, line: Line) -> dict[str, object]:
    return {
        "draft": draft,
        "no": no,
        "number": line.number,
        "state": line.state,
        "warned": bool(line.says) and line.state not in NOT_TAKEN,
        "staff_number": line.staff_number,
        "body": json.dumps(as_data(line), ensure_ascii=False),
    }


def digest_of(lines: Sequence[Line]) -> str:
    """What a check said, in a few letters: another word would give others."""
    told = hashlib.sha256()
    for line in lines:
        if line.state != "missing":
            said = [line.number, line.state, line.staff_number, as_data(line)]
            told.update(json.dumps(said, sort_keys=True).encode())
    return told.hexdigest()
