"""What every desk that registers somebody asks about them."""

import re
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.base.clock import now
from lms.people.rules import is_birth_year
from lms.web.fields import choices, no_spaces, office_field, single_spaces
from lms.web.language import OWN_NAMES
from lms.web.people_words import SEX_NAMES

NAME: Final = 120


def _name(label: Any, missing: Any, long: Any) -> StringField:
    return StringField(
        label,
        filters=[single_spaces],
        validators=[InputRequired(missing), Length(max=NAME, message=long)],
    )


class SomebodyNewForm(FlaskForm):  # type: ignore[misc]
    """Who somebody is, and where they belong; a desk adds what it needs besides."""

    given_name = _name(
        _l("Given name"),
        _l("Type the given name"),
        _l("Shorten the given name to 120 characters"),
    )
    family_name = _name(
        _l("Family name"),
        _l("Type the family name"),
        _l("Shorten the family name to 120 characters"),
    )
    language = RadioField(_l("Language the person reads"), choices=choices(OWN_NAMES))
    birth_year = StringField(
        _l("Year of birth (optional)"),
        description=_l("Four digits, for example 1988"),
        filters=[no_spaces],
    )
    sex = RadioField(
        _l("Sex"),
        description=_l("Used in figures about groups of people."),
        choices=choices(SEX_NAMES),
        default="",
    )
    office = office_field()

    def validate_birth_year(self, field: StringField) -> None:
        """A year in which a learner may have been born, or nothing."""
        typed = field.data
        if not typed:
            return
        if not re.fullmatch(r"[0-9]{4}", typed) or not is_birth_year(int(typed), now().date()):
            raise ValidationError(_l("Type the year of birth with four digits, or leave it empty"))

    @property
    def year(self) -> int | None:
        """The year of birth, if it was given."""
        return int(self.birth_year.data) if self.birth_year.data else None
