"""Reading the record. Voided events are left out unless asked for by id; the audit trail is always
whole."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased

from lms.base.clock import as_text, from_text
from lms.base.database import Rows, db
from lms.record.aliases import aliases_of, members_of
from lms.record.envelope import NO_EVENT_BEFORE, digest
from lms.record.events import AUDIT, Event, EventVoided, Stored, subject_of
from lms.record.tables import AliasRow, EventRow, QuarantineRow, StreamHeadRow

_MANY = 500
_LATELY: Final = 1000
"""Events kept as they were read: they never change, and who learns now answers again soon."""

_EVENTS: Rows = select(
    EventRow.body,
    EventRow.received_at,
    func.coalesce(AliasRow.canonical, EventRow.learner).label("person"),
).outerjoin(AliasRow, AliasRow.person == EventRow.learner)


_BY_ID = _EVENTS.where(EventRow.id.in_(bindparam("ids", expanding=True)))


def stored_from(body: str, received_at: str, person: str | None = None) -> Stored:
    """The stored event behind one row, as one of `person` where its learner was merged.

    Its time is what the device claimed, but never later than its arrival.
    """
    parts: dict[str, Any] = json.loads(body)
    thing = parts["object"]
    person = person or parts["learner"]
    return Stored(
        id=parts["id"],
        kind=parts["kind"],
        learner=person,
        subject=subject_of(thing),
        event=Event.from_parts(parts["kind"], person, thing, parts["data"]),
        at=from_text(min(parts["at"]["claimed"], received_at)),
        actor=parts["actor"],
        role=parts["role"],
        body=parts,
    )


_remembered = lru_cache(maxsize=_LATELY)(stored_from)


def stored_with_ids(ids: Collection[str]) -> dict[str, Stored]:
    """The events with these ids, voided ones too."""
    found: dict[str, Stored] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        for row in db.session().execute(_BY_ID, {"ids": some}):
            stored = stored_from(*row)
            found[stored.id] = stored
    return found


def events_about(
    *,
    learner: str | None = None,
    subject: str | None = None,
    kinds: Collection[str] = (),
) -> list[Stored]:
    """Valid events of a learner, about a subject, of some kinds (all that are given must fit).

    In no promised order: what is folded from them must not depend on it. Somebody who was merged
    has the events of all their ids under the canonical one, and none under the others.
    """
    given: dict[str, Any] = {}
    if learner is not None:
        group = aliases_of(learner)
        if group[0] != learner:
            return []
        given["learners"] = list(group)
    if subject is not None:
        given["subject"] = subject
    if kinds:
        given["kinds"] = sorted(kinds)
    rows = db.session().execute(_about(frozenset(given)), given)
    return [_remembered(*row) for row in rows]


@cache
def _about(given: frozenset[str]) -> Rows:
    """The statement for what is given, built and compiled once."""
    statement = _valid(_EVENTS)
    if "learners" in given:
        statement = statement.where(EventRow.learner.in_(bindparam("learners", expanding=True)))
    if "subject" in given:
        statement = statement.where(EventRow.subject == bindparam("subject"))
    if "kinds" in given:
        statement = statement.where(EventRow.kind.in_(bindparam("kinds", expanding=True)))
    return statement


def events_of_learners(
    learners: Collection[str], kinds: Collection[str] = ()
) -> dict[str, list[Stored]]:
    """Learner → valid events about them, of some kinds if given; for many learners at once."""
    found: dict[str, list[Stored]] = {learner: [] for learner in learners}
    statement = _valid(_EVENTS)
    if kinds:
        statement = statement.where(EventRow.kind.in_(sorted(kinds)))
    wanted = list(found)
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        ids = {*some, *members_of(some)}
        for row in db.session().execute(statement.where(EventRow.learner.in_(ids))):
            if row.person in found:
                found[row.person].append(stored_from(*row))
    return found


def all_events(kinds: Collection[str], size: int = 2000) -> Iterator[list[Stored]]:
    """Every valid event of these kinds, in batches."""
    last = 0
    while True:
        statement = _valid(_EVENTS.add_columns(EventRow.local_no))
        statement = statement.where(EventRow.local_no > last)
        statement = statement.where(EventRow.kind.in_(sorted(kinds)))
        rows = db.session().execute(statement.order_by(EventRow.local_no).limit(size)).all()
        if not rows:
            return
        last = rows[-1].local_no
        yield [stored_from(row.body, row.received_at, row.person) for row in rows]


def events_of_anybody(persons: Collection[str]) -> list[tuple[str, str]]:
    """(body, received_at) of every valid event of these ids, whoever they belong to by merges."""
    statement = _valid(select(EventRow.body, EventRow.received_at))
    rows = db.session().execute(statement.where(EventRow.learner.in_(list(persons))))
    return [(row.body, row.received_at) for row in rows]


def _valid(statement: Rows) -> Rows:
    void = aliased(EventRow)
    voided = select(void.id).where(void.kind == EventVoided.kind, void.subject == EventRow.id)
    return statement.where(or_(EventRow.kind.startswith(AUDIT), ~voided.exists()))


def count_of_events() -> int:
    """How many events this database holds."""
    return db.session().scalar(select(func.count()).select_from(EventRow)) or 0


def count_kept_of(learners: Collection[str], *, kinds: Collection[str], since: datetime) -> int:
    """How many events of these kinds, about these people, were written here since a moment."""
    wanted = EventRow.learner.in_(list(learners)), EventRow.kind.in_(sorted(kinds))
    statement = select(func.count()).where(*wanted, EventRow.received_at >= as_text(since))
    return db.session().scalar(statement) or 0


def newest_number() -> int:
    """The place of the newest event on this disk; 0 where there is none."""
    return db.session().scalar(select(func.max(EventRow.local_no))) or 0


def is_anything_since(number: int, *, but: Collection[str]) -> bool:
    """Whether an event of other kinds than these came after that place."""
    later = select(EventRow.id).where(EventRow.local_no > number, EventRow.kind.not_in(sorted(but)))
    return db.session().scalar(later.limit(1)) is not None


def newest_event() -> Stored | None:
    """The event that was added last to this database, voided or not."""
    statement = select(EventRow.body, EventRow.received_at).order_by(EventRow.local_no.desc())
    row = db.session().execute(statement.limit(1)).first()
    return stored_from(row.body, row.received_at) if row else None


def count_in_quarantine() -> int:
    """How many refused bodies wait for a decision."""
    waiting = QuarantineRow.settled_at.is_(None)
    return db.session().scalar(select(func.count()).where(waiting)) or 0


def breaks_in_chain(last: int | None = None) -> list[str]:
    """Ids of events that are not as they were written or whose predecessor is missing, and names
    of streams whose last event is; `last` looks at the newest events only."""
    statement = select(EventRow).where(EventRow.received_from == "self")
    statement = statement.order_by(EventRow.local_no.desc())
    found = db.session().execute(
        (statement.limit(last) if last else statement).with_only_columns(*EventRow.__table__.c)
    )
    rows = list(found)
    hashes = {(row.stream, row.seq): row.hash for row in rows}
    oldest: dict[str, int] = {}
    for row in rows:
        oldest[row.stream] = min(row.seq, oldest.get(row.stream, row.seq)) if last else 1
    broken = [row.id for row in rows if not _holds(row, hashes, oldest[row.stream])]
    return [*broken, *_heads_without_event()]


def _holds(row: Any, hashes: dict[tuple[str, int], str], oldest: int) -> bool:
    if digest(row.body.encode()) != row.hash:
        return False
    body = json.loads(row.body)
    columns = ("id", "stream", "seq", "kind", "learner")
    if any(body[name] != getattr(row, name) for name in columns):
        return False
    before = NO_EVENT_BEFORE if row.seq == 1 else hashes.get((row.stream, row.seq - 1))
    unseen = before is None and row.seq == oldest > 1
    return unseen or bool(body["prev"] == before and row.subject == subject_of(body["object"]))


def _heads_without_event() -> list[str]:
    event = aliased(EventRow)
    kept = select(event.id).where(
        event.stream == StreamHeadRow.stream,
        event.seq == StreamHeadRow.seq,
        event.hash == StreamHeadRow.hash,
    )
    return list(db.session().scalars(select(StreamHeadRow.stream).where(~kept.exists())))
