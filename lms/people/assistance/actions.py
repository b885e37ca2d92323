"""A helper joins a learner, is still there, and leaves.

While it lasts, an assistance stands in the work database, beside the session that it ends with.
What counts, the agreement and the minutes, are events.
"""

from datetime import datetime

from sqlalchemy import delete, insert, update

from lms.base.clock import as_text
from lms.base.database import after_commit, work_writing
from lms.base.ids import derived_id
from lms.people.assistance.events import AssistanceAgreed, AssistanceGiven
from lms.people.assistance.queries import find_assistance, left_open, position_of_helper
from lms.people.assistance.rules import HOLDS, Assistance, NotBesideOneself, minutes_of
from lms.people.assistance.tables import AssistanceNowRow
from lms.people.audit import note
from lms.people.tables import SessionRow
from lms.record.actions import record
from lms.record.aliases import canonical_of
from lms.record.events import Actor, Happened
from lms.record.queries import stored_with_ids


def begin_assistance(
    *,
    session: str,
    learner: str,
    helper: str,
    organisation: str,
    agreed_at: datetime,
    event_id: str,
    at: datetime,
) -> None:
    """The helper joins the learner's session, at an office they help at, as the learner agreed.

    `session` is the hash of the session's token. Refuses with `NotAHelperHere` or
    `NotBesideOneself`. A helper who was there before leaves.
    """
    if canonical_of(helper) == canonical_of(learner):
        raise NotBesideOneself
    position = position_of_helper(helper, organisation, at.date())
    end_assistance(session=session, at=at)
    agreed = AssistanceAgreed(learner=learner, organisation=organisation)
    record([Happened(agreed, event_id, Actor(learner), agreed_at)])
    note(
        "assistance.begun",
        by=Actor(helper, "officer"),
        at=at,
        learner=learner,
        organisation=organisation,
        event_id=derived_id(event_id, "noted"),
    )
    row = {
        "session": session,
        "id": event_id,
        "learner": learner,
        "helper": helper,
        "position": position,
        "organisation": organisation,
        "began_at": as_text(at),
        "last_at": as_text(at),
    }
    after_commit(lambda: _write_now(row, helper, at))


def _write_now(row: dict[str, str], helper: str, at: datetime) -> None:
    until = as_text(at + HOLDS)
    with work_writing() as work:
        mine = SessionRow.token_hash == row["session"]
        work.execute(delete(AssistanceNowRow).where(AssistanceNowRow.session == row["session"]))
        work.execute(insert(AssistanceNowRow).values(row))
        work.execute(
            update(SessionRow).where(mine).values(assisted_by=helper, assisted_until=until)
        )


def note_assisted_work(*, session: str, at: datetime, helper_is_there: bool) -> None:
    """Something was saved while a helper was with the learner; with a sign that the helper is
    still there, the assistance holds for as long again."""
    with work_writing() as work:
        row = update(AssistanceNowRow).where(AssistanceNowRow.session == session)
        work.execute(row.values(last_at=as_text(at)))
        if helper_is_there:
            mine = update(SessionRow).where(
                SessionRow.token_hash == session, SessionRow.assisted_until > as_text(at)
            )
            work.execute(mine.values(assisted_until=as_text(at + HOLDS)))


def end_assistance(*, session: str, at: datetime) -> bool:
    """The helper leaves, whoever says so; whether one was there. The minutes are counted."""
    found = find_assistance(session, at)
    if found is not None:
        _count(found, at)
    return found is not None


def count_left_open(*, at: datetime) -> int:
    """Counts the assistances that nobody ended, up to the last thing that was saved in them; how
    many."""
    found = left_open(at)
    for each in found:
        _count(each, each.last_at)
    return len(found)


def _count(found: Assistance, ended: datetime) -> None:
    event_id = derived_id(found.id, AssistanceGiven.kind)
    given = AssistanceGiven(
        learner=found.learner,
        helper=found.helper,
        organisation=found.organisation,
        minutes=minutes_of(found.began_at, ended),
    )
    if event_id not in stored_with_ids([event_id]):
        record([Happened(given, event_id, Actor(found.helper, "officer"), ended)])
    after_commit(lambda: _forget_now(found))


def _forget_now(found: Assistance) -> None:
    with work_writing() as work:
        mine = AssistanceNowRow.session == found.session, AssistanceNowRow.id == found.id
        if work.execute(delete(AssistanceNowRow).where(*mine)).rowcount:
            row = update(SessionRow).where(SessionRow.token_hash == found.session)
            work.execute(row.values(assisted_by="", assisted_until=""))
