"""Handing in a headcount."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from lms.base.clock import now
from lms.people.headcounts.rules import LONGEST_SOURCE, MOST_EMPLOYEES
from lms.web.days import DayField


class NumberField(IntegerField):  # type: ignore[misc]
    """A whole number; spaces between thousands are accepted."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuses what is no whole number, in our own words."""
        typed = "".join("".join(valuelist[:1]).split())
        if not typed:
            return
        if not typed.isascii() or not typed.isdecimal():
            self.data = None
            raise ValueError(_l("Write a whole number, for example 4200"))
        self.data = int(typed[:9])


class ReturnForm(FlaskForm):  # type: ignore[misc]
    """How many employees an operator had on a day."""

    operator = SelectField(
        _l("Operator"),
        choices=[],
        invalid_choice_message=_l("Choose an operator from the list"),
    )
    on = DayField(
        _l("On which day"),
        description=_l("The day the number is true for, for example the last day of a quarter."),
        validators=[InputRequired(_l("Give the day the number is true for"))],
    )
    employees = NumberField(
        _l("Employees"),
        validators=[
            InputRequired(_l("Write the number of employees")),
            NumberRange(1, MOST_EMPLOYEES, message=_l("Write a number from 1 to 2,000,000")),
        ],
    )
    women = NumberField(
        _l("Of them women (optional)"),
        validators=[
            Optional(),
            NumberRange(0, MOST_EMPLOYEES, message=_l("Write a number from 0 to 2,000,000")),
        ],
    )
    source = StringField(
        _l("Where the number comes from"),
        description=_l("For example: payroll of March, human resources department."),
        validators=[
            InputRequired(_l("Say where the number comes from")),
            Length(max=LONGEST_SOURCE, message=_l("Shorten this to 200 characters")),
        ],
    )

    def validate_on(self, field: Any) -> None:
        """Not in the future."""
        if field.data and field.data > now().date():
            raise ValidationError(_l("Give today or an earlier day"))

    def validate_women(self, field: Any) -> None:
        """Not more than there are employees."""
        if field.data is not None and self.employees.data and field.data > self.employees.data:
            raise ValidationError(_l("There cannot be more women than employees"))
