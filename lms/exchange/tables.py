"""Tables about files: what waits to be confirmed, and what an import wrote."""

from sqlalchemy import Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase, WorkBase


class DraftRow(WorkBase):
    """A file that was sent, until it is confirmed or 7 days have gone. `digest` is of what its
    check said, so that nothing else can be confirmed."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    what: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text, index=True)
    demo: Mapped[bool]
    language: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[str] = mapped_column(Text, index=True)
    checked_at: Mapped[str] = mapped_column(Text)
    head: Mapped[str] = mapped_column(Text)
    unknown: Mapped[str] = mapped_column(Text)
    counts: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)


class DraftLineRow(WorkBase):
    """What the check of a file says about one row."""

    __tablename__ = "draft_line"
    __table_args__ = (Index("ix_draft_line_draft", "draft", "state", "no"),)

    draft: Mapped[str] = mapped_column(Text, primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    warned: Mapped[bool]
    staff_number: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class ImportRow(RecordBase):
    """An import. Folded from events."""

    __tablename__ = "import"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    what: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, index=True)
    actor: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text, index=True)
    sha256: Mapped[str] = mapped_column(Text)
    rows: Mapped[int]
    counts: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[str] = mapped_column(Text)
    undone: Mapped[int]
    kept: Mapped[int]


class RosterChangeRow(RecordBase):
    """What an import wrote about one person, and the names from before, so that it can be undone
    for 90 days. Not folded from events: names stand in none. `names` holds the names before and
    after as JSON; `events` the ids of what was recorded."""

    __tablename__ = "roster_change"
    __table_args__ = (Index("ix_roster_change_person", "person"),)

    imported: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    events: Mapped[str] = mapped_column(Text)
    names: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text, index=True)
    kept_because: Mapped[str] = mapped_column(Text)


class RosterPersonRow(RecordBase):
    """Who a staff number of an operator once meant, as a digest: so that somebody whose names were
    erased is known again when an old list brings the number back."""

    __tablename__ = "roster_person"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text)


class SourceFileRow(RecordBase):
    """What the kept file of past trainings was called by who sent it. Not folded from events: a
    name that was typed stands in none."""

    __tablename__ = "source_file"

    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
