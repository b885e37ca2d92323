"""What is typed where two people may be one."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from lms.web.fields import choices
from lms.web.manager.duplicates_words import WHY, WHY_PART

_CHOOSE = _l("Choose a reason")


class ProposeForm(FlaskForm):  # type: ignore[misc]
    """Two people of one's own are thought to be one."""

    why = RadioField(
        _l("Why do you think so?"),
        choices=choices(WHY),
        validators=[InputRequired(_CHOOSE)],
    )


class ProposeByNumberForm(ProposeForm):
    """Somebody has a second number, perhaps of another office."""

    number = StringField(
        _l("The other number"),
        description=_l("As it stands on the other card"),
        validators=[
            InputRequired(_l("Type the number that stands on the other card")),
            Length(max=40, message=_l("Type the number that stands on the other card")),
        ],
    )


class PartForm(FlaskForm):  # type: ignore[misc]
    """Two who were merged are parted."""

    why = RadioField(
        _l("Why are they parted?"),
        choices=choices(WHY_PART),
        validators=[InputRequired(_CHOOSE)],
    )
