"""What the templates about accounts, further offices and second numbers are given."""

from dataclasses import dataclass
from datetime import date

from lms.base.language import Sentence
from lms.people.erasures.rules import Erasure
from lms.people.rules import Person
from lms.web.manager.duplicates_forms import ProposeByNumberForm
from lms.web.manager.pages import PlannedLine
from lms.web.manager.standing_forms import CloseForm, FurtherOfficeForm
from lms.web.paging import Sheet
from lms.web.tickets import new_ticket


@dataclass(frozen=True, slots=True)
class FurtherOffice:
    """A further office since a day, until a day (None: until further notice). `ticket` ends
    it; empty where it is not mine to."""

    office: str
    name: str
    employment: str
    since: date
    until: date | None
    ticket: str


@dataclass(frozen=True, slots=True)
class StandingPage:
    """Whether the account is open, the further offices, and what a manager may do about both.
    `erasure`: the name is to be removed."""

    person: Person
    closed: bool
    erasure: Erasure | None
    may_close: bool
    close: CloseForm
    close_ticket: str
    offices: tuple[FurtherOffice, ...]
    planned: tuple[PlannedLine, ...]
    further: FurtherOfficeForm
    further_ticket: str
    today: date
    refused: Sentence | None = None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.close.errors or self.further.errors or self.refused)


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """One page of closed accounts: (person, office)."""

    lines: tuple[tuple[Person, str], ...]
    total: int
    pages: Sheet


@dataclass(frozen=True, slots=True)
class TwinPage:
    """Asks for the other number of a person."""

    person: Person
    form: ProposeByNumberForm
    ticket: str
    refused: Sentence | None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


def twin_page(
    person: Person, form: ProposeByNumberForm, refused: Sentence | None = None
) -> TwinPage:
    """The page around the form."""
    return TwinPage(person, form, new_ticket("second-number", person.id), refused)
