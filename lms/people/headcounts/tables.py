"""The projected table of returns."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class HeadcountRow(RecordBase):
    """One return of one operator."""

    __tablename__ = "headcount"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    operator: Mapped[str] = mapped_column(Text, index=True)
    on: Mapped[str] = mapped_column("on_day", Text)
    employees: Mapped[int]
    women: Mapped[int | None]
    source: Mapped[str] = mapped_column(Text)
    actor: Mapped[str | None] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
