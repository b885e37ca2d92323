"""Reading the tree of organisations."""

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select

from lms.base.database import Rows, db
from lms.people.rules import (
    Organisation,
    OrganisationUnknown,
)
from lms.people.tables import (
    OrganisationRow,
)


def within(column: Any, paths: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a path lies in one of these subtrees; none at all: nothing."""
    return or_(false(), *(column.startswith(path, autoescape=True) for path in paths))


_ORGANISATION: Rows = select(
    OrganisationRow.id,
    OrganisationRow.code,
    OrganisationRow.level,
    OrganisationRow.parent,
    OrganisationRow.path,
    OrganisationRow.name_fr,
    OrganisationRow.name_en,
    OrganisationRow.country,
    OrganisationRow.subregion,
    OrganisationRow.area,
    OrganisationRow.membership,
    OrganisationRow.demo,
)


def organisations_in(paths: Collection[str], *, level: str = "") -> list[Organisation]:
    """Organisations of the subtrees, of one level if given, by path."""
    statement = _ORGANISATION.where(within(OrganisationRow.path, paths))
    if level:
        statement = statement.where(OrganisationRow.level == level)
    return [Organisation(*row) for row in db.session().execute(statement.order_by("path"))]


def all_organisations(*, level: str = "") -> list[Organisation]:
    """Every organisation, of one level if given, by code."""
    statement = _ORGANISATION.where(OrganisationRow.level == level) if level else _ORGANISATION
    rows = db.session().execute(statement.order_by(OrganisationRow.code))
    return [Organisation(*row) for row in rows]


def find_organisation(organisation: str) -> Organisation | None:
    """One organisation by id."""
    statement = _ORGANISATION.where(OrganisationRow.id == organisation)
    row = db.session().execute(statement).one_or_none()
    return Organisation(*row) if row else None


def organisations_with_ids(ids: Collection[str]) -> dict[str, Organisation]:
    """Organisations by id."""
    rows = db.session().execute(_ORGANISATION.where(OrganisationRow.id.in_(sorted(ids))))
    return {row.id: Organisation(*row) for row in rows}


def organisation_with_code(code: str) -> Organisation:
    """One organisation by code, or a refusal."""
    statement = _ORGANISATION.where(OrganisationRow.code == code.strip().upper())
    row = db.session().execute(statement).first()
    if row is None:
        raise OrganisationUnknown(code=code)
    return Organisation(*row)


def path_on(organisation: str, day: date) -> str:
    """The path of an organisation as it stood on a day."""
    steps: list[str] = []
    here: str | None = organisation
    while here and here not in steps:
        steps.append(here)
        moves = db.session().scalar(select(OrganisationRow.moves).where(OrganisationRow.id == here))
        here = _parent(json.loads(moves), day) if moves else None
    return "".join(f"{step}/" for step in reversed(steps))


def _parent(moves: list[tuple[str, str | None]], day: date) -> str | None:
    return [parent for on, parent in moves if on <= day.isoformat()][-1]


def places_on_path(path: str) -> dict[str, Organisation]:
    """Level → organisation, for the organisations on a path."""
    ids = [step for step in path.split("/") if step]
    rows = db.session().execute(_ORGANISATION.where(OrganisationRow.id.in_(ids)))
    return {row.level: Organisation(*row) for row in rows}


def employer_of(organisation: str) -> str:
    """The operator in which an organisation lies, else the organisation itself: in it a staff
    number means one person."""
    found = find_organisation(organisation)
    place = places_on_path(found.path).get("operator") if found else None
    return place.id if place else organisation
