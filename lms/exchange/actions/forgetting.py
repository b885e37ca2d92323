"""Removes files that were sent and names from before imports, when they were kept long enough."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from lms.base.clock import as_text
from lms.base.database import db, work_writing
from lms.exchange.tables import DraftLineRow, DraftRow, RosterChangeRow


def forget_drafts(*, at: datetime, days: int) -> int:
    """Files that were sent more than so many days ago; how many."""
    oldest = as_text(at - timedelta(days=days))
    with work_writing() as work:
        old = select(DraftRow.id).where(DraftRow.made_at < oldest)
        work.execute(delete(DraftLineRow).where(DraftLineRow.draft.in_(old)))
        gone = delete(DraftRow).where(DraftRow.made_at < oldest).returning(DraftRow.id)
        return len(work.execute(gone).all())


def forget_names_before_imports(*, at: datetime, days: int) -> int:
    """What imports of so long ago had replaced; they can no longer be undone. In the present write
    transaction; how many people."""
    old = RosterChangeRow.at < as_text(at - timedelta(days=days))
    gone = delete(RosterChangeRow).where(old).returning(RosterChangeRow.person)
    return len(db.session().execute(gone).all())
