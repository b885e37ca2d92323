"""What is typed at the account desk."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Staff number or e-mail, and password."""

    login = StringField(
        _l("Staff number or e-mail address"),
        validators=[InputRequired(_l("Type your staff number or your e-mail address"))],
    )
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Type your password"))])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password for oneself."""

    password = PasswordField(
        _l("Your password now"), validators=[InputRequired(_l("Type the password you use now"))]
    )
    new_password = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters. Several words are easy to remember."),
        validators=[InputRequired(_l("Type a new password"))],
    )
