"""Secrets and what waits to be sent. None of these is folded from events, so that all of them can
be erased."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase, WorkBase


class AccessCodeRow(RecordBase):
    """A one-time way to choose a password. `digest` is a hash of the code on a printed sheet, else
    empty; `made_by` is None where the person asked for it."""

    __tablename__ = "access_code"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text, index=True)
    purpose: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text, index=True)
    made_by: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(Text)
    ends_at: Mapped[str] = mapped_column(Text)
    used_at: Mapped[str] = mapped_column(Text)


class MailRow(RecordBase):
    """A message that waits for a connection. It names a person and a code; address and text are
    made when it is sent."""

    __tablename__ = "mail"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text, index=True)
    code: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(Text)
    due_at: Mapped[str] = mapped_column(Text, index=True)
    tries: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)


class SecondStepRow(RecordBase):
    """A person's second step: the shared secret of RFC 6238, base32, sealed under the server's own
    key. `last_step` is the number of
    the last 30 seconds that a code was taken for: no code counts twice."""

    __tablename__ = "second_step"

    person: Mapped[str] = mapped_column(Text, primary_key=True)
    secret: Mapped[str] = mapped_column(Text)
    set_at: Mapped[str] = mapped_column(Text)
    last_step: Mapped[int]


class RecoveryCodeRow(RecordBase):
    """A recovery code's hash under the server's own key; the row goes when the code is used."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text, index=True)


class ResetWishRow(WorkBase):
    """Somebody typed a login and asked for a new password. Whether it is known is looked up later,
    so that the answer cannot tell."""

    __tablename__ = "reset_wish"

    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    login: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
