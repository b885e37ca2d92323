"""The table of the audit trail, folded from the record."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class AuditRow(RecordBase):
    """One note, by the id of its event. `detail` is JSON."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_at", "at"),
        Index("ix_audit_action", "action", "at"),
        Index("ix_audit_learner", "learner", "at"),
        Index("ix_audit_actor", "actor", "at"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    actor: Mapped[str | None] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    learner: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[str | None] = mapped_column(Text, index=True)
    detail: Mapped[str] = mapped_column(Text)
