"""What is typed at the manager's desk."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from lms.base.clock import now
from lms.people.rules import PASSWORD_AT_LEAST
from lms.web.days import DayField
from lms.web.language import OWN_NAMES
from lms.web.people_words import EMPLOYMENT_NAMES, SEX_NAMES

EARLIEST_BIRTH: Final = 1900
YOUNGEST: Final = 10
EARLIEST_MOVE: Final = date(1990, 1, 1)
NAME: Final = 120


def choices(names: Mapping[str, Any]) -> list[SelectChoice]:
    """What may be chosen, from value → name."""
    return [SelectChoice(value, name) for value, name in names.items()]


def office_field() -> Any:
    """One of the offices that the manager may choose; they are set for each request."""
    refused = _l("Choose an office from the list")
    return SelectField(_l("Office"), choices=[], invalid_choice_message=refused)


def _trim(text: Any) -> Any:
    return re.sub(r"\s+", " ", text).strip() if isinstance(text, str) else text


def _no_spaces(text: Any) -> Any:
    return re.sub(r"\s+", "", text) if isinstance(text, str) else text


def _long_enough(_form: FlaskForm, field: PasswordField) -> None:
    if len(field.data or "") < PASSWORD_AT_LEAST:
        raise ValidationError(_l("Type a password of at least 12 characters"))


class PersonForm(FlaskForm):  # type: ignore[misc]
    """A person to register."""

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
    staff_number = StringField(
        _l("Staff number"),
        description=_l("As on the service card. It is used to sign in."),
        filters=[_no_spaces],
        validators=[
            InputRequired(_l("Type the staff number")),
            Length(max=40, message=_l("Shorten the staff number to 40 characters")),
        ],
    )
    email = StringField(
        _l("E-mail address (optional)"),
        filters=[_no_spaces],
        validators=[Length(max=254, message=_l("Shorten the e-mail address"))],
    )
    office = office_field()
    employment = RadioField(_l("Employment"), choices=choices(EMPLOYMENT_NAMES), default="employee")
    sex = RadioField(
        _l("Sex"),
        description=_l("Used in figures about groups of people."),
        choices=choices(SEX_NAMES),
        default="",
    )
    birth_year = StringField(
        _l("Year of birth (optional)"),
        description=_l("Four digits, for example 1988"),
        filters=[_no_spaces],
    )
    language = RadioField(_l("Language the person reads"), choices=choices(OWN_NAMES), default="fr")
    password = PasswordField(_l("First password"), validators=[_long_enough])

    def validate_email(self, field: StringField) -> None:
        """One @ with something on both sides; nothing at all is fine."""
        if field.data and not re.fullmatch(r"[^@]+@[^@.]+(\.[^@.]+)+", field.data):
            raise ValidationError(_l("Correct the e-mail address, for example name@post.example"))

    def validate_birth_year(self, field: StringField) -> None:
        """A year of a living person who can read, or nothing."""
        if not field.data:
            return
        latest = now().year - YOUNGEST
        if not field.data.isdecimal() or not EARLIEST_BIRTH <= int(field.data) <= latest:
            raise ValidationError(_l("Type the year of birth with four digits, or leave it empty"))

    @property
    def year(self) -> int | None:
        """The year of birth, if it was given."""
        return int(self.birth_year.data) if self.birth_year.data else None


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Another office, or another kind of employment, from a day on."""

    office = office_field()
    employment = RadioField(_l("Employment"), choices=choices(EMPLOYMENT_NAMES))
    on = DayField(
        _l("From which day"),
        description=_l("Today or an earlier day"),
        validators=[InputRequired(_l("Give the day from which it holds"))],
    )

    def validate_on(self, field: DayField) -> None:
        """Not in the future: the office shown is the one of today."""
        if field.data and not EARLIEST_MOVE <= field.data <= now().date():
            raise ValidationError(
                _l("Give today or an earlier day; record a later move on its day")
            )


class ResetForm(FlaskForm):  # type: ignore[misc]
    """A new first password for somebody who cannot sign in."""

    new_password = PasswordField(_l("New password"), validators=[_long_enough])
