"""What is typed at the trainer's desk about courses."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length


class PublishForm(FlaskForm):  # type: ignore[misc]
    """What is new in an edition."""

    note = TextAreaField(
        _l("What is new in this edition"),
        description=_l("One sentence, for your colleagues"),
        validators=[
            InputRequired(_l("Say in one sentence what is new")),
            Length(max=300, message=_l("Shorten the sentence to 300 characters")),
        ],
    )
