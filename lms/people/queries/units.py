"""Reading about everybody of a unit at once."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from sqlalchemy import select

from lms.base.database import db
from lms.people.queries.organisations import within
from lms.people.tables import LearnerRow, OrganisationRow, PositionRow

_MANY: Final = 400


def learners_in(paths: Collection[str], *, employments: Collection[str] = ()) -> list[str]:
    """Everybody with an open account whose own office lies in the subtrees, by pseudonym; of some
    kinds of employment if given."""
    statement = _everybody(paths).where(~LearnerRow.closed)
    if employments:
        statement = statement.where(LearnerRow.employment.in_(sorted(employments)))
    return list(db.session().scalars(statement.order_by(LearnerRow.id)))


def everybody_in(paths: Collection[str]) -> list[str]:
    """The same with closed accounts."""
    return list(db.session().scalars(_everybody(paths)))


def _everybody(paths: Collection[str]):  # type: ignore[no-untyped-def]
    offices = select(OrganisationRow.id).where(within(OrganisationRow.path, paths))
    return select(LearnerRow.id).where(LearnerRow.office.in_(offices))


def people_below(organisation: str) -> list[str]:
    """Everybody whose own office is the organisation or lies under it, wherever it stands now."""
    below = select(OrganisationRow.id).where(OrganisationRow.path.contains(organisation))
    return list(db.session().scalars(select(LearnerRow.id).where(LearnerRow.office.in_(below))))


def holders_below(organisation: str, position: str) -> list[str]:
    """Everybody who holds, or has held, a position at the organisation or under it."""
    below = select(OrganisationRow.id).where(OrganisationRow.path.contains(organisation))
    statement = select(PositionRow.learner).where(
        PositionRow.position == position, PositionRow.organisation.in_(below)
    )
    return list(db.session().scalars(statement.distinct()))


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
    """Person → (position, organisation, since) of the positions that were not withdrawn."""
    found: dict[str, list[tuple[str, str, date]]] = {}
    wanted = sorted(persons)
    columns = select(
        PositionRow.learner, PositionRow.position, PositionRow.organisation, PositionRow.since
    )
    for start in range(0, len(wanted), _MANY):
        some = PositionRow.learner.in_(wanted[start : start + _MANY])
        for row in db.session().execute(columns.where(some, PositionRow.until == "")):
            post = (row.position, row.organisation, date.fromisoformat(row.since))
            found.setdefault(row.learner, []).append(post)
    return found
