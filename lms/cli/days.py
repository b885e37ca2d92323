"""A new day: what was recorded beforehand comes true."""

from datetime import datetime

import click

from lms.base.clock import now
from lms.base.database import writing
from lms.base.language import Sentence, sentence
from lms.base.timers import note_done
from lms.cli.server import on_the_record, this_server
from lms.people.actions.days import come_to_this_day
from lms.settings import Settings


@click.command("today")
@on_the_record
def bring_to_today() -> None:
    """Let moves, further offices and positions that begin or end today take effect. The server does
    this by itself, at its start and after midnight (UTC); it may be done again."""
    says, _well = begin_the_day(this_server().settings, now())
    note_done("days", says=says, at=now())
    click.echo(str(says))


def begin_the_day(_settings: Settings, at: datetime) -> tuple[Sentence, bool]:
    """For how many people and organisations something began or ended."""
    total = 0
    while True:
        with writing():
            done = come_to_this_day(at=at)
        if not done:
            return _told(total), True
        total += done


def _told(total: int) -> Sentence:
    return sentence(
        "People and offices for whom a move, a further office or a position began or ended: "
        "%(total)s.",
        total=total,
    )
