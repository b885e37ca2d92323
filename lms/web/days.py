"""A day typed into a form."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField


class DayField(DateField):  # type: ignore[misc]
    """A day, from the browser's calendar or typed; in the room's own words where it is not one."""

    def __init__(self, label: Any, validators: Any = None, **given: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"], **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuses what is no day."""
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            if any(value.strip() for value in valuelist):
                raise ValueError(_l("Correct the day, for example 2026-11-21")) from None
