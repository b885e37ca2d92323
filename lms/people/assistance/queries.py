"""Reading who is assisted now, and what help was given."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import func, select

from lms.base.clock import as_text, from_text
from lms.base.database import Rows, db, work_reading
from lms.people.assistance.rules import Assistance, NotAHelperHere, position_at
from lms.people.assistance.tables import AssistanceNowRow, AssistanceRow
from lms.people.queries import find_organisation
from lms.people.rights.queries import held_by
from lms.people.rules import Position
from lms.people.tables import SessionRow
from lms.record.aliases import aliases_of

_NOW: Rows = select(
    AssistanceNowRow.id,
    AssistanceNowRow.session,
    AssistanceNowRow.learner,
    AssistanceNowRow.helper,
    AssistanceNowRow.position,
    AssistanceNowRow.organisation,
    AssistanceNowRow.began_at,
    AssistanceNowRow.last_at,
    SessionRow.assisted_until,
    SessionRow.ends_at,
)
_WITH_SESSION = SessionRow.token_hash == AssistanceNowRow.session


def find_assistance(session: str, at: datetime) -> Assistance | None:
    """The helper who is with a learner now, by the hash of the learner's session."""
    statement = _NOW.join(SessionRow, _WITH_SESSION).where(AssistanceNowRow.session == session)
    return next(iter(_now(statement, at)), None)


def assisted_at(organisation: str, at: datetime) -> list[Assistance]:
    """Everybody who is assisted at an office now, the first first."""
    statement = _NOW.join(SessionRow, _WITH_SESSION).where(
        AssistanceNowRow.organisation == organisation
    )
    return sorted(_now(statement, at), key=lambda each: (each.began_at, each.id))


def left_open(at: datetime) -> list[Assistance]:
    """Assistances whose time or whose session is over and that were not counted yet."""
    with work_reading() as work:
        rows = work.execute(_NOW.outerjoin(SessionRow, _WITH_SESSION)).all()
    return [_assistance(row) for row in rows if not _holds(row, at)]


def _now(statement: Rows, at: datetime) -> list[Assistance]:
    with work_reading() as work:
        rows = work.execute(statement).all()
    return [_assistance(row) for row in rows if _holds(row, at)]


def _holds(row: Any, at: datetime) -> bool:
    moment = as_text(at)
    return (row.assisted_until or "") > moment and (row.ends_at or "") > moment


def _assistance(row: Any) -> Assistance:
    return Assistance(
        id=row.id,
        session=row.session,
        learner=row.learner,
        helper=row.helper,
        position=cast("Position", row.position),
        organisation=row.organisation,
        began_at=from_text(row.began_at),
        last_at=from_text(row.last_at),
        until=from_text(row.assisted_until or row.last_at),
    )


def position_of_helper(person: str, organisation: str, day: date) -> Position:
    """As what a person assists at an office, or `NotAHelperHere`."""
    place = find_organisation(organisation)
    position = position_at(held_by(person, day), place.path) if place else None
    if position is None:
        raise NotAHelperHere
    return position


def minutes_given(organisation: str, today: date) -> tuple[int, int]:
    """(assistances, their minutes) at an office in the week of a day, since its Monday."""
    monday = today - timedelta(days=today.weekday())
    return _sum(
        AssistanceRow.organisation == organisation,
        AssistanceRow.on >= monday.isoformat(),
        AssistanceRow.on <= today.isoformat(),
    )


def minutes_given_by(helper: str, organisation: str, today: date) -> tuple[int, int]:
    """The same of one helper alone."""
    monday = today - timedelta(days=today.weekday())
    return _sum(
        AssistanceRow.helper.in_(aliases_of(helper)),
        AssistanceRow.organisation == organisation,
        AssistanceRow.on >= monday.isoformat(),
        AssistanceRow.on <= today.isoformat(),
    )


def minutes_received(learner: str) -> tuple[int, int]:
    """(assistances, their minutes) that a learner was ever given."""
    return _sum(AssistanceRow.learner == learner)


def _sum(*conditions: Any) -> tuple[int, int]:
    columns = func.count(), func.coalesce(func.sum(AssistanceRow.minutes), 0)
    count, minutes = db.session().execute(select(*columns).where(*conditions)).one()
    return count, minutes
