"""The words that lists of staff and of trainings are shown with."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask_babel import format_number
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.exchange.rules.days import day_in
from lms.exchange.rules.lines import Change, Line
from lms.people import queries as people
from lms.people.rules import Organisation
from lms.people.sensitive.rules import SENSITIVE, hidden
from lms.web.language import OWN_NAMES, current_language, dateformat
from lms.web.people_words import EMPLOYMENT_NAMES, SEX_NAMES

STATES: Final[Mapping[str, Any]] = {
    "refused": _l("Not taken"),
    "elsewhere": _l("Of other offices"),
    "new": _l("New"),
    "moved": _l("Moved"),
    "changed": _l("With changes"),
    "same": _l("Unchanged"),
    "missing": _l("Not in the list"),
}
FIELDS: Final[Mapping[str, Any]] = {
    "staff_number": _l("Staff number"),
    "family_name": _l("Family name"),
    "given_name": _l("Given name"),
    "sex": _l("Sex"),
    "birth_year": _l("Year of birth"),
    "office": _l("Office"),
    "employment": _l("Employment"),
    "email": _l("E-mail address"),
    "phone": _l("Telephone"),
    "language": _l("Language"),
    "title": _l("Training"),
    "course": _l("Course of this site"),
    "on": _l("Date"),
    "minutes": _l("Minutes"),
    "percent": _l("Test result, in percent"),
}
WHY_KEPT: Final[Mapping[str, Any]] = {
    "later": _l("Something was recorded about this person afterwards."),
    "password": _l("This person was given a password afterwards."),
    "names": _l("The names were changed again afterwards."),
}


def offices_in_lines(lines: Iterable[Line]) -> dict[str, Organisation]:
    """The offices that the changes of some lines name."""
    named = {
        value
        for line in lines
        for change in line.changes
        if change.field == "office"
        for value in (change.old, change.new)
    }
    return people.organisations_with_ids(named - {""})


def value_in_words(change: Change, value: str, offices: Mapping[str, Organisation]) -> str:
    """A field's value as people read it. What is sensitive and kept here already is hidden; what
    stands in the file its sender has before them."""
    if not value:
        return ""
    if change.field == "office":
        office = offices.get(value)
        return f"{office.code} – {office.name(current_language())}" if office else ""
    if change.field == "on":
        day = day_in(value, "").day
        return dateformat(day, "long") if day else value
    if change.field == "minutes":
        return str(format_number(int(value)))
    if change.field in SENSITIVE and value == change.old:
        return hidden(change.field, value)
    names: Mapping[str, Any] = {
        "sex": SEX_NAMES,
        "employment": EMPLOYMENT_NAMES,
        "language": OWN_NAMES,
    }.get(change.field, {})
    return str(names.get(value, value))


def nobody_known() -> str:
    """Who did something, where it is no longer known."""
    return str(_("Somebody who is no longer here"))
