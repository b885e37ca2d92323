"""Accounts are closed and opened again; names are removed for ever."""

from datetime import date, datetime, timedelta
from typing import Final

from lms.base.database import after_commit
from lms.base.ids import derived_id
from lms.people.actions.signing_in import end_sessions_of
from lms.people.events import ErasureAsked, LearnerClosed, LearnerErased, LearnerReopened
from lms.people.queries.duplicates import erasures_asked
from lms.record.actions import record
from lms.record.aliases import aliases_of
from lms.record.events import SYSTEM, Actor, EventVoided, Happened

GRACE: Final = timedelta(days=30)


def close_account(*, person: str, reason: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person may no longer sign in; every session of theirs ends at once."""
    record([Happened(LearnerClosed(person, reason), event_id, by, at)])
    _end_sessions(person)


def reopen_account(*, person: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person may sign in again."""
    record([Happened(LearnerReopened(person), event_id, by, at)])


def ask_erasure(*, person: str, by: Actor, at: datetime, event_id: str) -> date:
    """The person's name is removed after 30 days, unless they change their mind; the day."""
    on = (at + GRACE).date()
    record([Happened(ErasureAsked(person, on.isoformat()), event_id, by, at)])
    return on


def keep_me(*, person: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person changed their mind: what they asked is void."""
    asked = [stored for stored in erasures_asked() if stored.learner == person]
    voids = [
        Happened(EventVoided(each.id, "consent withdrawn"), derived_id(event_id, each.id), by, at)
        for each in asked
    ]
    record(voids)


def erase_due(*, at: datetime) -> int:
    """Removes every name whose day has come; how many persons."""
    today = at.date().isoformat()
    due = {
        s.learner
        for s in erasures_asked()
        if isinstance(s.event, ErasureAsked) and s.event.on <= today
    }
    for person in sorted(each for each in due if each):
        erase(person=person, by=SYSTEM, at=at, event_id=derived_id("erased", person))
    return len(due)


def erase(*, person: str, by: Actor, at: datetime, event_id: str) -> None:
    """Removes the person's names, numbers on staff lists, e-mail and passwords. What they learned
    stays, under a number alone."""
    record([Happened(LearnerErased(person), event_id, by, at)])
    _end_sessions(person)


def _end_sessions(person: str) -> None:
    group = aliases_of(person)

    def end() -> None:
        for member in group:
            end_sessions_of(person=member)

    after_commit(end)
