"""Reading returns."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from lms.base.clock import from_text
from lms.base.database import db
from lms.people.headcounts.rules import Return
from lms.people.headcounts.tables import HeadcountRow
from lms.people.queries.organisations import within
from lms.people.tables import OrganisationRow


def returns_in(paths: Collection[str]) -> list[Return]:
    """Every return of the operators in these subtrees, the latest first."""
    statement = (
        select(HeadcountRow)
        .join(OrganisationRow, OrganisationRow.id == HeadcountRow.operator)
        .where(within(OrganisationRow.path, paths))
    )
    found = [_return(row) for row in db.session().scalars(statement)]
    return sorted(found, key=lambda each: (each.on, each.at, each.id), reverse=True)


def _return(row: HeadcountRow) -> Return:
    return Return(
        id=row.id,
        operator=row.operator,
        on=date.fromisoformat(row.on),
        employees=row.employees,
        women=row.women,
        source=row.source,
        actor=row.actor,
        at=from_text(row.at),
    )
