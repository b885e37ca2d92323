"""What is typed where a manager asks people to learn."""

from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.base.clock import now
from lms.learning.paths.rules import EVERYBODY, MOST_DAYS
from lms.web.days import DayField
from lms.web.fields import choices
from lms.web.people_words import EMPLOYMENT_NAMES, POSITION_NAMES

WHO_NAMES: Final = {
    EVERYBODY: _l("Everybody"),
    **EMPLOYMENT_NAMES,
    **POSITION_NAMES,
}
TITLE: Final = 120
MOST_LINES: Final = 1000
_NOT_LISTED: Final = _l("Choose from the list")


def _what() -> Any:
    return SelectField(
        _l("Course or learning path"), choices=[], invalid_choice_message=_NOT_LISTED
    )


def _unit(label: Any) -> Any:
    return SelectField(label, choices=[], invalid_choice_message=_NOT_LISTED)


def _due() -> Any:
    return DayField(
        _l("To finish by (optional)"),
        description=_l("Today or a later day, for example 2026-12-31"),
        validators=[_not_over],
    )


def _not_over(_form: FlaskForm, field: DayField) -> None:
    if isinstance(field.data, date) and field.data < now().date():
        raise ValidationError(_l("Give today or a later day as the day to finish"))


class EnrolOneForm(FlaskForm):  # type: ignore[misc]
    """A course or path for one person."""

    what = _what()
    due = _due()


class EnrolForm(FlaskForm):  # type: ignore[misc]
    """A course or path for people on a list, or for a whole unit."""

    what = _what()
    whom = RadioField(
        _l("Who"),
        choices=choices({"list": _l("People whose numbers I type"), "unit": _l("A whole unit")}),
        default="list",
        validate_choice=False,
    )
    numbers = TextAreaField(
        _l("Numbers"),
        description=_l("One person a line: the staff number, or the number on the card"),
    )
    unit = _unit(_l("Unit"))
    due = _due()

    def validate_whom(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in ("list", "unit"):
            raise ValidationError(_l("Choose who is asked"))

    def validate_numbers(self, _field: TextAreaField) -> None:
        """Something, and not more than can be read through."""
        if self.whom.data != "list":
            return
        if not self.lines:
            raise ValidationError(_l("Type at least one number"))
        if len(self.lines) > MOST_LINES:
            raise ValidationError(_l("Type at most 1000 numbers at once"))

    @property
    def lines(self) -> list[str]:
        """What was typed, line by line; empty lines are left out."""
        typed = (line.strip() for line in (self.numbers.data or "").splitlines())
        return [line for line in typed if line]


def _title(label: Any) -> Any:
    return StringField(
        label,
        filters=[lambda text: " ".join(text.split()) if text else text],
        validators=[
            InputRequired(_l("Type the title")),
            Length(max=TITLE, message=_l("Shorten the title to 120 characters")),
        ],
    )


class PathForm(FlaskForm):  # type: ignore[misc]
    """A learning path. The courses and their places are read beside it."""

    title_fr = _title(_l("Title in French"))
    title_en = _title(_l("Title in English"))
    organisation = _unit(_l("For"))


class RuleForm(FlaskForm):  # type: ignore[misc]
    """Who follows a path without being asked one by one."""

    organisation = _unit(_l("Unit"))
    who = SelectField(_l("Who"), choices=choices(WHO_NAMES), invalid_choice_message=_NOT_LISTED)
    days = StringField(
        _l("Days to finish (optional)"),
        description=_l("Counted from the day the person joins the unit, or from today"),
        filters=[lambda text: text.strip() if text else text],
    )

    def validate_days(self, field: StringField) -> None:
        """A whole number of days, or nothing."""
        text = field.data or ""
        if text and not (text.isdecimal() and 1 <= int(text) <= MOST_DAYS):
            raise ValidationError(_l("Type a whole number of days, for example 90"))

    @property
    def within(self) -> int:
        """How many days, 0 without end."""
        return int(self.days.data) if self.days.data else 0
