"""Accounts are closed and opened again; names are removed for ever."""

from datetime import date, datetime, timedelta
from typing import Final

from lms.base.database import after_commit
from lms.base.ids import derived_id
from lms.people.actions.signing_in import end_sessions_of
from lms.people.audit.actions import note
from lms.people.erasures.queries import erasures_asked, wishes_of
from lms.people.events import ErasureAsked, LearnerClosed, LearnerErased, LearnerReopened
from lms.record.actions import record
from lms.record.aliases import aliases_of
from lms.record.events import SYSTEM, Actor, EventVoided, Happened

GRACE: Final = timedelta(days=30)


def close_account(*, person: str, reason: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person may no longer sign in; every session of theirs ends at once."""
    record([Happened(LearnerClosed(person, reason), event_id, by, at)])
    _noted("account.closed", person, by, at, event_id)
    _end_sessions(person)


def reopen_account(*, person: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person may sign in again."""
    record([Happened(LearnerReopened(person), event_id, by, at)])
    _noted("account.reopened", person, by, at, event_id)


def ask_erasure(*, person: str, by: Actor, at: datetime, event_id: str) -> date:
    """The person's name is removed after 30 days, unless they change their mind; the day."""
    on = (at + GRACE).date()
    record([Happened(ErasureAsked(person, on.isoformat()), event_id, by, at)])
    _noted("erasure.asked", person, by, at, event_id)
    return on


def keep_me(*, person: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person, or somebody above them, changed their mind: what was asked is void, and what
    somebody above had asked on their behalf."""
    voids = [
        Happened(EventVoided(each.id, "mistake"), derived_id(event_id, each.id), by, at)
        for each in wishes_of(person)
    ]
    if record(voids):
        _noted("erasure.cancelled", person, by, at, event_id)


def due_for_erasure(at: datetime) -> list[str]:
    """The persons whose day has come."""
    today = at.date().isoformat()
    due = {
        s.learner
        for s in erasures_asked()
        if isinstance(s.event, ErasureAsked) and s.event.on <= today and s.learner
    }
    return sorted(due)


def erase_due(*, at: datetime) -> int:
    """Removes every name whose day has come; how many persons."""
    due = due_for_erasure(at)
    for person in due:
        erase(person=person, by=SYSTEM, at=at, event_id=derived_id("erased", person))
    return len(due)


def erase(*, person: str, by: Actor, at: datetime, event_id: str) -> None:
    """Removes the person's names, numbers on staff lists, e-mail and passwords, under each id they
    have. What they learned stays, under a number alone."""
    group = aliases_of(person)
    others = [each for each in group if each != person]
    erased = [(person, event_id), *((each, derived_id(event_id, each)) for each in others)]
    record([Happened(LearnerErased(each), id, by, at) for each, id in erased])
    _noted("learner.erased", person, by, at, event_id)
    _end_sessions(person)


def _noted(action: str, person: str, by: Actor, at: datetime, event_id: str) -> None:
    note(action, by=by, at=at, learner=person, event_id=derived_id("noted", event_id))


def _end_sessions(person: str) -> None:
    group = aliases_of(person)

    def end() -> None:
        for member in group:
            end_sessions_of(person=member)

    after_commit(end)
