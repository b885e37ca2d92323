"""Reading about everybody of a unit at once."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from sqlalchemy import and_, or_, select

from lms.base.clock import now
from lms.base.database import db
from lms.people.queries.scope import in_force, offices_in
from lms.people.tables import AssignmentRow, LearnerRow, OrganisationRow, PositionRow

_MANY: Final = 400


def learners_in(paths: Collection[str], *, employments: Collection[str] = ()) -> list[str]:
    """Everybody with an open account who belongs to the subtrees today, by their own office or a
    further one, each once, by pseudonym; if kinds of employment are given, who is so employed
    there."""
    offices, kinds = offices_in(paths), sorted(employments)
    home, further = [LearnerRow.office.in_(offices)], [AssignmentRow.office.in_(offices)]
    if kinds:
        home.append(LearnerRow.employment.in_(kinds))
        further.append(AssignmentRow.employment.in_(kinds))
    also = select(AssignmentRow.learner).where(*further, in_force())
    there = or_(and_(*home), LearnerRow.id.in_(also))
    statement = select(LearnerRow.id).where(there, ~LearnerRow.closed)
    return list(db.session().scalars(statement.order_by(LearnerRow.id)))


def people_below(organisation: str, positions: Collection[str] = ()) -> set[str]:
    """Everybody who belongs to the organisation or anything under it, wherever it stands now, or
    has or will have a further office there, with closed accounts; and whoever holds, has held or
    will hold one of these positions there."""
    below = select(OrganisationRow.id).where(OrganisationRow.path.contains(organisation))
    further = select(AssignmentRow.learner).where(AssignmentRow.office.in_(below))
    there = or_(LearnerRow.office.in_(below), LearnerRow.id.in_(further))
    held = PositionRow.position.in_(sorted(positions)), PositionRow.organisation.in_(below)
    found = set(db.session().scalars(select(LearnerRow.id).where(there)))
    return found | set(db.session().scalars(select(PositionRow.learner).where(*held)))


def tree_paths(organisations: Iterable[str]) -> dict[str, str]:
    """Organisation → its path as it stands now."""
    wanted = sorted(set(organisations))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _MANY):
        some = OrganisationRow.id.in_(wanted[start : start + _MANY])
        rows = db.session().execute(select(OrganisationRow.id, OrganisationRow.path).where(some))
        found.update((row.id, row.path) for row in rows)
    return found


def posts_of(persons: Collection[str]) -> dict[str, list[tuple[str, str, date]]]:
    """Person → (position, organisation, since) of the positions that hold today."""
    found: dict[str, list[tuple[str, str, date]]] = {}
    wanted, today = sorted(persons), now().date().isoformat()
    columns = select(
        PositionRow.learner, PositionRow.position, PositionRow.organisation, PositionRow.since
    ).where(PositionRow.since <= today, or_(PositionRow.until == "", PositionRow.until > today))
    for start in range(0, len(wanted), _MANY):
        some = PositionRow.learner.in_(wanted[start : start + _MANY])
        for row in db.session().execute(columns.where(some)):
            post = (row.position, row.organisation, date.fromisoformat(row.since))
            found.setdefault(row.learner, []).append(post)
    return found
