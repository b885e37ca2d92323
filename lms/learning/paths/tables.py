"""Projected tables: paths, rules, and what is asked of whom."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class PathRow(RecordBase):
    """A path that is in force. `courses` is a JSON list of slugs in their order."""

    __tablename__ = "learning_path"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    title_fr: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)
    courses: Mapped[str] = mapped_column(Text)


class RuleRow(RecordBase):
    """A rule that is in force, since a day."""

    __tablename__ = "enrolment_rule"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text, index=True)
    days: Mapped[int]
    since: Mapped[str] = mapped_column(Text)


class EnrolmentRow(RecordBase):
    """One course that is asked of one learner, by itself (`subject` is its slug) or as number
    `place` of a path (`subject` is the path). `office` and `path` are where the learner belongs;
    `open` says that the account is. `due` is empty without a day."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("ix_enrolment_subject", "subject", "office"),
        Index("ix_enrolment_due", "due"),
        Index("ix_enrolment_rule", "rule"),
        Index("ix_enrolment_path", "path"),
    )

    learner: Mapped[str] = mapped_column(Text, primary_key=True)
    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    course: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[int]
    since: Mapped[str] = mapped_column(Text)
    due: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    open: Mapped[bool]


class ReminderRow(RecordBase):
    """When a learner was reminded last."""

    __tablename__ = "reminder"

    learner: Mapped[str] = mapped_column(Text, primary_key=True)
    on: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(Text)
