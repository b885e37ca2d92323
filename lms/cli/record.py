"""Looking after the record."""

import click

from lms.base import schema
from lms.base.clock import now
from lms.base.database import writing
from lms.base.ids import new_id
from lms.cli.server import on_the_record
from lms.record import projection, queries
from lms.record.actions import record
from lms.record.events import AUDIT, SYSTEM, EventVoided, Happened


@click.command()
@on_the_record
def rebuild() -> None:
    """Empty every projected table and fold the whole record again."""
    with click.progressbar(length=1, label="Rebuilding") as bar, writing():

        def move(name: str, done: int, total: int) -> None:
            bar.label, bar.length = name, max(total, 1)
            bar.update(done - bar.pos)

        projection.rebuild(move)


@click.command()
@click.argument("event_id")
@click.option("--reason", required=True, help="duplicate, wrong person, fraud …")
@click.option("--note", default="")
@on_the_record
def void(event_id: str, reason: str, note: str) -> None:
    """Declare that an event does not count. Nothing is deleted."""
    stored = queries.stored_with_ids([event_id]).get(event_id)
    if stored is None:
        raise click.ClickException("There is no event with this id.")
    if stored.kind.startswith(AUDIT):
        raise click.ClickException("The audit trail is only ever added to.")
    with writing():
        record([Happened(EventVoided(event_id, reason, note), new_id(), SYSTEM, now(), "command")])


@click.command()
@on_the_record
def state() -> None:
    """Say how the record is."""
    click.echo(f"{queries.count_of_events()} events, {queries.count_in_quarantine()} in quarantine")
    broken = queries.breaks_in_chain()
    click.secho(
        f"{len(broken)} breaks in the chain" if broken else "the chain holds",
        fg="red" if broken else "green",
    )
    if broken:
        raise SystemExit(1)


@click.group()
def migrations() -> None:
    """Steps that bring an older database to the present shape."""


@migrations.command("check")
@on_the_record
def check_migrations() -> None:
    """End with 1 where tables and migrations disagree."""
    found = schema.differences()
    for difference in found:
        click.secho(str(difference), fg="red")
    if found:
        raise SystemExit(1)


@migrations.command()
@click.argument("message")
@on_the_record
def new(message: str) -> None:
    """Write a migration for what the tables have and the migrations do not bring."""
    from alembic import command

    from lms.base.database import db

    number = f"{len(schema.known_revisions()) + 1:04d}"
    config = schema.configuration()
    with db.engine.execution_options(lms_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True, rev_id=number)
