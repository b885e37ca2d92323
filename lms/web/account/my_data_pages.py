"""What the templates about one's own data are given."""

from dataclasses import dataclass
from datetime import date

from lms.base.language import Sentence
from lms.exchange.own_data.paper.press import Section
from lms.people.erasures.rules import Erasure
from lms.people.functioning.rules import Disability, Told, Wording
from lms.web.account.my_data_forms import CorrectionForm, FunctioningForm
from lms.web.people_words import GROUND_NAMES


@dataclass(frozen=True, slots=True)
class MyDataPage:
    """Everything that is kept about the visitor, in words. `erasure`: the name is to be removed,
    as they asked or somebody above them did. At a kiosk nothing is downloaded."""

    sections: tuple[Section, ...]
    erasure: Erasure | None
    keep_ticket: str
    export_ticket: str
    kiosk: bool

    @property
    def ground(self) -> str:
        """How somebody above says that the visitor asked; empty where they asked alone."""
        known = self.erasure.ground if self.erasure else ""
        return str(GROUND_NAMES.get(known, known))


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """The form that says what is wrong."""

    form: CorrectionForm
    ticket: str
    refused: Sentence | None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class ErasurePage:
    """What it means to have one's name removed, and the button."""

    days: int
    ticket: str
    erased_on: date | None


@dataclass(frozen=True, slots=True)
class FunctioningPage:
    """The six questions; `form` and `wording` are None where there is no official text."""

    wording: Wording | None
    form: FunctioningForm | None
    told: Told | None
    result: Disability
    ticket: str
    refused: Sentence | None
    english_url: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return self.refused is not None
