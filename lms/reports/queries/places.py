"""Places: which of them a question may be about, what lies in them, what they are called."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, false, literal, or_, select, true

from lms.base.database import db
from lms.base.language import sentence
from lms.courses import queries as courses
from lms.people.queries import within
from lms.people.rules import LEVELS
from lms.people.tables import OrganisationRow
from lms.reports.rules import NOT_STATED, Label, Named, Place, PlaceUnknown, Question

_MANY = 500
_WIDE = LEVELS[: LEVELS.index("operator") + 1]
UNKNOWN: Label = sentence("Not stated")


def place_in(code: str, scope: Collection[str]) -> Place:
    """The place of that code, or `PlaceUnknown` where the scope does not hold it."""
    statement = select(OrganisationRow).where(
        OrganisationRow.code == code.strip().upper(), within(OrganisationRow.path, scope)
    )
    row = db.session().scalars(statement).first()
    if row is None:
        raise PlaceUnknown(place=code.strip())
    return _place_of(row)


def places_to_choose(scope: Collection[str], chosen: str = "") -> list[tuple[int, Place]]:
    """(depth, place) that a picker offers: the member states of the scope, and what lies under
    the state of the chosen place."""
    statement = select(OrganisationRow).where(within(OrganisationRow.path, scope))
    opened = _opened(scope, chosen)
    shown = OrganisationRow.level == "state"
    if opened:
        shown = shown | OrganisationRow.path.startswith(opened, autoescape=True)
    if not any(path.count("/") <= 2 for path in scope):
        shown = true()
    rows = db.session().scalars(statement.where(shown)).all()
    names = {row.id: row.name_en for row in rows}
    ordered = sorted(rows, key=lambda row: [names.get(step, "") for step in row.path.split("/")])
    return [(_depth(row.level), _place_of(row)) for row in ordered]


def _opened(scope: Collection[str], chosen: str) -> str:
    path = db.session().scalar(
        select(OrganisationRow.path).where(
            OrganisationRow.code == chosen.upper(), within(OrganisationRow.path, scope)
        )
    )
    return "".join(f"{step}/" for step in path.split("/")[:2]) if path else ""


def _depth(level: str) -> int:
    return {"operator": 1, "region": 2, "office": 3}.get(level, 0)


def _place_of(row: OrganisationRow) -> Place:
    return Place(row.id, row.code, Named(row.name_fr, row.name_en))


def stands_in(path: Any, question: Question) -> ColumnElement[bool]:
    """Whether a path, as it was on its day, lies in the question's scope and place.

    A node is looked for anywhere in the path, so that what happened before an organisation moved
    is still found. Who may see the root sees also what has no known place.
    """
    anywhere = _holds_root(question.scope)
    allowed = or_(false(), *(_holds(path, _last(scope)) for scope in question.scope))
    allowed = true() if anywhere else allowed
    return allowed & _holds(path, question.place.id) if question.place else allowed


def sees_everything(question: Question) -> bool:
    """Whether no place narrows the question."""
    return question.place is None and _holds_root(question.scope)


def is_of_whole_operators(question: Question) -> bool:
    """Whether the question is about operators, member states or the union, not parts of them."""
    nodes = [question.place.id] if question.place else [_last(path) for path in question.scope]
    levels = select(OrganisationRow.level).where(OrganisationRow.id.in_(nodes))
    return set(db.session().scalars(levels)) <= set(_WIDE)


def _holds_root(scope: Collection[str]) -> bool:
    return any(path.count("/") == 1 for path in scope)


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _holds(path: Any, node: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (literal("/") + path).contains(f"/{node}/", autoescape=True)
    return found


def names_of(organisations: Iterable[str]) -> dict[str, Named]:
    """Id → name of organisations; unknown ones are left out."""
    wanted, found = sorted(set(organisations)), {}
    columns = OrganisationRow.id, OrganisationRow.name_fr, OrganisationRow.name_en
    for start in range(0, len(wanted), _MANY):
        some = select(*columns).where(OrganisationRow.id.in_(wanted[start : start + _MANY]))
        found.update({r.id: Named(r.name_fr, r.name_en) for r in db.session().execute(some)})
    return found


def label_of(key: str, names: dict[str, Named]) -> Label:
    """What a group is called; a place that nobody knows is not stated."""
    return UNKNOWN if key == NOT_STATED else names.get(key, UNKNOWN)


def name_of_course(slug: str) -> Named:
    """The title of a course's current edition in both languages; its short name without one."""
    edition = courses.find_current_edition(slug)
    if edition is None:
        return Named(slug, slug)
    titles = (courses.text_of(edition.hash, language).title for language in ("fr", "en"))
    return Named(*titles)


def member_states(question: Question) -> list[tuple[str, str, Named]]:
    """(id, ISO code, name) of the member states in the question's place, by ISO code."""
    statement = select(
        OrganisationRow.id,
        OrganisationRow.country,
        OrganisationRow.name_fr,
        OrganisationRow.name_en,
    ).where(
        OrganisationRow.level == "state",
        OrganisationRow.membership == "member",
        stands_in(OrganisationRow.path, question),
    )
    if not question.include_demo:
        statement = statement.where(~OrganisationRow.demo)
    rows = db.session().execute(statement.order_by(OrganisationRow.country, OrganisationRow.id))
    return [(row.id, row.country, Named(row.name_fr, row.name_en)) for row in rows]
