"""The store of answers. They stand in no event and can be erased at any moment."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class FunctioningRow(RecordBase):
    """What one person told, as JSON (empty: they prefer not to say), with the version and the
    language of what they agreed to."""

    __tablename__ = "functioning"

    person: Mapped[str] = mapped_column(Text, primary_key=True)
    answers: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    consent: Mapped[int]
    at: Mapped[str] = mapped_column(Text)
