"""What is typed at a kiosk."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from lms.people.devices.rules import LABEL


def _trim(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class NumberForm(FlaskForm):  # type: ignore[misc]
    """The number of a card."""

    number = StringField(
        _l("Card number"),
        filters=[_trim],
        validators=[InputRequired(_l("Type the number on your card"))],
    )


class PinForm(FlaskForm):  # type: ignore[misc]
    """A PIN."""

    pin = PasswordField(_l("PIN"), validators=[InputRequired(_l("Type your 6 digits"))])


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The code that the helper gave."""

    code = StringField(
        _l("Code from the helper"),
        filters=[_trim],
        validators=[InputRequired(_l("Type the 6 digits that the helper gave you"))],
    )


class EnrolForm(FlaskForm):  # type: ignore[misc]
    """The code that makes a machine a kiosk, and what the machine is called."""

    code = StringField(
        _l("Code"),
        description=_l("24 letters and digits, from the page “Kiosks” of the counter desk"),
        filters=[_trim],
        validators=[InputRequired(_l("Type the code"))],
    )
    label = StringField(
        _l("Name of this machine"),
        description=_l("For example: Kiosk 1"),
        filters=[_trim],
        validators=[
            InputRequired(_l("Give the machine a name")),
            Length(max=LABEL, message=_l("Shorten the name to 60 characters")),
        ],
    )
