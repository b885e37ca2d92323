"""What is typed at the manager's desk."""

import re
from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.base.clock import now
from lms.people.rules import AHEAD, PASSWORD_AT_LEAST
from lms.web.days import DayField
from lms.web.fields import choices, no_spaces, office_field
from lms.web.people_words import EMPLOYMENT_NAMES
from lms.web.registering import SomebodyNewForm

EARLIEST_MOVE: Final = date(1990, 1, 1)


def _long_enough(_form: FlaskForm, field: PasswordField) -> None:
    if len(field.data or "") < PASSWORD_AT_LEAST:
        raise ValidationError(_l("Type a password of at least 12 characters"))


class PersonForm(SomebodyNewForm):
    """A person to register."""

    employment = RadioField(_l("Employment"), choices=choices(EMPLOYMENT_NAMES), default="employee")
    staff_number = StringField(
        _l("Staff number"),
        description=_l("As on the service card. It is used to sign in."),
        filters=[no_spaces],
        validators=[
            InputRequired(_l("Type the staff number")),
            Length(max=40, message=_l("Shorten the staff number to 40 characters")),
        ],
    )
    email = StringField(
        _l("E-mail address (optional)"),
        filters=[no_spaces],
        validators=[Length(max=254, message=_l("Shorten the e-mail address"))],
    )
    password = PasswordField(_l("First password"), validators=[_long_enough])

    def validate_email(self, field: StringField) -> None:
        """One @ with something on both sides; nothing at all is fine."""
        if field.data and not re.fullmatch(r"[^@]+@[^@.]+(\.[^@.]+)+", field.data):
            raise ValidationError(_l("Correct the e-mail address, for example name@post.example"))


def first_day() -> Any:
    """From which day somebody belongs to an office: of the past, today, or to come."""
    return DayField(
        _l("From which day"),
        description=_l("An earlier day, today, or a day to come within one year"),
        validators=[InputRequired(_l("Give the day from which it holds")), _within_reach],
    )


def _within_reach(_form: FlaskForm, field: DayField) -> None:
    if field.data and not EARLIEST_MOVE <= field.data <= now().date() + AHEAD:
        raise ValidationError(_l("Give a day between the year 1990 and one year from today"))


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Another office, or another kind of employment, from a day on."""

    office = office_field()
    employment = RadioField(_l("Employment"), choices=choices(EMPLOYMENT_NAMES))
    on = first_day()


class ResetForm(FlaskForm):  # type: ignore[misc]
    """A new first password for somebody who cannot sign in."""

    new_password = PasswordField(_l("New password"), validators=[_long_enough])
