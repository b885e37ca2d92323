"""What the server does by itself while it runs, so that nobody needs a timer of their own beside
it. Each piece of work is one call of the command that does the same by hand."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from flask import Flask

from lms.base.clock import now
from lms.base.database import RecordIsReadOnly, db
from lms.base.jobs import OUR_FAULT
from lms.base.language import Sentence
from lms.base.refusals import Refusal
from lms.base.timers import Timer, next_at_hour, pause_after, settle, take
from lms.cli.days import begin_the_day
from lms.cli.mail import send_what_is_due
from lms.cli.privacy import remove_and_tell
from lms.cli.reminders import remind_everybody
from lms.cli.work import do_what_waits
from lms.settings import Settings

log = structlog.get_logger("lms.timers")
_LOOKS_EVERY: Final = 30
"""Seconds between two looks at what is due."""
_AFTER_THE_START: Final = timedelta(minutes=10)
AT_NIGHT: Final = 2
IN_THE_MORNING: Final = 8
IN_THE_EVENING: Final = 19

Done = tuple[Sentence, bool]
"""What was done, and whether all went well."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work: what does it, how soon after the first start, when again, and whether its
    hour has come; the last two are asked with the time on the server's clock."""

    name: str
    do: Callable[[Settings, datetime], Done]
    first: timedelta
    again: Callable[[datetime], datetime]
    fits: Callable[[datetime], bool] = lambda _moment: True


def _in_a_minute(moment: datetime) -> datetime:
    return moment + timedelta(minutes=1)


def _next_day(moment: datetime) -> datetime:
    """Days begin as the record's do, in UTC."""
    return next_at_hour(moment.astimezone(UTC), 0)


def _next_night(moment: datetime) -> datetime:
    return next_at_hour(moment, AT_NIGHT)


def _next_morning(moment: datetime) -> datetime:
    return next_at_hour(moment, IN_THE_MORNING)


def _by_day(moment: datetime) -> bool:
    """Nobody is written to at night, also where the server was off in the morning."""
    return IN_THE_MORNING <= moment.hour < IN_THE_EVENING


TASKS: Final = (
    Task("mail", send_what_is_due, timedelta(), _in_a_minute),
    Task("jobs", do_what_waits, timedelta(), _in_a_minute),
    Task("days", begin_the_day, timedelta(), _next_day),
    Task("names", remove_and_tell, _AFTER_THE_START, _next_night),
    Task("reminders", remind_everybody, _AFTER_THE_START, _next_morning, _by_day),
)


def keep_working(app: Flask, settings: Settings) -> None:
    """Looks at what is due in a thread of its own, in every worker of every machine; whoever comes
    first does it. With `LMS_TIMERS=0` nothing is started."""
    if settings.timers:
        threading.Thread(target=_work_for_ever, args=(app, settings), daemon=True).start()


def _work_for_ever(app: Flask, settings: Settings) -> None:
    while True:
        time.sleep(_LOOKS_EVERY)
        with app.app_context():
            try:
                list(do_what_is_due(settings, now()))
            except RecordIsReadOnly:
                return
            except Exception:  # the next look is another try; nothing is lost
                log.exception("what is due could not be looked at")
            finally:
                db.session.remove()


def do_what_is_due(settings: Settings, at: datetime) -> Iterator[str]:
    """Does each task that is due and that nobody else is at; the names of those that were done."""
    for task in TASKS:
        if task.name == "mail" and not settings.mail_server:
            continue
        if task.fits(at.astimezone()) and (timer := _take(task, at)):
            _do(task, timer, settings, at)
            yield task.name


def _take(task: Task, at: datetime) -> Timer | None:
    return take(task.name, first_due=at + task.first, at=at)


def _do(task: Task, timer: Timer, settings: Settings, at: datetime) -> None:
    try:
        says, well = task.do(settings, at)
    except RecordIsReadOnly:
        raise
    except Refusal as refusal:
        says, well = refusal.sentence, False
    except Exception:
        log.exception("a timer failed", task=task.name)
        says, well = OUR_FAULT, False
    finally:
        db.session.rollback()
    failures = 0 if well else timer.failures + 1
    due = task.again(at.astimezone()) if well else at + pause_after(failures)
    settle(
        task.name,
        outcome="done" if well else "failed",
        says=says,
        due_at=due,
        failures=failures,
        at=now(),
    )
