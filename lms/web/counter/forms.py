"""What is typed at the counter."""

import re
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from lms.base.clock import now
from lms.web.language import OWN_NAMES

AUDIENCE_NAMES: Final = {
    "citizen": _l("Citizen"),
    "business-owner": _l("Runs a business"),
    "employee": _l("Employee"),
}
SEX_NAMES: Final = {
    "": _l("Not stated"),
    "female": _l("Woman"),
    "male": _l("Man"),
    "other": _l("Other"),
}
EARLIEST_BIRTH: Final = 1900
YOUNGEST: Final = 5
NAME: Final = 120


def _trim(text: Any) -> Any:
    return re.sub(r"\s+", " ", text).strip() if isinstance(text, str) else text


class RegisterForm(FlaskForm):  # type: ignore[misc]
    """Somebody new, in half a minute."""

    given_name = StringField(
        _l("Given name"),
        filters=[_trim],
        validators=[
            InputRequired(_l("Type the given name")),
            Length(max=NAME, message=_l("Shorten the given name to 120 characters")),
        ],
    )
    family_name = StringField(
        _l("Family name"),
        filters=[_trim],
        validators=[
            InputRequired(_l("Type the family name")),
            Length(max=NAME, message=_l("Shorten the family name to 120 characters")),
        ],
    )
    language = RadioField(
        _l("Language the person reads"),
        choices=[SelectChoice(code, name) for code, name in OWN_NAMES.items()],
    )
    birth_year = StringField(_l("Year of birth (optional)"), filters=[_trim])
    sex = RadioField(
        _l("Sex"),
        choices=[SelectChoice(code, name) for code, name in SEX_NAMES.items()],
        default="",
    )
    office = SelectField(
        _l("Office"), choices=[], invalid_choice_message=_l("Choose an office from the list")
    )
    agreed = BooleanField(
        _l("I have read the text aloud, and the person agrees"),
        validators=[InputRequired(_l("Read the text aloud; register only who agrees"))],
    )
    another = BooleanField(_l("This is somebody else: register"))

    def validate_birth_year(self, field: StringField) -> None:
        """A year of somebody alive, or nothing."""
        if not field.data:
            return
        latest = now().year - YOUNGEST
        if not re.fullmatch(r"[0-9]{4}", field.data) or not (
            EARLIEST_BIRTH <= int(field.data) <= latest
        ):
            raise ValidationError(_l("Type the year of birth with four digits, or leave it empty"))

    @property
    def year(self) -> int | None:
        """The year of birth, if it was given."""
        return int(self.birth_year.data) if self.birth_year.data else None


class CardForm(FlaskForm):  # type: ignore[misc]
    """A card to print."""

    named = BooleanField(_l("Print the first name on the card, as the person wishes"))


class ResetPinForm(FlaskForm):  # type: ignore[misc]
    """A PIN to reset."""

    checked = BooleanField(
        _l("I know this person, or have seen a document with a photograph"),
        validators=[InputRequired(_l("Check first who it is, then tick the box"))],
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The office for which a machine will be a kiosk."""

    office = SelectField(
        _l("Office"), choices=[], invalid_choice_message=_l("Choose an office from the list")
    )
