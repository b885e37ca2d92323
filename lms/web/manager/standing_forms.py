"""What is typed about accounts and further offices."""

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired, ValidationError

from lms.base.clock import now
from lms.web.days import DayField
from lms.web.manager.forms import EARLIEST_MOVE, choices, office_field
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
    on = DayField(
        _l("From which day"),
        description=_l("Today or an earlier day"),
        validators=[InputRequired(_l("Give the day from which it holds"))],
    )

    def validate_on(self, field: DayField) -> None:
        """Not in the future: who may be seen is what holds today."""
        if field.data and not EARLIEST_MOVE <= field.data <= now().date():
            raise ValidationError(
                _l("Give today or an earlier day; record a later change on its day")
            )
