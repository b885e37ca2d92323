"""Work that comes round by itself: one row for each piece of it, which says when it is due, who is
at it, and what it did last.

Every worker of every machine looks at the same rows in the `work` database; whoever takes one
first does it, the others leave it alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Text, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.clock import as_text, from_text
from lms.base.database import WorkBase, db, work_reading, work_writing
from lms.base.language import Sentence

Outcome = Literal["", "done", "failed"]

HELD_FOR: Final = timedelta(minutes=30)
"""So long nobody else takes what somebody is at; then they are taken to have died."""
PAUSES: Final = (1, 5, 15, 60)
"""Minutes to wait after each failure in a row; the last one repeats."""


class TimerRow(WorkBase):
    """One piece of work. `held_until` is empty where nobody is at it; `failures` are in a row;
    `says` is a sentence as JSON."""

    __tablename__ = "timer"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    due_at: Mapped[str] = mapped_column(Text)
    held_until: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    says: Mapped[str] = mapped_column(Text)
    failures: Mapped[int]


@dataclass(frozen=True, slots=True)
class Timer:
    """When a piece of work was done last, what it says about that, and when it is due. `ended_at`
    is None before the first time."""

    name: str
    due_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    says: Sentence | None
    failures: int


def pause_after(failures: int) -> timedelta:
    """How long to wait after this many failures in a row."""
    return timedelta(minutes=PAUSES[min(max(failures, 1), len(PAUSES)) - 1])


def next_at_hour(moment: datetime, hour: int) -> datetime:
    """The next time that the clock shows this hour, in the zone of `moment`."""
    today = moment.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > moment else today + timedelta(days=1)


def take(name: str, *, first_due: datetime, at: datetime) -> Timer | None:
    """The work, if it is due and nobody is at it: from now on it is the caller's, who must call
    `settle`. `first_due` holds where it was never due before."""
    moment = as_text(at)
    free = TimerRow.name == name, TimerRow.due_at <= moment, TimerRow.held_until <= moment
    with work_reading() as work:
        known = work.scalar(select(TimerRow.name).where(TimerRow.name == name)) is not None
        if known and work.scalar(select(TimerRow.name).where(*free)) is None:
            return None
    with work_writing() as work:
        if not known:
            work.execute(_first(name, as_text(first_due)))
        mine = update(TimerRow).where(*free).values(held_until=as_text(at + HELD_FOR))
        row = work.execute(mine.returning(TimerRow.__table__)).first()
    return _timer(row) if row else None


def _first(name: str, due_at: str) -> Any:
    insert = sqlite_insert if db.engines["work"].dialect.name == "sqlite" else postgresql_insert
    row = {"name": name, "due_at": due_at, "held_until": "", "ended_at": "", "outcome": ""}
    return insert(TimerRow).values(**row, says="", failures=0).on_conflict_do_nothing()


def settle(
    name: str, *, outcome: Outcome, says: Sentence, due_at: datetime, failures: int, at: datetime
) -> None:
    """Says what came of it, and gives it free until it is due again."""
    row = {"due_at": as_text(due_at), "held_until": "", "ended_at": as_text(at)}
    told = {"outcome": outcome, "says": _as_json(says), "failures": failures}
    with work_writing() as work:
        work.execute(_first(name, as_text(due_at)))
        work.execute(update(TimerRow).where(TimerRow.name == name).values(**row, **told))


def note_done(name: str, *, says: Sentence, at: datetime) -> None:
    """Says what was done by hand; when it is due again stays as it was."""
    told = {"ended_at": as_text(at), "outcome": "done", "says": _as_json(says), "failures": 0}
    with work_writing() as work:
        work.execute(_first(name, as_text(at)))
        work.execute(update(TimerRow).where(TimerRow.name == name).values(**told))


def timers() -> Mapping[str, Timer]:
    """Name → work that was ever due."""
    with work_reading() as work:
        rows = work.execute(select(TimerRow.__table__)).all()
    return {row.name: _timer(row) for row in rows}


def _timer(row: Any) -> Timer:
    return Timer(
        name=row.name,
        due_at=from_text(row.due_at),
        ended_at=from_text(row.ended_at) if row.ended_at else None,
        outcome=row.outcome,
        says=Sentence(*json.loads(row.says)) if row.says else None,
        failures=row.failures,
    )


def _as_json(says: Sentence) -> str:
    return json.dumps([says.text, dict(says.values)])
