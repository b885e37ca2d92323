"""Tables about kiosks."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase, WorkBase


class DeviceRow(RecordBase):
    """A machine that is or was a kiosk. Folded from events."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text, index=True)
    label: Mapped[str] = mapped_column(Text)
    enrolled_at: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[str] = mapped_column(Text)


class DeviceCodeRow(WorkBase):
    """A code that will make a machine a kiosk, once. Only its hash is kept."""

    __tablename__ = "device_code"

    code_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(Text)
    ends_at: Mapped[str] = mapped_column(Text)


class DeviceDayRow(WorkBase):
    """The day on which a kiosk was last used."""

    __tablename__ = "device_day"

    device: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[str] = mapped_column(Text)


class GuestVisitRow(RecordBase):
    """Somebody looked around without a card. Folded from events, by the id of the first. `at` is
    when they came; minutes and pages are 0 until they have gone."""

    __tablename__ = "guest_visit"
    __table_args__ = (Index("ix_guest_visit_place", "organisation", "at"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    pages: Mapped[int]
    language: Mapped[str] = mapped_column(Text)
