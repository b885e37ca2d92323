"""Reading the further offices of a person."""

from dataclasses import dataclass

from sqlalchemy import select

from lms.base.database import db
from lms.people.tables import AssignmentRow, LearnerRow


@dataclass(frozen=True, slots=True)
class Assignment:
    """A further office from a day until a day ("": until further notice), as YYYY-MM-DD."""

    office: str
    employment: str
    since: str
    until: str


def assignments_of(person: str) -> list[Assignment]:
    """Every further office of a person, the first begun first."""
    statement = select(
        AssignmentRow.office, AssignmentRow.employment, AssignmentRow.since, AssignmentRow.until
    ).where(AssignmentRow.learner == person)
    rows = db.session().execute(statement.order_by(AssignmentRow.since, AssignmentRow.office))
    return [Assignment(*row) for row in rows]


def is_closed(person: str) -> bool:
    """Whether the person's account is closed."""
    return bool(db.session().scalar(select(LearnerRow.closed).where(LearnerRow.id == person)))
