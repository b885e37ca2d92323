"""Reading the audit trail. Nobody reads a note from outside their subtree."""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from lms.base.clock import as_text, from_text
from lms.base.database import Rows, db
from lms.people.audit.rules import TECHNICAL, Note, Wanted
from lms.people.audit.tables import AuditRow
from lms.people.queries import within
from lms.people.tables import OrganisationRow
from lms.record.aliases import aliases_of

_COLUMNS: Rows = select(
    AuditRow.id,
    AuditRow.at,
    AuditRow.actor,
    AuditRow.action,
    AuditRow.learner,
    AuditRow.organisation,
    AuditRow.detail,
)


def notes_in(
    paths: Collection[str] | None, wanted: Wanted, *, limit: int = 50, offset: int = 0
) -> tuple[list[Note], int]:
    """(notes about organisations of the subtrees, newest first, how many in all).

    `paths` None is the whole trail.
    """
    statement = _asked(_COLUMNS.where(_readable(paths)), wanted)
    rows = db.session().execute(_newest_first(statement).limit(limit).offset(offset))
    counted = select(func.count()).select_from(statement.subquery())
    return [_note(row) for row in rows], db.session().scalar(counted) or 0


def technical_notes(
    paths: Collection[str] | None, wanted: Wanted, *, limit: int = 50, offset: int = 0
) -> tuple[list[Note], int]:
    """The same of notes about devices, second steps and sessions alone."""
    technical = AuditRow.action.in_(TECHNICAL)
    statement = _asked(_COLUMNS.where(_readable(paths), technical), wanted)
    rows = db.session().execute(_newest_first(statement).limit(limit).offset(offset))
    counted = select(func.count()).select_from(statement.subquery())
    return [_note(row) for row in rows], db.session().scalar(counted) or 0


def notes_about(person: str, actions: Collection[str]) -> Iterator[Note]:
    """A person's notes of some actions, newest first."""
    statement = _COLUMNS.where(
        AuditRow.learner.in_(aliases_of(person)), AuditRow.action.in_(sorted(actions))
    )
    for row in db.session().execute(_newest_first(statement)):
        yield _note(row)


def actions_noted() -> list[str]:
    """The actions that the trail holds."""
    return sorted(db.session().scalars(select(AuditRow.action).distinct()))


def _readable(paths: Collection[str] | None) -> ColumnElement[bool]:
    if paths is None:
        return true()
    inside = select(OrganisationRow.id).where(within(OrganisationRow.path, paths))
    return AuditRow.organisation.in_(inside)


def _asked(statement: Rows, wanted: Wanted) -> Rows:
    if wanted.action:
        statement = statement.where(AuditRow.action == wanted.action)
    if wanted.learners is not None:
        statement = statement.where(AuditRow.learner.in_(wanted.learners))
    if wanted.actors is not None:
        statement = statement.where(AuditRow.actor.in_(wanted.actors))
    if wanted.first:
        statement = statement.where(AuditRow.at >= _midnight(wanted.first))
    if wanted.last:
        statement = statement.where(AuditRow.at < _midnight(wanted.last + timedelta(days=1)))
    return statement


def _midnight(day: Any) -> str:
    return as_text(datetime.combine(day, time(), UTC))


def _newest_first(statement: Rows) -> Rows:
    return statement.order_by(AuditRow.at.desc(), AuditRow.id.desc())


def _note(row: Any) -> Note:
    return Note(
        row.id,
        from_text(row.at),
        row.actor,
        row.action,
        row.learner,
        row.organisation,
        json.loads(row.detail),
    )
