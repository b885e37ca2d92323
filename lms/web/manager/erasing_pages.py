"""What is typed and shown about names to be removed."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from lms.base.language import Sentence
from lms.people.erasures.rules import Erasure
from lms.people.rules import Person
from lms.web.fields import choices
from lms.web.people_words import GROUND_NAMES


class GroundForm(FlaskForm):  # type: ignore[misc]
    """How the person asked."""

    ground = RadioField(
        _l("How did the person ask?"),
        choices=choices(
            {
                "in-person": _l("In person: I checked who it is"),
                "letter": _l("By letter: it is signed and filed"),
            }
        ),
        validators=[InputRequired(_l("Choose how the person asked"))],
    )


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """One name to be removed. `mine`: the visitor asked, so another person confirms."""

    person: Person
    office: str
    erasure: Erasure
    mine: bool


@dataclass(frozen=True, slots=True)
class ErasuresPage:
    """The names to be removed: first those that wait to be confirmed."""

    lines: tuple[ErasureLine, ...]


@dataclass(frozen=True, slots=True)
class ErasurePage:
    """How far it is with one person. `may`: the visitor stands above the person; `mine`: the
    visitor asked, so another person confirms; `days` to think."""

    person: Person
    erasure: Erasure | None
    mine: bool
    may: bool
    days: int
    form: GroundForm
    ticket: str
    refused: Sentence | None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)

    @property
    def ground(self) -> str:
        """How the person asked, in words; empty where they asked alone."""
        known = self.erasure.ground if self.erasure else ""
        return str(GROUND_NAMES.get(known, known))
