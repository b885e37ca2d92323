"""Questions as a learner may see them, and their keys, which stay on the server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    ORDER = "order"
    MATCH = "match"
    FILL = "fill"
    NUMBER = "number"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, to put in order or to match. `html` is inline HTML."""

    id: str
    html: str


@dataclass(frozen=True, slots=True)
class Question:
    """The public part: nothing here tells the right answer.

    `options` serves one, several and order; `lefts` and `rights` serve match. What has to be put
    in order is stored in an order that was made from the ids alone.
    """

    id: str
    kind: Kind
    points: int
    title_html: str
    statement_html: str = ""
    hint_html: str = ""
    options: tuple[Option, ...] = ()
    lefts: tuple[Option, ...] = ()
    rights: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyWords:
    """What is said after answering, in one language.

    `feedback_html` maps option ids to HTML; `answer` is the text to show as the right one for
    fill and number questions.
    """

    feedback_html: Mapping[str, str] = field(default_factory=dict)
    explanation_html: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class QuestionKey:
    """The secret part of a question, for all languages.

    `right` holds option ids: the right ones, or all of them in the right order. `pairs` maps left
    ids to right ids. `accepted` holds every accepted spelling in every language. `number` and
    `tolerance` are decimal numbers as text.
    """

    id: str
    kind: Kind
    points: int
    right: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    accepted: tuple[str, ...] = ()
    number: str = ""
    tolerance: str = ""
    words: Mapping[str, KeyWords] = field(default_factory=dict)

    def in_language(self, language: str) -> KeyWords:
        """What is said after answering; where a translation is missing, in the source language."""
        return self.words.get(language) or next(iter(self.words.values()), KeyWords())
