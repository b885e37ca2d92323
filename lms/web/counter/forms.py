"""What is typed at the counter."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired

from lms.web.fields import office_field
from lms.web.registering import SomebodyNewForm


class RegisterForm(SomebodyNewForm):
    """Somebody new, in half a minute."""

    agreed = BooleanField(
        _l("I have read the text aloud, and the person agrees"),
        validators=[InputRequired(_l("Read the text aloud; register only who agrees"))],
    )
    another = BooleanField(_l("This is somebody else: register"))


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

    office = office_field()
