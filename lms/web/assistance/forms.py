"""What is typed when a helper joins."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import InputRequired


class HelperForm(FlaskForm):  # type: ignore[misc]
    """The helper's own sign-in. `code` is asked of who signs in with two steps."""

    login = StringField(
        _l("Helper’s staff number"),
        validators=[InputRequired(_l("Type the helper’s staff number"))],
    )
    password = PasswordField(
        _l("Helper’s password"), validators=[InputRequired(_l("Type the helper’s password"))]
    )
    code = StringField(_l("Code from the helper’s telephone"))


class LearnerForm(FlaskForm):  # type: ignore[misc]
    """The learner's card and PIN, and that they agree."""

    number = StringField(
        _l("Number of the learner’s card"), validators=[InputRequired(_l("Type the card’s number"))]
    )
    pin = PasswordField(_l("The learner’s PIN"), validators=[InputRequired(_l("Type the PIN"))])
    agreed = BooleanField(
        _l("I agree that this helper joins me"),
        validators=[InputRequired(_l("The learner ticks the box, or begins without a helper"))],
    )
