"""Giving a position where nobody is above to give it."""

import click

from lms.base.clock import now
from lms.base.database import writing
from lms.cli.server import on_the_record
from lms.people.actions import give_position
from lms.people.audit import note
from lms.people.queries import current_person, organisation_with_code, person_numbered
from lms.people.rights.rules import LevelDoesNotFit, fits
from lms.people.rules import POSITIONS, PersonUnknown
from lms.record.events import SYSTEM


@click.command()
@click.argument("number")
@click.argument("position", type=click.Choice(POSITIONS[1:]))
@click.option("--at", "code", required=True, help="Code of the organisation.")
@on_the_record
def give(number: str, position: str, code: str) -> None:
    """Give a position to somebody who is registered, by the number on their card: for the first
    secretariat of a site, and for a unit whose last one has left."""
    found, place = person_numbered(number), organisation_with_code(code)
    if found is None:
        raise PersonUnknown
    known = next(each for each in POSITIONS if each == position)
    if not fits(known, place.level):
        raise LevelDoesNotFit
    person, at = current_person(found), now()
    with writing():
        give_position(
            person=person.id,
            position=position,
            organisation=place.id,
            on=at.date().isoformat(),
            by=SYSTEM,
            at=at,
        )
        detail = {"position": position, "place": place.code, "on": at.date().isoformat()}
        note(
            "position.given",
            by=SYSTEM,
            at=at,
            learner=person.id,
            organisation=place.id,
            detail=detail,
            channel="command",
        )
    click.echo(f"{person.name} now acts as {position} at {place.name_en}.")
