"""Tables about assistance."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase, WorkBase


class AssistanceRow(RecordBase):
    """A helper was with a learner. Folded from events, by the id of the event.

    `on` is the day in the office's calendar; `path`, `state` and `operator` are where the office
    stood on that day; `office` is the office itself, empty where it is not one.
    """

    __tablename__ = "assistance"
    __table_args__ = (Index("ix_assistance_on", "on"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text, index=True)
    helper: Mapped[str] = mapped_column(Text, index=True)
    organisation: Mapped[str] = mapped_column(Text, index=True)
    at: Mapped[str] = mapped_column(Text)
    on: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    path: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool]


class AssistanceNowRow(WorkBase):
    """A helper is with a learner, in the session with this hash. `last_at` is the last moment at
    which something was saved meanwhile. Until when it holds stands in the session's own row."""

    __tablename__ = "assistance_now"

    session: Mapped[str] = mapped_column(Text, primary_key=True)
    id: Mapped[str] = mapped_column(Text)
    learner: Mapped[str] = mapped_column(Text)
    helper: Mapped[str] = mapped_column(Text)
    position: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, index=True)
    began_at: Mapped[str] = mapped_column(Text)
    last_at: Mapped[str] = mapped_column(Text)
