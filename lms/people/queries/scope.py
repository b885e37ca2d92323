"""Who belongs to a subtree: by their own office, or by a further one."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, or_, select

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
    return select(AssignmentRow.learner).where(
        AssignmentRow.office.in_(offices_in(paths)), AssignmentRow.until == ""
    )
