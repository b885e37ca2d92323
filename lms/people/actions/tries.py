"""Slowing down who guesses: failed tries are counted by account, by address and by device, in the
work database that all workers share."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert

from lms.base.clock import as_text, from_text
from lms.base.database import work_writing
from lms.people.queries import failures_of
from lms.people.rules import TRIES_COUNT_FOR, TooManyTries, seconds_to_wait
from lms.people.tables import TryRow


def whose(kind: str, value: str) -> str:
    """Under which name tries are counted: nothing that was typed can be read back from it."""
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()[:32]


def refuse_too_many(counted: Iterable[tuple[str, int]], at: datetime) -> None:
    """Refuses with `TooManyTries` where one of these has failed too often; each comes with the
    number of tries that are free."""
    for who, free in counted:
        failures, last = failures_of(who, at - TRIES_COUNT_FOR)
        wait = seconds_to_wait(failures, from_text(last) if last else None, at, free)
        if wait:
            raise TooManyTries(seconds=wait)


def remember_failure(counted: Iterable[str], at: datetime) -> None:
    """One more failed try for each of these."""
    moment = as_text(at)
    with work_writing() as work:
        work.execute(delete(TryRow).where(TryRow.at < as_text(at - TRIES_COUNT_FOR)))
        work.execute(insert(TryRow), [{"who": who, "at": moment} for who in counted])
