"""Sending a list."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from lms.people import queries as people
from lms.people.rules import Organisation
from lms.web.language import current_language

_CHOOSABLE = ("operator", "region", "office")


class FileForm(FlaskForm):  # type: ignore[misc]
    """A file, and for whose people it is."""

    unit = SelectField(
        _l("Whose people are in the list?"),
        choices=[],
        invalid_choice_message=_l("Choose an organisation from the list"),
    )
    file = FileField(
        _l("File (CSV or XLSX)"),
        validators=[FileRequired(_l("Choose the file that holds the list"))],
    )


def units_of(paths: Collection[str]) -> list[Organisation]:
    """What a list may be for: the operators looked after; below an operator, what one holds."""
    operators = people.organisations_in(paths, level="operator")
    if operators:
        return operators
    held = (people.find_organisation(path.rstrip("/").rpartition("/")[2]) for path in paths)
    return [each for each in held if each is not None and each.level in _CHOOSABLE]


def file_form(paths: Collection[str]) -> FileForm:
    """The form, with the organisations the visitor may choose."""
    language, form = current_language(), FileForm()
    choices: list[Any] = sorted(
        (SelectChoice(each.id, each.name(language)) for each in units_of(paths)),
        key=lambda choice: str(choice.label),
    )
    form.unit.choices = choices
    return form
