"""One row a certificate, folded from the record."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class CertificateRow(RecordBase):
    """Days are YYYY-MM-DD, moments as `lms.base.clock.as_text` writes them, `evidence` is JSON."""

    __tablename__ = "certificate"
    __table_args__ = (Index("ix_certificate_learner", "learner", "course"),)

    serial: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text)
    course: Mapped[str] = mapped_column(Text)
    edition: Mapped[str] = mapped_column(Text)
    title_fr: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)
    completed_on: Mapped[str] = mapped_column(Text)
    percent: Mapped[int | None]
    minutes: Mapped[int]
    evidence: Mapped[str] = mapped_column(Text)
    kind_of: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[str] = mapped_column(Text)
    valid_until: Mapped[str | None] = mapped_column(Text)
    revoked_at: Mapped[str | None] = mapped_column(Text)
    revoked_reason: Mapped[str] = mapped_column(Text)
