"""What the template about positions and ways in is given."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.base.language import Sentence
from lms.people.rules import Person
from lms.web.paging import Sheet
from lms.web.rights.forms import GiveForm


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """A position from a day on, until a day or until further notice. `ticket` is empty where the
    visitor may not withdraw it. `state` is "now", "later" or "over"."""

    position: str
    name: str
    organisation: str
    place: str
    since: date
    until: date | None
    state: str
    ticket: str


@dataclass(frozen=True, slots=True)
class PositionChoice:
    """A position that the visitor may give."""

    position: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class GiverLine:
    """Who gives a position where the person belongs: (position, place, how many people hold it
    today), the nearest first. `levels`: where the position itself can be held."""

    name: str
    levels: tuple[str, ...]
    givers: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was done to somebody's ways in, and by whom."""

    at: datetime
    words: Sentence
    by: str


@dataclass(frozen=True, slots=True)
class Access:
    """What the visitor may do for somebody who cannot sign in. Tickets are made for each form."""

    may_touch: bool
    has_address: bool
    sends_mail: bool
    has_second_step: bool
    sheet_ticket: str
    invitation_ticket: str
    second_step_ticket: str
    notes: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class RightsPage:
    """One person's positions and ways in. `form` is there once a position was chosen; `person_url`
    where the visitor also looks after the person."""

    person: Person
    office: str
    oneself: bool
    lines: tuple[HoldingLine, ...]
    choices: tuple[PositionChoice, ...]
    givers: tuple[GiverLine, ...]
    chosen: PositionChoice | None
    form: GiveForm | None
    ticket: str
    refused: Sentence | None
    access: Access
    person_url: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.refused or (self.form and self.form.errors))


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the list, with the positions that hold today."""

    name: str
    url: str
    number: str
    staff_number: str
    office: str
    positions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The people found. `total` counts all of them, not this page alone."""

    search: str
    total: int
    lines: tuple[PersonLine, ...]
    pages: Sheet
