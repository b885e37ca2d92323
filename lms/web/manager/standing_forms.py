"""What is typed about accounts and further offices."""

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from lms.web.fields import choices, office_field
from lms.web.manager.forms import first_day
from lms.web.people_words import EMPLOYMENT_NAMES

CLOSE_REASONS: Final = {
    "left": _l("The person left the service"),
    "asked": _l("The person asked for it"),
    "safety": _l("Somebody else may be using the account"),
    "mistake": _l("The account was made by mistake"),
    "other": _l("Another reason"),
}


class CloseForm(FlaskForm):  # type: ignore[misc]
    """An account to close."""

    reason = RadioField(
        _l("Why is the account closed?"),
        choices=choices(CLOSE_REASONS),
        validators=[InputRequired(_l("Choose a reason"))],
    )


class FurtherOfficeForm(FlaskForm):  # type: ignore[misc]
    """A further office from a day on."""

    office = office_field()
    employment = RadioField(_l("Employment"), choices=choices(EMPLOYMENT_NAMES))
    on = first_day()
