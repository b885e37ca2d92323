"""What is typed to give and to withdraw positions."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from lms.base.clock import now
from lms.people.rights.rules import DayDoesNotFit, day_fits
from lms.people.rules import Organisation
from lms.web.days import DayField
from lms.web.desk import say
from lms.web.language import current_language

MOST_TO_CHOOSE: Final = 300
"""Where there are more places, one types the code instead of choosing from a list."""


def _day_fits(_form: FlaskForm, field: DayField) -> None:
    if field.data and not day_fits(field.data, now().date()):
        raise ValidationError(say(DayDoesNotFit.says))


class ChosenPlaceForm(FlaskForm):  # type: ignore[misc]
    """A place from a list, and the first day."""

    place = SelectField(
        _l("Organisation"),
        choices=[],
        invalid_choice_message=_l("Choose an organisation from the list"),
    )
    on = DayField(
        _l("From which day"),
        description=_l("Today or a later day"),
        validators=[InputRequired(_l("Give the day")), _day_fits],
    )


class TypedPlaceForm(FlaskForm):  # type: ignore[misc]
    """A place by its code, and the first day."""

    place = StringField(
        _l("Code of the organisation"),
        description=_l("For example CI-OP-ABJ-01"),
        validators=[InputRequired(_l("Type the code of the organisation"))],
    )
    on = DayField(
        _l("From which day"),
        description=_l("Today or a later day"),
        validators=[InputRequired(_l("Give the day")), _day_fits],
    )


GiveForm = ChosenPlaceForm | TypedPlaceForm


def give_form(places: Sequence[Organisation]) -> GiveForm:
    """The form for a position that may be given at these places."""
    if len(places) > MOST_TO_CHOOSE:
        return TypedPlaceForm(on=now().date())
    form = ChosenPlaceForm(on=now().date())
    form.place.choices = _choices(places)
    return form


def _choices(places: Sequence[Organisation]) -> list[SelectChoice]:
    language = current_language()
    named = sorted((place.name(language), place.code, place.id) for place in places)
    return [SelectChoice(id, f"{name} ({code})") for name, code, id in named]


def place_of(form: GiveForm, places: Sequence[Organisation]) -> str | None:
    """The id of the place that was chosen or typed, if it is one of them."""
    typed = "".join(str(form.place.data or "").split()).upper()
    wanted: dict[str, Any] = {place.code.upper(): place.id for place in places}
    known = {place.id for place in places}
    return form.place.data if form.place.data in known else wanted.get(typed)
