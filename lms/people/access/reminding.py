"""A message that opens no door: it says that something is to be finished, and where to look."""

from datetime import datetime
from typing import Final

from lms.base.clock import as_text
from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.access.tables import MailRow

REMINDER: Final = ""
"""What stands in place of a one-time code."""


def put_reminder(*, person: str, language: str, at: datetime) -> None:
    """Puts a reminder into the outgoing mail, in the present write transaction; one a day."""
    name = derived_id("reminder", person, at.date().isoformat())
    if db.session().get(MailRow, name) is None:
        db.session().add(
            MailRow(
                id=name,
                person=person,
                code=REMINDER,
                language=language,
                made_at=as_text(at),
                due_at=as_text(at),
                tries=0,
                state="waits",
                problem="",
            )
        )
        db.session().flush()
