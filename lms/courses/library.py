"""What every course may refer to: the glossary, operator values, codes of facts."""

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from lms.courses.rules.course import Library
from lms.courses.rules.edition import Term
from lms.courses.rules.marking import folded
from lms.settings import SITE

HOME: Final = SITE / "courses"
TEACHABLE: Final = frozenset({"A", "B", "own"})
"""Marks of facts that may be taught: by an official body, by others that agree, or computed."""
_GLOSSARY: Final = "glossary.csv"
_VALUES: Final = "values.yaml"
_SOURCES: Final = "sources.csv"


@lru_cache(maxsize=8)
def glossary(home: Path = HOME) -> tuple[Term, ...]:
    """Every glossary entry, in the order of the file."""
    with (home / _GLOSSARY).open(encoding="utf-8", newline="") as file:
        return tuple(Term(**row) for row in csv.DictReader(file))


@lru_cache(maxsize=8)
def library(home: Path = HOME) -> Library:
    """What the courses of a library folder may refer to."""
    return Library(
        terms={language: _terms(home, language) for language in ("fr", "en")},
        values=_values(home),
        sources=_sources(home),
    )


def library_of(course_folder: Path) -> Library:
    """The library a course folder stands in, or this site's own where it stands alone."""
    home = course_folder.resolve().parent
    return library(home) if (home / _GLOSSARY).is_file() else library()


def operator_values(
    overrides: Mapping[str, str], home: Path = HOME
) -> Mapping[str, Mapping[str, str]]:
    """Name → language → text: the defaults with an operator's own texts over them.

    A key `currency` sets every language, `support_phone.fr` one.
    """
    values = {name: dict(texts) for name, texts in library(home).values.items()}
    for key in sorted(overrides):
        name, _, language = key.partition(".")
        texts = values.setdefault(name, {})
        languages = [language] if language else list(texts) or ["fr", "en"]
        texts.update(dict.fromkeys(languages, overrides[key]))
    return values


def known_terms(name: str) -> Iterator[str]:
    """The ways to write a glossary term, folded: whole, without what is in brackets, each of
    several, and the letters in brackets."""
    for part in (name, *name.split(" / ")):
        yield folded(part)
        outside, _, inside = part.partition("(")
        if inside:
            yield folded(outside)
            yield folded(inside.rstrip(") "))


def _terms(home: Path, language: str) -> dict[str, str]:
    terms: dict[str, str] = {}
    for term in glossary(home):
        for way in known_terms(term.name(language)):
            terms.setdefault(way, term.id)
    return terms


def _values(home: Path) -> dict[str, dict[str, str]]:
    written = yaml.safe_load((home / _VALUES).read_text(encoding="utf-8"))
    return {
        name: {language: text for language, text in entry.items() if language != "about"}
        for name, entry in written.items()
    }


def _sources(home: Path) -> dict[str, bool]:
    with (home / _SOURCES).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["mark"] in TEACHABLE for row in csv.DictReader(file)}
