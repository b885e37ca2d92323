"""Where the recordings of editions and of screens are."""

from sqlalchemy import Boolean, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase


class AudioRow(RecordBase):
    """The recording of a lesson, a question or a screen in one language.

    It stands beside the edition, not in it: it can be made later and made anew. `edition` is a
    hash, empty for the site's own screens; `blob` names the bytes; `digest` what is said, empty
    where a trainer has recorded it; `starts` is a JSON list of milliseconds.
    """

    __tablename__ = "audio"

    edition: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    place: Mapped[str] = mapped_column(String(170), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    blob: Mapped[str] = mapped_column(String(64), index=True)
    path: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(64))
    milliseconds: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)
    starts: Mapped[str] = mapped_column(Text)
    by_trainer: Mapped[bool] = mapped_column(Boolean)
