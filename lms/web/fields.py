"""What the fields of several desks share."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice


def choices(names: Mapping[str, Any]) -> list[SelectChoice]:
    """What may be chosen, from value → name."""
    return [SelectChoice(value, name) for value, name in names.items()]


def office_field() -> Any:
    """One of the offices that the visitor may choose; they are set for each request."""
    refused = _l("Choose an office from the list")
    return SelectField(_l("Office"), choices=[], invalid_choice_message=refused)


def single_spaces(text: Any) -> Any:
    """A filter: one space between words, none around them."""
    return re.sub(r"\s+", " ", text).strip() if isinstance(text, str) else text


def no_spaces(text: Any) -> Any:
    """A filter for numbers and addresses."""
    return re.sub(r"\s+", "", text) if isinstance(text, str) else text
