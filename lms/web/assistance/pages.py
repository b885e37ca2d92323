"""What the templates of assisted sessions are given."""

from dataclasses import dataclass

from lms.base.language import Sentence
from lms.web.assistance.forms import HelperForm, LearnerForm


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What it means that a helper joins, and the button with which the learner agrees."""

    office: str
    ticket: str


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The helper's sign-in. `refused` is why it was not taken; `at_code` says that it is about the
    code."""

    form: HelperForm
    office: str
    needs_code: bool = False
    refused: Sentence | None = None
    at_code: bool = False

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class StartPage:
    """The learner's card and PIN. `office` is the kiosk's; empty where this machine is none."""

    form: LearnerForm
    office: str
    ticket: str
    refused: Sentence | None = None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)
