"""Projected tables: progress and completions."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class ProgressRow(RecordBase):
    """How far one learner is in one course; `body` is the folded progress as JSON."""

    __tablename__ = "progress"
    __table_args__ = (Index("ix_progress_course", "course"),)

    learner: Mapped[str] = mapped_column(Text, primary_key=True)
    course: Mapped[str] = mapped_column(Text, primary_key=True)
    edition: Mapped[str] = mapped_column(Text)
    started_at: Mapped[str] = mapped_column(Text)
    last_at: Mapped[str] = mapped_column(Text)
    lessons_done: Mapped[int]
    lessons_required: Mapped[int]
    attempts: Mapped[int]
    best_percent: Mapped[int | None]
    passed: Mapped[bool]
    completed: Mapped[bool]
    help: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text)


class CompletionRow(RecordBase):
    """One course completed by one learner, with what was true of them on that day.

    `completed_on` is the day in the office's calendar. `path`, `state`, `operator` and `office`
    are where the learner belonged on that day; `country` is the state's code. `mode` is "assisted"
    where a helper was there, and `help` then says how most of the help was given; else "self".
    """

    __tablename__ = "completion"
    __table_args__ = (
        Index("ix_completion_on", "completed_on"),
        Index("ix_completion_path", "path"),
    )

    learner: Mapped[str] = mapped_column(Text, primary_key=True)
    course: Mapped[str] = mapped_column(Text, primary_key=True)
    course_id: Mapped[str] = mapped_column(Text)
    edition: Mapped[str] = mapped_column(Text)
    completed_at: Mapped[str] = mapped_column(Text)
    completed_on: Mapped[str] = mapped_column(Text)
    percent: Mapped[int | None]
    minutes: Mapped[int]
    seconds: Mapped[int]
    language: Mapped[str] = mapped_column(Text)
    track: Mapped[str] = mapped_column(Text)
    recognised: Mapped[bool]
    employment: Mapped[str] = mapped_column(Text)
    sex: Mapped[str] = mapped_column(Text)
    birth_year: Mapped[int | None]
    path: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool]
    mode: Mapped[str] = mapped_column(Text, default="self")
    help: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text)
