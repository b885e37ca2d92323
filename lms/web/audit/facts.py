"""The facts of a note, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

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
}


def facts_of(detail: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(name, value) of each fact, in the reader's language."""
    return tuple(
        (str(_NAMES.get(name, name)), _value(name, detail[name])) for name in sorted(detail)
    )


def is_day(text: str) -> bool:
    """Whether this is a day, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _value(name: str, value: Any) -> str:
    if name == "on" and isinstance(value, str) and is_day(value):
        return str(format_date(date.fromisoformat(value), "long"))
    if name == "position":
        return position_name(str(value))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
