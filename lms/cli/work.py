"""Doing the long work that waits, such as imports left in the middle by a restart."""

from datetime import datetime

import click

from lms.base.clock import now
from lms.base.jobs import work_off
from lms.base.language import Sentence, sentence
from lms.base.timers import note_done
from lms.cli.server import on_the_record, this_server
from lms.exchange.actions import forget_old_drafts
from lms.exchange.handlers import handlers
from lms.settings import Settings


@click.command()
@on_the_record
def work() -> None:
    """Do the jobs that wait, and delete files that were never confirmed."""
    says, _well = do_what_waits(this_server().settings, now())
    note_done("jobs", says=says, at=now())
    click.echo(str(says))


def do_what_waits(settings: Settings, at: datetime) -> tuple[Sentence, bool]:
    """How many jobs were done; how each of them ended is said to who asked for it."""
    forget_old_drafts(at=at)
    done = work_off(handlers(settings.instance_dir))
    return sentence("Imports and other long work done: %(jobs)s.", jobs=done), True
