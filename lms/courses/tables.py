"""Tables of this room: the library (editions and their bytes) and which editions are on offer."""

from sqlalchemy import Boolean, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase

_HASH = String(64)


class EditionRow(RecordBase):
    """An edition whose content is here. `facts` is an `Edition` as JSON."""

    __tablename__ = "edition"

    hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), index=True)
    course_id: Mapped[str] = mapped_column(String(30), index=True)
    number: Mapped[int] = mapped_column(Integer)
    published_at: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)


class EditionTextRow(RecordBase):
    """An edition in one language: an `EditionText` as JSON, without keys."""

    __tablename__ = "edition_text"

    hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    body: Mapped[str] = mapped_column(Text)


class EditionKeyRow(RecordBase):
    """The keys of an edition's questions, as JSON by question id. Never sent to a browser."""

    __tablename__ = "edition_key"

    hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    body: Mapped[str] = mapped_column(Text)


class EditionFileRow(RecordBase):
    """One source file of an edition."""

    __tablename__ = "edition_file"

    hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    path: Mapped[str] = mapped_column(String(255), primary_key=True)
    sha256: Mapped[str] = mapped_column(_HASH)


class BlobRow(RecordBase):
    """Bytes named by their hash. Only pictures and recordings have a `name`, and only what has one
    is served: source texts hold the right answers."""

    __tablename__ = "blob"
    __table_args__ = (Index("ix_blob_name", "name", unique=True),)

    sha256: Mapped[str] = mapped_column(_HASH, primary_key=True)
    name: Mapped[str | None] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(40))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class EditionStandingRow(RecordBase):
    """Projected: what the record says of an edition, whether its content is here or not."""

    __tablename__ = "edition_standing"

    hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    event_id: Mapped[str] = mapped_column(String(36))
    on_offer: Mapped[bool] = mapped_column(Boolean)
