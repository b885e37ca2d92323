"""Projected tables: workshops, who is on their lists, and who was there."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class WorkshopRow(RecordBase):
    """One workshop. `path` is the organiser's. `sittings`, `invited` and `invited_states` are
    JSON; days are YYYY-MM-DD; `expected` and `came` count participants."""

    __tablename__ = "workshop"
    __table_args__ = (Index("ix_workshop_path", "path"), Index("ix_workshop_held_on", "held_on"))

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    theme: Mapped[str] = mapped_column(Text)
    organiser: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    facilitators: Mapped[str] = mapped_column(Text)
    sittings: Mapped[str] = mapped_column(Text)
    invited: Mapped[str] = mapped_column(Text)
    invited_states: Mapped[str] = mapped_column(Text)
    first_on: Mapped[str] = mapped_column(Text)
    last_on: Mapped[str] = mapped_column(Text)
    planned_minutes: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    held_on: Mapped[str] = mapped_column(Text)
    cancelled_because: Mapped[str] = mapped_column(Text)
    expected: Mapped[int]
    came: Mapped[int]
    counts: Mapped[bool]
    demo: Mapped[bool]


class ParticipantRow(RecordBase):
    """One person on one list. `path` is that of the organisation that sends them; `state`,
    `country` and `membership` are those of its member state."""

    __tablename__ = "workshop_participant"
    __table_args__ = (Index("ix_workshop_participant_learner", "learner"),)

    workshop: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text, primary_key=True)
    accredited_by: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(Text)
    membership: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    expected: Mapped[bool]


class AttendanceRow(RecordBase):
    """One person at one sitting, with what was true of them on its day."""

    __tablename__ = "attendance"
    __table_args__ = (
        Index("ix_attendance_learner", "learner"),
        Index("ix_attendance_on", "on"),
        Index("ix_attendance_path", "path"),
    )

    workshop: Mapped[str] = mapped_column(Text, primary_key=True)
    sitting: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text, primary_key=True)
    present: Mapped[bool]
    on: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    role: Mapped[str] = mapped_column(Text)
    accredited_by: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(Text)
    membership: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    employment: Mapped[str] = mapped_column(Text)
    sex: Mapped[str] = mapped_column(Text)
    birth_year: Mapped[int | None]
    late_entry: Mapped[bool]
    demo: Mapped[bool]
