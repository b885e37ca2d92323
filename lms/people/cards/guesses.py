"""How often somebody may guess a PIN, counted before each guess is looked at and for all workers
together: the record's one writer at a time is the lock."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from lms.base.clock import as_text, from_text
from lms.base.database import work_writing, writing
from lms.people.cards.queries import Holder, find_holder
from lms.people.cards.rules import (
    GUESSES_AT_DEVICE,
    GUESSES_COUNT_FOR,
    GUESSES_OF_CARD,
    WRONG_PINS,
    TooManyGuesses,
)
from lms.people.cards.tables import PinRow
from lms.people.tables import TryRow

Limits = tuple[tuple[str, int], ...]
"""(whose guesses, how many an hour)"""


def whose(kind: str, value: str) -> str:
    """The name under which tries are counted."""
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()[:32]


def take_a_guess(*, number: str, device: str, at: datetime) -> tuple[Holder | None, Limits]:
    """Counts one guess at a card, here, and gives back whose card it is: None where nobody's, or
    where it is locked. Refuses with `TooManyGuesses`.
    """
    with writing() as session:
        holder = find_holder(number)
        limits: Limits = (
            (whose("card", holder.person if holder else number), GUESSES_OF_CARD),
            (whose("device", device), GUESSES_AT_DEVICE),
        )
        count(limits, at)
        if holder is None or not holder.verifier or holder.failures >= WRONG_PINS:
            return None, limits
        more = update(PinRow).where(PinRow.person == holder.pin_of)
        session.execute(more.values(failures=PinRow.failures + 1))
        return holder, limits


def count(limits: Limits, at: datetime) -> None:
    """One more try of each; refuses with `TooManyGuesses` where there were as many as may be."""
    since = at - GUESSES_COUNT_FOR
    with work_writing() as work:
        work.execute(delete(TryRow).where(TryRow.at < as_text(since)))
        for who, most in limits:
            _refuse_more_than(work, who, most, since, at)
        rows = [{"who": who, "at": as_text(at)} for who, _most in limits]
        work.execute(insert(TryRow), rows)


def _refuse_more_than(work: Connection, who: str, most: int, since: datetime, at: datetime) -> None:
    tries = select(func.count(), func.min(TryRow.at)).where(
        TryRow.who == who, TryRow.at > as_text(since)
    )
    made, oldest = work.execute(tries).one()
    if made >= most:
        left = from_text(oldest) + GUESSES_COUNT_FOR - at
        raise TooManyGuesses(minutes=max(1, -(-int(left.total_seconds()) // 60)))


def forgive(limits: Limits, at: datetime) -> None:
    """The try of this moment was right: it does not count."""
    with work_writing() as work:
        for who, _most in limits:
            mine = select(TryRow.no).where(TryRow.who == who, TryRow.at == as_text(at)).limit(1)
            work.execute(delete(TryRow).where(TryRow.no == mine.scalar_subquery()))


def forget_wrong_pins(person: str) -> None:
    """The right PIN was typed: the wrong ones before it are forgotten."""
    with writing() as session:
        session.execute(update(PinRow).where(PinRow.person == person).values(failures=0))
