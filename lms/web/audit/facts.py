"""The facts of a note, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.people.corrections.rules import ABOUT
from lms.people.sensitive.rules import SENSITIVE
from lms.web.desk import say
from lms.web.language import dateformat
from lms.web.people_words import GROUND_NAMES
from lms.web.rights.words import position_name

_NAMES: Final[Mapping[str, Any]] = {
    "position": _l("position"),
    "place": _l("place"),
    "on": _l("from"),
    "period": _l("period"),
    "figure": _l("figure"),
    "group": _l("group"),
    "workshop": _l("workshop"),
    "form": _l("form"),
    "with": _l("with"),
    "device": _l("device"),
    "rows": _l("rows"),
    "file": _l("file"),
    "searched": _l("searched"),
    "other": _l("other record"),
    "which": _l("which"),
    "reason": _l("reason"),
    "fields": _l("what was shown"),
    "list": _l("list"),
    "ground": _l("how the person asked"),
    "written": _l("rows written"),
    "refused": _l("rows not taken"),
    "undone": _l("taken back"),
    "kept": _l("stayed as they were"),
    "employees": _l("employees"),
    "about": _l("about"),
    "put_right": _l("put right"),
    "label": _l("name of the device"),
    "named": _l("with the first name"),
    "assisted": _l("assisted"),
}


def facts_of(detail: Mapping[str, Any], persons: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(name, value) of each fact, in the reader's language; `persons`: id → what to call them."""
    return tuple(
        (str(_NAMES.get(name, name)), _value(name, detail[name], persons))
        for name in sorted(detail)
    )


def is_day(text: str) -> bool:
    """Whether this is a day, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _value(name: str, value: Any, persons: Mapping[str, str]) -> str:
    if name == "other":
        return persons.get(str(value), str(value))
    if name == "about" and value in ABOUT:
        return say(ABOUT[value])
    if name == "on" and isinstance(value, str) and is_day(value):
        return dateformat(date.fromisoformat(value), "long")
    if name == "ground":
        return str(GROUND_NAMES.get(str(value), value))
    if name == "list" and value == "late":
        return str(_("who is late"))
    if name == "position":
        return position_name(str(value))
    if name == "fields" and isinstance(value, list):
        return ", ".join(say(SENSITIVE[each]) if each in SENSITIVE else str(each) for each in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
