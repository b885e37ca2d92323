"""Reading requests."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from lms.base.clock import from_text
from lms.base.database import Rows, db
from lms.people.corrections.rules import Correction
from lms.people.corrections.tables import CorrectionRow, CorrectionTextRow
from lms.people.queries import within
from lms.people.tables import LearnerRow, OrganisationRow

_CORRECTION: Rows = select(
    CorrectionRow.id,
    CorrectionRow.learner,
    CorrectionRow.about,
    CorrectionRow.asked_at,
    CorrectionRow.state,
    CorrectionRow.answered_at,
    func.coalesce(CorrectionTextRow.text, "").label("text"),
    func.coalesce(CorrectionTextRow.answer, "").label("answer"),
).outerjoin(CorrectionTextRow, CorrectionTextRow.id == CorrectionRow.id)


def corrections_of(person: str) -> list[Correction]:
    """Every request of a person, the newest first."""
    statement = _CORRECTION.where(CorrectionRow.learner == person)
    rows = db.session().execute(statement.order_by(CorrectionRow.asked_at.desc()))
    return [_correction(row) for row in rows]


def open_corrections_in(paths: Collection[str]) -> list[Correction]:
    """Open requests of people whose office lies in the subtrees, the oldest first."""
    statement = (
        _CORRECTION.join(LearnerRow, LearnerRow.id == CorrectionRow.learner)
        .join(OrganisationRow, OrganisationRow.id == LearnerRow.office)
        .where(within(OrganisationRow.path, paths), CorrectionRow.state == "open")
        .where(~LearnerRow.erased)
    )
    rows = db.session().execute(statement.order_by(CorrectionRow.asked_at).limit(200))
    return [_correction(row) for row in rows]


def find_correction(correction: str) -> Correction | None:
    """One request."""
    row = db.session().execute(_CORRECTION.where(CorrectionRow.id == correction)).one_or_none()
    return _correction(row) if row else None


def _correction(row: Any) -> Correction:
    return Correction(
        id=row.id,
        person=row.learner,
        about=row.about,
        text=row.text,
        asked_at=from_text(row.asked_at),
        state=row.state,
        answer=row.answer,
        answered_at=from_text(row.answered_at) if row.answered_at else None,
    )
