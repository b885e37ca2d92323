"""Tables about cards and PINs."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase, WorkBase


class CardRow(RecordBase):
    """The card of a person as their events say it is now. Folded from events."""

    __tablename__ = "card"

    learner: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(Text, index=True)
    issued_at: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[str] = mapped_column(Text)


class PinRow(RecordBase):
    """An argon2 hash of a PIN, and how many wrong ones were typed since the last right one. Like a
    password it stands in no event."""

    __tablename__ = "pin"

    person: Mapped[str] = mapped_column(Text, primary_key=True)
    verifier: Mapped[str] = mapped_column(Text)
    failures: Mapped[int]
    changed_at: Mapped[str] = mapped_column(Text)


class PinCodeRow(WorkBase):
    """A code that opens the page to choose a PIN, for one person, at one office, once. `draft` is
    the hash of the PIN that was typed the first time."""

    __tablename__ = "pin_code"

    code_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text, index=True)
    organisation: Mapped[str] = mapped_column(Text)
    ends_at: Mapped[str] = mapped_column(Text)
    draft: Mapped[str] = mapped_column(Text)


class CounterDayRow(WorkBase):
    """Who was at an office's counter on a day: registered there, or signed in at a kiosk."""

    __tablename__ = "counter_day"
    __table_args__ = (Index("ix_counter_day_place", "organisation", "day"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    day: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
