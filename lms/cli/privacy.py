"""What was kept long enough goes: by hand, by cron, or once a day while the server runs."""

from collections.abc import Iterator
from datetime import datetime

import click
import structlog

from lms.base.clock import now
from lms.base.database import empty_journals, writing
from lms.base.jobs import forget_old_jobs
from lms.base.language import Sentence, sentence
from lms.base.timers import note_done
from lms.cli.server import on_the_record, this_server
from lms.exchange.actions.erasing import forget_in_files
from lms.exchange.actions.forgetting import forget_drafts, forget_names_before_imports
from lms.people.actions.leaving import due_for_erasure, erase_due
from lms.people.assistance.actions import count_left_open
from lms.people.retention.actions import (
    forget_counter_days,
    forget_outbox,
    forget_requests,
    forget_sessions,
    forget_tries,
)
from lms.settings import Settings

log = structlog.get_logger("lms.privacy")


@click.group()
def privacy() -> None:
    """Keep nothing about people longer than it must be."""


@privacy.command()
@on_the_record
def run() -> None:
    """Remove names whose day has come, and what was kept long enough. Meant for every night."""
    done = {}
    for what, count in remove_what_is_due(this_server().settings, now()):
        done[what] = count
        click.echo(f"{what}: {count}")
    empty_journals()
    note_done("names", says=_told(done), at=now())


def remove_and_tell(settings: Settings, at: datetime) -> tuple[Sentence, bool]:
    """What went, and whether the journals could be emptied."""
    done = dict(remove_what_is_due(settings, at))
    log.info("kept long enough", **{k.replace(" ", "_"): v for k, v in done.items()})
    return _told(done), empty_journals()


def _told(done: dict[str, int]) -> Sentence:
    names = done["names removed"]
    return sentence(
        "Names removed: %(names)s, other things kept long enough: %(others)s.",
        names=names,
        others=sum(done.values()) - names,
    )


def remove_what_is_due(settings: Settings, at: datetime) -> Iterator[tuple[str, int]]:
    """(what, how many) of everything that went; each step is a transaction of its own."""
    due = due_for_erasure(at)
    files = forget_in_files(persons=due, folder=settings.instance_dir)
    with writing():
        count_left_open(at=at)  # before the sessions that they belong to go
        names = erase_due(at=at)
    yield "names removed", names
    yield "files with these names", files
    yield "ended sessions", forget_sessions(at=at, days=settings.keep_sessions_days)
    yield "failed sign-ins", forget_tries(at=at, days=settings.keep_tries_days)
    yield "days at counters", forget_counter_days(at=at, days=settings.keep_tries_days)
    yield "uploaded files", forget_drafts(at=at, days=settings.keep_drafts_days)
    yield "finished jobs", forget_old_jobs(at)
    with writing():
        outbox = forget_outbox(at=at, days=settings.keep_outbox_days)
        imports = forget_names_before_imports(at=at, days=settings.keep_imports_days)
        requests = forget_requests(at=at, days=settings.keep_requests_days)
    yield "messages and codes", outbox
    yield "names from before imports", imports
    yield "texts of requests", requests
