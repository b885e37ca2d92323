"""Reading who holds what, and what somebody may change."""

from collections.abc import Collection
from datetime import date
from typing import cast

from sqlalchemy import func, or_, select

from lms.base.database import db
from lms.people.queries import (
    find_organisation,
    find_person,
    find_person_in,
    organisations_in,
    organisations_with_ids,
)
from lms.people.rights.rules import GIVES, LEVELS_OF, Holding, stands_above
from lms.people.rules import LOOK_AFTER, Held, Organisation, Person, PersonUnknown, Position
from lms.people.tables import OrganisationRow, PositionRow


def holdings_of(person: str) -> list[Holding]:
    """Every position a person held, holds or will hold, the newest first."""
    columns = (PositionRow.position, PositionRow.organisation, PositionRow.since, PositionRow.until)
    rows = db.session().execute(select(*columns).where(PositionRow.learner == person))
    found = [Holding(cast("Position", row[0]), *row[1:]) for row in rows]
    return sorted(found, key=lambda h: (h.since, h.position, h.organisation), reverse=True)


def held_by(person: str, day: date) -> tuple[Held, ...]:
    """The positions that hold on a day, as they stand in the database at this moment."""
    columns = (
        PositionRow.position,
        PositionRow.organisation,
        PositionRow.since,
        PositionRow.until,
        OrganisationRow.path,
    )
    statement = select(*columns).join(
        OrganisationRow, OrganisationRow.id == PositionRow.organisation
    )
    rows = db.session().execute(statement.where(PositionRow.learner == person))
    return tuple(
        Held(row.position, row.organisation, row.path)
        for row in rows
        if Holding(row.position, row.organisation, row.since, row.until).holds_on(day)
    )


def paths_over_people(held: Collection[Held]) -> tuple[str, ...]:
    """The subtrees whose people somebody may look up in order to change their rights."""
    return tuple(h.path for h in held if h.position in (*LOOK_AFTER, "secretariat"))


def person_under(held: Collection[Held], person: str) -> Person:
    """A person of the subtrees; outside them nobody is to be found. The secretariat of the whole
    union also reaches people whose office is not in the tree."""
    if any(h.position == "secretariat" and h.path.count("/") == 1 for h in held):
        found = find_person(person)
    else:
        found = find_person_in(paths_over_people(held), person)
    if found is None:
        raise PersonUnknown
    return found


def places_to_give(held: Collection[Held], position: Position) -> list[Organisation]:
    """The organisations where somebody may give a position."""
    givers = [h.path for h in held if position in GIVES.get(h.position, ())]
    levels = LEVELS_OF.get(position, ())
    return [o for o in organisations_in(givers) if o.level in levels] if givers else []


def positions_to_give(held: Collection[Held]) -> tuple[Position, ...]:
    """The positions that somebody may give anywhere."""
    gives = {position for h in held for position in GIVES.get(h.position, ())}
    return tuple(position for position in LEVELS_OF if position in gives)


def holders_on_path(path: str, day: date) -> dict[tuple[Position, str], int]:
    """(position, organisation) → how many people hold it on a day, for the organisations on a
    path."""
    steps = [step for step in path.split("/") if step]
    text = day.isoformat()
    statement = (
        select(PositionRow.position, PositionRow.organisation, func.count())
        .where(
            PositionRow.organisation.in_(steps),
            PositionRow.since <= text,
            or_(PositionRow.until == "", PositionRow.until > text),
        )
        .group_by(PositionRow.position, PositionRow.organisation)
    )
    rows = db.session().execute(statement)
    return {(cast("Position", row[0]), row[1]): row[2] for row in rows}


def may_withdraw(held: Collection[Held], holding: Holding) -> bool:
    """Whether somebody may take back a position that is held."""
    place = find_organisation(holding.organisation)
    return place is not None and stands_above(held, holding.position, place.path)


def may_touch_access(held: Collection[Held], actor: str, person: str, day: date) -> bool:
    """Whether somebody may give this person a way in: a password, a sheet, an invitation.

    Whoever holds a position that the actor does not stand above must not be reached through their
    password; a position that begins later counts too.
    """
    if actor == person:
        return False
    theirs = [holding for holding in holdings_of(person) if not holding.is_over_on(day)]
    places = organisations_with_ids({holding.organisation for holding in theirs})
    return all(
        holding.organisation in places
        and stands_above(held, holding.position, places[holding.organisation].path)
        for holding in theirs
    )
