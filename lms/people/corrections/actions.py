"""Asking and answering."""

from datetime import datetime

from sqlalchemy import update

from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.audit.actions import note
from lms.people.corrections.events import CorrectionAnswered, CorrectionAsked
from lms.people.corrections.queries import corrections_of, find_correction
from lms.people.corrections.rules import (
    LONGEST_ANSWER,
    LONGEST_TEXT,
    MOST_OPEN,
    AnsweredAlready,
    CorrectionUnknown,
    TooManyOpen,
)
from lms.people.corrections.tables import CorrectionTextRow
from lms.record.actions import record
from lms.record.events import Actor, Happened


def ask_correction(
    *, person: str, about: str, text: str, by: Actor, at: datetime, event_id: str
) -> None:
    """The person says what is wrong. Refuses with `TooManyOpen`."""
    waiting = [c for c in corrections_of(person) if c.state == "open" and c.id != event_id]
    if len(waiting) >= MOST_OPEN:
        raise TooManyOpen
    if record([Happened(CorrectionAsked(person, about), event_id, by, at)]):
        row = CorrectionTextRow(id=event_id, person=person, text=text[:LONGEST_TEXT], answer="")
        db.session().add(row)
        db.session().flush()


def answer_correction(
    *, correction: str, put_right: bool, answer: str, by: Actor, at: datetime, event_id: str
) -> None:
    """Settles a request; refuses with `CorrectionUnknown` or `AnsweredAlready`."""
    asked = find_correction(correction)
    if asked is None:
        raise CorrectionUnknown
    if asked.state != "open":
        raise AnsweredAlready
    answered = CorrectionAnswered(asked.person, correction, put_right)
    if record([Happened(answered, event_id, by, at)]):
        row = update(CorrectionTextRow).where(CorrectionTextRow.id == correction)
        db.session().execute(row.values(answer=answer[:LONGEST_ANSWER]))
        note(
            "correction.answered",
            by=by,
            at=at,
            learner=asked.person,
            detail={"about": asked.about, "put_right": put_right},
            event_id=derived_id("noted", event_id),
        )
