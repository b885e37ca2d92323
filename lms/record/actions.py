"""The one door into the record."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

import structlog
from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from lms.base.clock import as_text, now
from lms.base.database import after_commit, db
from lms.record import projection
from lms.record.aliases import canonical_among
from lms.record.envelope import NO_EVENT_BEFORE, canonical, compose, digest, substance
from lms.record.events import Happened, subject_of
from lms.record.queries import stored_from, stored_with_ids
from lms.record.streams import Stream, open_stream, stream_of
from lms.record.tables import EventRow, QuarantineRow, StreamHeadRow
from lms.record.via import placed

log = structlog.get_logger("lms.record")
_MANY = 200


def record(happenings: Sequence[Happened]) -> list[str]:
    """Appends what this server saw happen and moves the projections, in the present write
    transaction. Returns the ids that are new.

    An id that is known with the same substance is a repeat and is passed over. One that is known
    with another substance goes to quarantine; the first stays.
    """
    session = db.session()
    fresh = _set_aside_known(session, [placed(happened) for happened in happenings])
    if not fresh:
        return []
    stream, rows = _chained(session, fresh)
    new_ids = _insert(session, rows)
    _move_head(session, stream, rows[-1])
    known_as = canonical_among(row["learner"] for row in rows)
    projection.project(
        [stored_from(row["body"], row["received_at"], known_as.get(row["learner"])) for row in rows]
    )
    return [row["id"] for row in rows if row["id"] in new_ids]


def _set_aside_known(session: Session, happenings: Sequence[Happened]) -> list[Happened]:
    recorded = stored_with_ids({happened.id for happened in happenings})
    known = {event_id: stored.body for event_id, stored in recorded.items()}
    fresh: list[Happened] = []
    for happened in happenings:
        body = _body_alone(happened)
        first = known.setdefault(happened.id, body)
        if first is body:
            fresh.append(happened)
        elif substance(body) != substance(first):
            quarantine(session, reason="same id, other content", event_id=happened.id, body=body)
    return fresh


def _body_alone(happened: Happened) -> dict[str, Any]:
    return compose(happened, stream="", seq=0, prev="", node_time=happened.at, mono=0)


def quarantine(session: Session, *, reason: str, event_id: str | None, body: Any) -> None:
    """Keeps what was refused, and says so in the log."""
    log.error("event quarantined", reason=reason, event_id=event_id)
    session.add(
        QuarantineRow(
            event_id=event_id,
            reason=reason,
            raw=canonical(body),
            source="self",
            received_at=as_text(now()),
        )
    )


def _chained(
    session: Session, happenings: Iterable[Happened]
) -> tuple[Stream, list[dict[str, Any]]]:
    stream, seq, prev = _head(session)
    node_time = now()
    rows = []
    for happened in happenings:
        seq += 1
        body = compose(
            happened,
            stream=stream.id,
            seq=seq,
            prev=prev,
            node_time=node_time,
            mono=stream.milliseconds(),
        )
        rows.append(_row(body, node_time))
        prev = rows[-1]["hash"]
    return stream, rows


def _row(body: dict[str, Any], received_at: datetime) -> dict[str, Any]:
    data = canonical(body)
    return {
        "id": body["id"],
        "stream": body["stream"],
        "seq": body["seq"],
        "hash": digest(data),
        "kind": body["kind"],
        "learner": body["learner"],
        "subject": subject_of(body["object"]),
        "body": data.decode(),
        "received_at": as_text(received_at),
        "received_from": "self",
    }


def _head(session: Session) -> tuple[Stream, int, str]:
    stream = stream_of(db.engine)
    head = session.execute(_LAST, {"stream": stream.id}).first()
    seq, prev = (head.seq, head.hash) if head else (0, NO_EVENT_BEFORE)
    if seq < stream.last_seq:
        log.error("the database file was replaced while the service ran; a new stream begins")
        return open_stream(db.engine), 0, NO_EVENT_BEFORE
    return stream, seq, prev


_LAST = select(StreamHeadRow.seq, StreamHeadRow.hash).where(
    StreamHeadRow.stream == bindparam("stream")
)


@cache
def _heads(dialect: str) -> Any:
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    statement = insert(cast("Table", StreamHeadRow.__table__))
    new = {"seq": statement.excluded.seq, "hash": statement.excluded.hash}
    return statement.on_conflict_do_update(index_elements=["stream"], set_=new)


@cache
def _events(dialect: str) -> Any:
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    table = cast("Table", EventRow.__table__)
    return insert(table).on_conflict_do_nothing(index_elements=["id"]).returning(table.c.id)


def _insert(session: Session, rows: list[dict[str, Any]]) -> set[str]:
    statement = _events(db.engine.dialect.name)
    new: set[str] = set()
    for start in range(0, len(rows), _MANY):
        new.update(session.scalars(statement, rows[start : start + _MANY]))
    return new


def _move_head(session: Session, stream: Stream, last: dict[str, Any]) -> None:
    last_of_all = {"stream": stream.id, "seq": last["seq"], "hash": last["hash"]}
    session.execute(_heads(db.engine.dialect.name), last_of_all)

    def remember() -> None:
        stream.last_seq = max(stream.last_seq, last["seq"])

    after_commit(remember)


def heads_on_disk() -> dict[str, int]:
    """Stream → last number, for the start checks."""
    rows = db.session().execute(select(StreamHeadRow.stream, StreamHeadRow.seq))
    return {row.stream: row.seq for row in rows}
