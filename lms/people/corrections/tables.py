"""Tables about corrections. What was typed may hold a name, so it can be erased as names can."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class CorrectionRow(RecordBase):
    """One request as its events say it is. Folded from events."""

    __tablename__ = "correction"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text, index=True)
    about: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, index=True)
    answered_at: Mapped[str] = mapped_column(Text)


class CorrectionTextRow(RecordBase):
    """What was asked and answered, by the id of the request."""

    __tablename__ = "correction_text"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text, index=True)
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
