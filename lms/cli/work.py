"""Doing the long work that waits, such as imports left in the middle by a restart."""

import click

from lms.base.clock import now
from lms.base.jobs import work_off
from lms.cli.server import on_the_record, this_server
from lms.exchange.actions import forget_old_drafts
from lms.exchange.handlers import handlers


@click.command()
@on_the_record
def work() -> None:
    """Do the jobs that wait, and delete files that were never confirmed."""
    forget_old_drafts(at=now())
    done = work_off(handlers(this_server().settings.instance_dir))
    click.echo(f"{done} jobs done.")
