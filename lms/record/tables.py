"""Tables of the record. Events can only be added: triggers refuse all else on both databases."""

from sqlalchemy import DDL, Index, Integer, LargeBinary, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class EventRow(RecordBase):
    """One event. `body` holds the exact bytes that `hash` covers; the rest is for finding it.

    `(stream, seq)` is deliberately not unique: where a disk image was copied, both sides of the
    fork must fit in.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_stream", "stream", "seq"),
        Index("ix_event_learner", "learner", "subject"),
        Index("ix_event_subject", "subject", "kind"),
        Index("ix_event_kind", "kind"),
    )

    local_no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    stream: Mapped[str] = mapped_column(Text)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    learner: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    received_at: Mapped[str] = mapped_column(Text)
    received_from: Mapped[str] = mapped_column(Text)


class AliasRow(RecordBase):
    """Somebody who was merged, and the id under which they are shown and counted."""

    __tablename__ = "alias"

    person: Mapped[str] = mapped_column(Text, primary_key=True)
    canonical: Mapped[str] = mapped_column(Text, index=True)


class StreamHeadRow(RecordBase):
    """The last event of each stream that was opened on this disk."""

    __tablename__ = "stream_head"

    stream: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(Text)


class QuarantineRow(RecordBase):
    """What was refused but is kept, counted and shown."""

    __tablename__ = "quarantine"

    no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    event_id: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(40))
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    source: Mapped[str] = mapped_column(Text)
    received_at: Mapped[str] = mapped_column(Text)
    settled_by: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[str | None] = mapped_column(Text)


KEEP_ON_SQLITE = (
    "CREATE TRIGGER event_keep_update BEFORE UPDATE ON event "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "CREATE TRIGGER event_keep_delete BEFORE DELETE ON event "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END",
)
KEEP_ON_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION event_keep() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append only'; END $$",
    "CREATE TRIGGER event_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
    "FOR EACH STATEMENT EXECUTE FUNCTION event_keep()",
)


def _keep(dialect: str, statements: tuple[str, ...]) -> None:
    for statement in statements:
        ddl = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(EventRow.__table__, "after_create", ddl)


_keep("sqlite", KEEP_ON_SQLITE)
_keep("postgresql", KEEP_ON_POSTGRESQL)
