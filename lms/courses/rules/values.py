"""Operator values: a price, a name, an address that a lesson names and each operator sets."""

import dataclasses
import html as html_text
import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

Values = Mapping[str, str | Mapping[str, str]]
"""Name → text, or name → language → text."""

_T = TypeVar("_T")
MARKER: Final = re.compile(r"\{\{[ \t]*([a-z][a-z0-9_]*)[ \t]*\}\}")


def fill_values(html: str, language: str, values: Values) -> str:
    """The HTML with every `{{ name }}` replaced by its value, escaped. Runs once: a value that
    looks like a marker stays as it is."""
    return MARKER.sub(lambda m: html_text.escape(_value(m, language, values)), html)


def fill_values_in_text(text: str, language: str, values: Values) -> str:
    """The same for plain text, such as a title; the template escapes it."""
    return MARKER.sub(lambda m: _value(m, language, values), text)


def filled(value: _T, language: str, values: Values) -> _T:
    """The same frozen value (an `EditionText`, a `LessonText`, `KeyWords` …) with the operator's
    values in all its texts. Fields named `html` or `…_html` are filled as HTML."""
    result: _T = _filled(value, language, values, is_html=False)
    return result


def _filled(value: Any, language: str, values: Values, *, is_html: bool) -> Any:
    if isinstance(value, str):
        if "{{" not in value:
            return value
        fill = fill_values if is_html else fill_values_in_text
        return fill(str(value), language, values)
    if isinstance(value, tuple):
        return tuple(_filled(item, language, values, is_html=is_html) for item in value)
    if isinstance(value, Mapping):
        return {k: _filled(v, language, values, is_html=is_html) for k, v in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **_changed_fields(value, language, values))
    return value


def _changed_fields(value: Any, language: str, values: Values) -> dict[str, Any]:
    changed = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        is_html = field.name == "html" or field.name.endswith("_html")
        new = _filled(old, language, values, is_html=is_html)
        if new is not old:
            changed[field.name] = new
    return changed


def _value(found: re.Match[str], language: str, values: Values) -> str:
    value = values.get(found.group(1), "…")
    if isinstance(value, str):
        return value
    return value.get(language) or next(iter(value.values()), "…")
