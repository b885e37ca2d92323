"""What is typed and shown about corrections."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.base.language import Sentence
from lms.people.corrections.rules import LONGEST_ANSWER
from lms.people.rules import Person
from lms.web.confidences import Fact
from lms.web.fields import choices


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """How a request was settled."""

    outcome = RadioField(
        _l("What did you do?"),
        choices=choices({"put-right": _l("I put it right"), "left": _l("It stays as it is")}),
        validators=[InputRequired(_l("Choose what you did"))],
    )
    answer = TextAreaField(
        _l("Your answer to the person"),
        validators=[
            InputRequired(_l("Write a short answer to the person")),
            Length(max=LONGEST_ANSWER, message=_l("Shorten the text to 1000 characters")),
        ],
    )


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One open request; `ticket` is for reading and for answering it."""

    id: str
    person: Person
    about: Sentence
    asked_at: datetime
    ticket: str


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """The open requests, the oldest first."""

    lines: tuple[CorrectionLine, ...]


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """One request, and the form that settles it. `until`: what was written is shown until then."""

    line: CorrectionLine
    text: Fact
    until: datetime | None
    form: AnswerForm

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors)
