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


class SheetForm(FlaskForm):  # type: ignore[misc]
    """The one-time code of a printed sheet."""

    code = StringField(
        _l("Code on your sheet"),
        description=_l("16 letters and digits. Dashes and capital letters do not matter."),
        validators=[InputRequired(_l("Type the code on your sheet"))],
    )


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password, chosen with a one-time code."""

    new_password = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters. Several words are easy to remember."),
        validators=[InputRequired(_l("Type a new password"))],
    )


class ForgottenForm(FlaskForm):  # type: ignore[misc]
    """Who cannot sign in any more."""

    login = StringField(
        _l("Staff number or e-mail address"),
        validators=[InputRequired(_l("Type your staff number or your e-mail address"))],
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The second step of signing in."""

    code = StringField(
        _l("Code"),
        description=_l("The 6 digits that your telephone shows now, or one of your recovery codes"),
        validators=[InputRequired(_l("Type the code"))],
    )


class SetUpForm(FlaskForm):  # type: ignore[misc]
    """Proof that the telephone knows the secret, and that it is oneself who sets it up."""

    code = StringField(
        _l("Code that the telephone shows"),
        description=_l("6 digits"),
        validators=[InputRequired(_l("Type the 6 digits that the telephone shows"))],
    )
    password = PasswordField(_l("Your password now"))


class ProveForm(FlaskForm):  # type: ignore[misc]
    """One's own password, before a change to how one signs in."""

    password = PasswordField(_l("Your password now"))
