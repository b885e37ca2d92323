"""Course texts as this server shows them: with the operator's values filled in, kept in memory.

Editions never change, so what was filled once serves every reader.
"""

from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from lms.courses import queries as courses
from lms.courses.rules import (
    CourseCard,
    EditionText,
    KeyWords,
    filled,
)
from lms.courses.rules.values import Values


@lru_cache(maxsize=64)
def _values(given: tuple[tuple[str, str], ...]) -> Values:
    return courses.operator_values(dict(given))


def _operator_values() -> Values:
    settings = current_app.settings  # type: ignore[attr-defined]
    return _values(tuple(sorted(settings.operator_values.items())))


@lru_cache(maxsize=64)
def _text(edition: str, language: str, given: tuple[tuple[str, str], ...]) -> EditionText:
    return filled(courses.text_of(edition, language), language, _values(given))


def text_of(edition: str, language: str) -> EditionText:
    """An edition's text in a language, ready to show."""
    settings = current_app.settings  # type: ignore[attr-defined]
    return _text(edition, language, tuple(sorted(settings.operator_values.items())))


def words_of(edition: str, question: str, language: str) -> KeyWords:
    """What is said about a question after it was answered."""
    key = courses.key_of(edition, question)
    return filled(key.in_language(language), language, _operator_values())


def cards(language: str) -> tuple[CourseCard, ...]:
    """The catalogue."""
    return tuple(filled(card, language, _operator_values()) for card in courses.catalogue(language))


def safe(html: str) -> Markup:
    """HTML that was sanitised when the edition was published."""
    return Markup(html)
