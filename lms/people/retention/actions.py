"""Removes what has been kept long enough. Every function says how many rows went; all of them can
be called again at any moment."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from lms.base.clock import as_text
from lms.base.database import db, work_writing
from lms.people.access.tables import AccessCodeRow, MailRow, ResetWishRow
from lms.people.cards.tables import CounterDayRow, PinCodeRow
from lms.people.corrections.tables import CorrectionRow, CorrectionTextRow
from lms.people.tables import SessionRow, TryRow


def forget_sessions(*, at: datetime, days: int) -> int:
    """Sessions that ended more than so many days ago."""
    return _work(SessionRow.ends_at < _before(at, days), SessionRow)


def forget_tries(*, at: datetime, days: int) -> int:
    """Failed sign-ins, and wishes for a new password that nobody took up."""
    moment = _before(at, days)
    return _work(TryRow.at < moment, TryRow) + _work(ResetWishRow.at < moment, ResetWishRow)


def forget_counter_days(*, at: datetime, days: int) -> int:
    """Who was at a counter on which day, and codes for a PIN that have ended."""
    day = (at - timedelta(days=days)).date().isoformat()
    gone = _work(CounterDayRow.day < day, CounterDayRow)
    return gone + _work(PinCodeRow.ends_at < as_text(at), PinCodeRow)


def forget_outbox(*, at: datetime, days: int) -> int:
    """Messages that no longer wait, and the codes of messages and sheets that have ended. In the
    present write transaction."""
    moment = _before(at, days)
    gone = _record(MailRow, MailRow.state != "waits", MailRow.due_at < moment)
    held = select(MailRow.code).where(MailRow.state == "waits")
    ended = AccessCodeRow.ends_at < moment, AccessCodeRow.id.not_in(held)
    return gone + _record(AccessCodeRow, *ended)


def forget_requests(*, at: datetime, days: int) -> int:
    """What was typed in requests for a correction that were answered; that there was a request
    stays. In the present write transaction."""
    answered = select(CorrectionRow.id).where(
        CorrectionRow.answered_at != "", CorrectionRow.answered_at < _before(at, days)
    )
    typed = CorrectionTextRow.id.in_(answered), CorrectionTextRow.text != ""
    found = db.session().scalars(select(CorrectionTextRow.id).where(*typed)).all()
    blank = update(CorrectionTextRow).where(CorrectionTextRow.id.in_(found))
    db.session().execute(blank.values(text="", answer=""))
    return len(found)


def _before(at: datetime, days: int) -> str:
    return as_text(at - timedelta(days=days))


def _work(condition: Any, row: Any) -> int:
    key = row.__table__.primary_key.columns.values()[0]
    with work_writing() as work:
        return len(work.execute(delete(row).where(condition).returning(key)).all())


def _record(row: Any, *conditions: Any) -> int:
    key = row.__table__.primary_key.columns.values()[0]
    return len(db.session().execute(delete(row).where(*conditions).returning(key)).all())
