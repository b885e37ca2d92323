"""Reading for whom a new day changes something."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from lms.base.database import db
from lms.people.tables import DayChangeRow


def waiting_until(day: date, *, most: int = 1) -> list[str]:
    """People and organisations for whom something begins or ends by this day and who were not
    folded since, the longest waiting first."""
    statement = select(DayChangeRow.id).where(DayChangeRow.on <= day.isoformat())
    return list(db.session().scalars(statement.order_by(DayChangeRow.on).limit(most)))


def waiting_among(persons: Iterable[str]) -> set[str]:
    """Those of these people for whom something is recorded for a day to come."""
    waiting = db.session().scalars(select(DayChangeRow.id))
    return set(waiting) & set(persons)
