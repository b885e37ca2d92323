"""The tree of organisations."""

from pathlib import Path

import click

from lms.base.clock import now
from lms.base.database import writing
from lms.cli.server import on_the_record
from lms.people.actions import add_organisations
from lms.people.events import OrganisationAdded
from lms.people.importing import LISTS, organisation_id, union_and_states
from lms.people.queries import organisation_with_code
from lms.people.rules import AREAS
from lms.record.events import SYSTEM


@click.group()
def organisations() -> None:
    """Member states, operators, regions and offices."""


@organisations.command("import")
@click.argument("members", required=False, type=click.Path(exists=True, path_type=Path))
@on_the_record
def import_states(members: Path | None) -> None:
    """Import the member states and their confirmed operators, from MEMBERS or the list inside."""
    with writing():
        found = union_and_states(members or LISTS / "member_states.csv")
        new = add_organisations(found, by=SYSTEM, at=now())
    click.echo(f"{new} new, {len(found) - new} known")


@organisations.command()
@click.argument("code")
@click.argument("name_fr")
@click.argument("name_en")
@click.option("--under", required=True, help="Code of the organisation above.")
@click.option("--level", type=click.Choice(["operator", "region", "office"]), default="office")
@click.option("--area", type=click.Choice(AREAS), default="")
@on_the_record
def add(code: str, name_fr: str, name_en: str, under: str, level: str, area: str) -> None:
    """Add an operator, a region or an office."""
    above = organisation_with_code(under)
    added = OrganisationAdded(
        organisation=organisation_id(code.upper()),
        code=code.upper(),
        level=level,
        parent=above.id,
        name_fr=name_fr,
        name_en=name_en,
        country=above.country,
        subregion=above.subregion,
        area=area,
    )
    with writing():
        new = add_organisations([added], by=SYSTEM, at=now())
    click.echo("added" if new else "known already")
