"""The projected table of declared trainings."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class DeclaredRow(RecordBase):
    """One declared training, with what was true of the learner on that day: as a completion, but
    kept apart from what was done on the site. `course` is empty where it is no course of the
    site; `recognised` follows that course."""

    __tablename__ = "declared_training"
    __table_args__ = (
        Index("ix_declared_training_learner", "learner", "course"),
        Index("ix_declared_training_on", "completed_on"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    course: Mapped[str] = mapped_column(Text)
    completed_at: Mapped[str] = mapped_column(Text)
    completed_on: Mapped[str] = mapped_column(Text)
    percent: Mapped[int | None]
    minutes: Mapped[int]
    recognised: Mapped[bool]
    employment: Mapped[str] = mapped_column(Text)
    sex: Mapped[str] = mapped_column(Text)
    birth_year: Mapped[int | None]
    path: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool]
    sha256: Mapped[str] = mapped_column(Text)
