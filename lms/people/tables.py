"""Tables about people.

`PersonRow` and `CredentialRow` are no projections: names and secrets stand in no event, so that
they can be erased. All other rows of the record are folded from events.
"""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.database import RecordBase, WorkBase


class PersonRow(RecordBase):
    """The names behind a pseudonym: the one erasable table. `phone` holds the digits by which a
    telephone is found; `telephone` the number as it was typed, empty where only digits were kept.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_name", "family_name", "given_name", "id"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    given_name: Mapped[str] = mapped_column(Text)
    family_name: Mapped[str] = mapped_column(Text)
    staff_number: Mapped[str] = mapped_column(Text, index=True)
    email: Mapped[str] = mapped_column(Text, index=True)
    phone: Mapped[str] = mapped_column(Text, index=True, default="")
    telephone: Mapped[str] = mapped_column(Text, default="")
    sound: Mapped[str] = mapped_column(Text, index=True, default="")
    search: Mapped[str] = mapped_column(Text)


class PersonKeyRow(RecordBase):
    """The whole number under which SQLite's index of words knows a person; kept by triggers."""

    __tablename__ = "person_key"

    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person: Mapped[str] = mapped_column(Text, unique=True)


class CredentialRow(RecordBase):
    """An argon2 hash of a password."""

    __tablename__ = "credential"

    person: Mapped[str] = mapped_column(Text, primary_key=True)
    password: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[str] = mapped_column(Text)


class OrganisationRow(RecordBase):
    """A node of the tree as it stands now. `moves` keeps dated parents as JSON."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, index=True)
    level: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text, index=True)
    path: Mapped[str] = mapped_column(Text, index=True)
    moves: Mapped[str] = mapped_column(Text)
    name_fr: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(Text)
    subregion: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    membership: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool]


class LearnerRow(RecordBase):
    """A person as their events say they are now."""

    __tablename__ = "learner"
    __table_args__ = (Index("ix_learner_at", "office", "closed", "erased"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(Text, index=True)
    office: Mapped[str] = mapped_column(Text)
    employment: Mapped[str] = mapped_column(Text)
    sex: Mapped[str] = mapped_column(Text)
    birth_year: Mapped[int | None]
    language: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool]
    registered_at: Mapped[str] = mapped_column(Text)
    closed: Mapped[bool] = mapped_column(default=False)
    erased: Mapped[bool] = mapped_column(default=False)


class NumberRow(RecordBase):
    """Every number that was ever given to a person, on a card or a list; it opens the same person
    after a merge too. Drawn at random on many servers, one number may come up twice."""

    __tablename__ = "person_number"

    number: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text, primary_key=True, index=True)


class AssignmentRow(RecordBase):
    """A further office of a person, from a day until a day (empty: until further notice). The last
    day is the one before `until`; a row of a day to come is there beforehand."""

    __tablename__ = "assignment"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text, index=True)
    office: Mapped[str] = mapped_column(Text, index=True)
    employment: Mapped[str] = mapped_column(Text)
    since: Mapped[str] = mapped_column(Text)
    until: Mapped[str] = mapped_column(Text)


class DayChangeRow(RecordBase):
    """The next day on which something about a person or an organisation changes by itself: a move,
    a further office or a position that was recorded beforehand. Who waits for nothing has no row.
    """

    __tablename__ = "day_change"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    on: Mapped[str] = mapped_column(Text, index=True)


class ProposalRow(RecordBase):
    """Two registered persons who may be one. `state` is open, merged or declined."""

    __tablename__ = "merge_proposal"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text, index=True)
    other: Mapped[str] = mapped_column(Text, index=True)
    why: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)


class PositionRow(RecordBase):
    """A position from a day until a day (empty: until further notice)."""

    __tablename__ = "position"
    __table_args__ = (Index("ix_position_learner", "learner"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    learner: Mapped[str] = mapped_column(Text)
    position: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    since: Mapped[str] = mapped_column(Text)
    until: Mapped[str] = mapped_column(Text)


class SessionRow(WorkBase):
    """Somebody signed in on some device. Only a hash of the token is kept.

    At a kiosk `device` is the id of the enrolled device, elsewhere what the browser calls itself.
    `assisted_by` is the helper's person id while a helper assists, else empty; `assisted_until`
    is when that ends by itself.
    """

    __tablename__ = "session"

    token_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    person: Mapped[str] = mapped_column(Text, index=True)
    began_at: Mapped[str] = mapped_column(Text)
    ends_at: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(Text)
    kiosk: Mapped[bool]
    assisted_by: Mapped[str] = mapped_column(Text)
    assisted_until: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(Text)


class TryRow(WorkBase):
    """A failed sign-in, by account and by address (both hashed)."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index("ix_sign_in_try_who", "who", "at"),)

    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
