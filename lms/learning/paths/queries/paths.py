"""Reading paths, and the rules that say who follows them."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.base.database import db
from lms.learning.paths.rules import Path, PathUnknown, Rule
from lms.learning.paths.tables import PathRow, RuleRow
from lms.people.queries.units import tree_paths


def paths_in_force() -> dict[str, Path]:
    """Path id → path."""
    rows = db.session().execute(select(PathRow.__table__))
    return {row.id: _path(row) for row in rows}


def find_path(path: str) -> Path | None:
    """One path that is in force."""
    row = db.session().execute(select(PathRow.__table__).where(PathRow.id == path)).one_or_none()
    return _path(row) if row else None


def current_path(path: str) -> Path:
    """The same, or a refusal."""
    found = find_path(path)
    if found is None:
        raise PathUnknown
    return found


def _path(row: Any) -> Path:
    courses = tuple(json.loads(row.courses))
    return Path(row.id, row.organisation, row.title_fr, row.title_en, courses)


def rules_in_force(path: str = "") -> list[Rule]:
    """Every rule, or those for one path."""
    statement = select(RuleRow.__table__)
    if path:
        statement = statement.where(RuleRow.path == path)
    rows = db.session().execute(statement.order_by(RuleRow.id)).all()
    scopes = tree_paths(row.organisation for row in rows)
    return [_rule(row, scopes.get(row.organisation, "")) for row in rows]


def _rule(row: Any, scope: str) -> Rule:
    since = date.fromisoformat(row.since)
    return Rule(row.id, row.organisation, row.who, row.path, row.days, since, scope)
