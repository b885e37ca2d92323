"""Who belongs to a subtree today: by their own office, or by a further one."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, or_, select

from lms.base.clock import now
from lms.people.queries.organisations import within
from lms.people.tables import AssignmentRow, LearnerRow, OrganisationRow


def belongs_in(paths: Collection[str]) -> ColumnElement[bool]:
    """The condition that a learner belongs to one of these subtrees."""
    return or_(at_home_in(paths), LearnerRow.id.in_(also_in(paths)))


def at_home_in(paths: Collection[str]) -> ColumnElement[bool]:
    """The condition that a learner's own office lies in one of these subtrees."""
    return LearnerRow.office.in_(offices_in(paths))


def offices_in(paths: Collection[str]) -> Select[str]:
    """The organisations of these subtrees."""
    return select(OrganisationRow.id).where(within(OrganisationRow.path, paths))


def also_in(paths: Collection[str]) -> Select[str]:
    """Learners with a further office in these subtrees."""
    return select(AssignmentRow.learner).where(_lies_in(paths), in_force())


def also_at(office: str) -> Select[str]:
    """Learners for whom this office is a further one."""
    return select(AssignmentRow.learner).where(AssignmentRow.office == office, in_force())


def further_in(paths: Collection[str]) -> Select[str, str]:
    """(learner, office) of the further offices in these subtrees, each once."""
    both = select(AssignmentRow.learner, AssignmentRow.office)
    return both.where(_lies_in(paths), in_force()).distinct()


def _lies_in(paths: Collection[str]) -> ColumnElement[bool]:
    return AssignmentRow.office.in_(offices_in(paths))


def in_force() -> ColumnElement[bool]:
    """The condition that a further office holds today."""
    today = now().date().isoformat()
    open_ended = or_(AssignmentRow.until == "", AssignmentRow.until > today)
    return and_(AssignmentRow.since <= today, open_ended)
