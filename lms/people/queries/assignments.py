"""Reading where a person belongs beside their own office, and where they will belong."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lms.base.database import db
from lms.people.events import AssignmentBegun, LearnerMoved
from lms.people.queries.scope import in_force, offices_in
from lms.people.rules import Assignment
from lms.people.tables import AssignmentRow, LearnerRow
from lms.record.queries import events_about

__all__ = ["Assignment", "Planned", "assignments_of", "further_offices", "is_closed", "planned_for"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A move, or a further office, that begins on a day to come. `event` is what told of it."""

    event: str
    office: str
    employment: str
    on: date
    further: bool


def assignments_of(person: str) -> list[Assignment]:
    """Every further office of a person, the first begun first."""
    statement = select(
        AssignmentRow.office, AssignmentRow.employment, AssignmentRow.since, AssignmentRow.until
    ).where(AssignmentRow.learner == person)
    rows = db.session().execute(statement.order_by(AssignmentRow.since, AssignmentRow.office))
    return [Assignment(*row) for row in rows]


def planned_for(person: str, today: date) -> list[Planned]:
    """What was recorded about a person for days to come, the nearest first."""
    told = events_about(learner=person, kinds={LearnerMoved.kind, AssignmentBegun.kind})
    found = [
        Planned(
            event=stored.id,
            office=stored.event.office,
            employment=stored.event.employment,
            on=date.fromisoformat(stored.event.on),
            further=isinstance(stored.event, AssignmentBegun),
        )
        for stored in told
        if isinstance(stored.event, LearnerMoved | AssignmentBegun)
        and stored.event.on > today.isoformat()
    ]
    return sorted(found, key=lambda each: (each.on, each.event))


def further_offices(persons: Collection[str], paths: Collection[str]) -> dict[str, str]:
    """Person → the further office in the subtrees to which they have belonged longest, for those
    who have one today."""
    found: dict[str, str] = {}
    wanted = sorted(persons)
    for start in range(0, len(wanted), 400):
        statement = select(AssignmentRow.learner, AssignmentRow.office).where(
            AssignmentRow.learner.in_(wanted[start : start + 400]),
            AssignmentRow.office.in_(offices_in(paths)),
            in_force(),
        )
        for row in db.session().execute(
            statement.order_by(AssignmentRow.since, AssignmentRow.office)
        ):
            found.setdefault(row.learner, row.office)
    return found


def is_closed(person: str) -> bool:
    """Whether the person's account is closed."""
    return bool(db.session().scalar(select(LearnerRow.closed).where(LearnerRow.id == person)))
