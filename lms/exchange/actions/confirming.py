"""Writing what a check has said: all of it in one transaction, or nothing."""

from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, update

from lms.base.clock import as_text
from lms.base.database import db, work_writing, writing
from lms.base.ids import derived_id
from lms.base.jobs import Progress
from lms.exchange.actions.drafts import check_draft, digest_of
from lms.exchange.actions.planning import Plan, plan_of, sheet_of, unit_of
from lms.exchange.actions.staff import write_staff
from lms.exchange.actions.trainings import SOURCES, keep_source, name_source, write_trainings
from lms.exchange.events import RosterImported
from lms.exchange.queries import UNDO_WITHIN, Draft, current_draft, data_of, find_import
from lms.exchange.reading.rows import Sheet
from lms.exchange.rules.lines import WRITTEN, counts_of
from lms.exchange.rules.refusals import DraftIsStale, DraftNotReady
from lms.exchange.tables import DraftRow, RosterChangeRow
from lms.learning.events import LEARNING_KINDS
from lms.people.audit.actions import note
from lms.record.actions import record
from lms.record.events import Actor, Happened
from lms.record.queries import is_anything_since, newest_number

_NOTED: Final = {"roster": "roster.imported", "trainings": "training.imported"}


def import_of(draft: str) -> str:
    """The id of the import that a draft becomes; a draft is imported once."""
    return derived_id("import", draft)


def confirm_draft(
    *,
    draft: str,
    by: Actor,
    at: datetime,
    folder: Path,
    progress: Progress,
) -> str:
    """Writes the file as it was checked; the id of the import. `folder` keeps the sources of past
    trainings.

    Refuses with `DraftIsStale`, after a new check, where people have changed since the check.
    """
    found, imported = current_draft(draft, at), import_of(draft)
    if find_import(imported):
        return imported
    data = data_of(draft)
    if not found.digest or not data:
        raise DraftNotReady
    sheet = sheet_of(found.what, data, found.language)
    if found.what == "trainings":
        keep_source(folder / SOURCES, found.sha256, data)
    seen = newest_number()
    plan = _plan_as_checked(found, sheet, at)
    with writing():
        if find_import(imported):  # meanwhile, in another process
            return imported
        if is_anything_since(seen, but=LEARNING_KINDS):
            plan = _plan_as_checked(found, sheet, at)
        if plan:
            _write(found, plan, imported, by, at, progress)
    if not plan:
        check_draft(draft=draft, at=at, progress=progress)
        raise DraftIsStale
    with work_writing() as work:
        work.execute(update(DraftRow).where(DraftRow.id == draft).values(data=b""))
    return imported


def _plan_as_checked(draft: Draft, sheet: Sheet, at: datetime) -> Plan | None:
    """The plan, unless it says another word than the check did. It takes seconds, so it is made
    before the pen is taken, and again with the pen only where something else was written."""
    plan = plan_of(draft, sheet, at)
    return plan if digest_of(plan.lines) == draft.digest else None


def _write(
    draft: Draft, plan: Plan, imported: str, by: Actor, at: datetime, progress: Progress
) -> None:
    old = RosterChangeRow.at < as_text(at - UNDO_WITHIN)
    db.session().execute(delete(RosterChangeRow).where(old))
    if draft.what == "trainings":
        name_source(draft.sha256, draft.file_name)
        write_trainings(plan.past, imported, draft.sha256, by, at, progress)
    else:
        write_staff(plan.staff, imported, unit_of(draft), draft, by, at, progress)
    counts = counts_of(plan.lines)
    written = sum(counts[state] for state in WRITTEN)
    if not written:
        return
    rows = sum(counts.values()) - counts["missing"]
    event = RosterImported(draft.unit, draft.sha256, rows, counts, draft.what)
    record([Happened(event, imported, by, at)])
    note(
        _NOTED[draft.what],
        by=by,
        at=at,
        organisation=draft.unit,
        detail={"rows": rows, "written": written, "refused": counts["refused"]},
        event_id=derived_id("noted", imported),
    )
