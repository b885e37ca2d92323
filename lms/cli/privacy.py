"""What was kept long enough goes: by hand, by cron, or once a day while the server runs."""

import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import click
import structlog
from flask import Flask

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.jobs import forget_old_jobs
from lms.cli.server import on_the_record, this_server
from lms.exchange.actions.forgetting import forget_drafts, forget_names_before_imports
from lms.people.actions.leaving import erase_due
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
_A_DAY: Final = 24 * 60 * 60
_AFTER_THE_START: Final = 10 * 60


@click.group()
def privacy() -> None:
    """Keep nothing about people longer than it must be."""


@privacy.command()
@on_the_record
def run() -> None:
    """Remove names whose day has come, and what was kept long enough. Meant for every night."""
    for what, count in remove_what_is_due(this_server().settings, now()):
        click.echo(f"{what}: {count}")


def remove_what_is_due(settings: Settings, at: datetime) -> Iterator[tuple[str, int]]:
    """(what, how many) of everything that went; each step is a transaction of its own."""
    with writing():
        count_left_open(at=at)  # before the sessions that they belong to go
        names = erase_due(at=at)
    yield "names removed", names
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


def keep_removing(app: Flask, settings: Settings) -> None:
    """The same once a day in a thread of its own; several workers remove the same once."""
    threading.Thread(target=_remove_for_ever, args=(app, settings), daemon=True).start()


def _remove_for_ever(app: Flask, settings: Settings) -> None:
    time.sleep(_AFTER_THE_START)
    while True:
        with app.app_context():
            try:
                done = dict(remove_what_is_due(settings, now()))
                log.info("kept long enough", **{k.replace(" ", "_"): v for k, v in done.items()})
            except Exception:  # tomorrow is another try; nothing is lost
                log.exception("what was kept long enough could not be removed")
            finally:
                db.session.remove()
        time.sleep(_A_DAY)
