"""The first accounts of a new site."""

import secrets

import click

from lms.base.clock import now
from lms.base.database import writing
from lms.base.ids import new_id
from lms.cli.server import on_the_record
from lms.people import queries as people_queries
from lms.people.access.actions import remove_second_step
from lms.people.actions import (
    end_sessions_of,
    give_position,
    hash_password,
    register_person,
)
from lms.people.queries import organisation_with_code, people_known_as, people_numbered
from lms.people.rules import EMPLOYMENTS, POSITIONS
from lms.record.events import SYSTEM


@click.group()
def people() -> None:
    """Register people and give positions."""


@people.command("reset-second-step")
@click.argument("login")
@on_the_record
def reset_second_step(login: str) -> None:
    """Remove the second step of who has this staff number, card number or e-mail address, where
    nobody stands above them to do it."""
    found = {p.id: p for p in (*people_known_as(login), *people_numbered(login))}
    if len(found) != 1:
        raise click.ClickException(f"{len(found)} people are known as {login}.")
    [person] = found.values()
    with writing():
        remove_second_step(person=person.id, by=SYSTEM, at=now(), event_id=new_id())
    end_sessions_of(person=person.id)
    click.echo(f"{person.name} signs in with the password alone.")


@people.command()
@click.argument("given_name")
@click.argument("family_name")
@click.option("--office", required=True, help="Code of the office or organisation.")
@click.option("--staff-number", default="")
@click.option("--email", default="")
@click.option("--employment", type=click.Choice(EMPLOYMENTS), default="employee")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr")
@click.option("--position", type=click.Choice(POSITIONS[1:]), help="What the person acts as.")
@click.option("--at", "scope", default="", help="Code of the organisation the position is for.")
@on_the_record
def register(
    given_name: str,
    family_name: str,
    office: str,
    staff_number: str,
    email: str,
    employment: str,
    language: str,
    position: str | None,
    scope: str,
) -> None:
    """Register a person and print a first password."""
    place = organisation_with_code(office)
    password = secrets.token_urlsafe(12)
    hashed, at = hash_password(password), now()
    with writing():
        person = register_person(
            given_name=given_name,
            family_name=family_name,
            office=place.id,
            employment=employment,
            staff_number=staff_number,
            email=email,
            language=language,
            password_hash=hashed,
            by=SYSTEM,
            at=at,
            channel="command",
        )
        if position:
            give_position(
                person=person,
                position=position,
                organisation=organisation_with_code(scope or office).id,
                on=at.date().isoformat(),
                by=SYSTEM,
                at=at,
            )
    login = staff_number or email or people_queries.current_person(person).number
    click.echo(f"{given_name} {family_name} signs in as {login} with the password {password}")
