"""What a check says about each row of a file, and the whole of it. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from lms.base.language import Sentence

State = Literal["new", "changed", "moved", "same", "refused", "elsewhere", "missing"]
STATES: Final[tuple[State, ...]] = (
    "refused",
    "elsewhere",
    "new",
    "moved",
    "changed",
    "same",
    "missing",
)
"""In the order in which they are shown: what must be looked at comes first."""
WRITTEN: Final[tuple[State, ...]] = ("new", "moved", "changed")
NOT_TAKEN: Final[tuple[State, ...]] = ("refused", "elsewhere")

What = Literal["roster", "trainings"]
KINDS_OF_FILE: Final[tuple[What, ...]] = ("roster", "trainings")


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as codes or text; places by id."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one row. `number` is its number in the file, 0 where it is in no row;
    `says` holds why it is refused, or what to know about it; `cells` what it held, as typed."""

    number: int
    state: State
    staff_number: str
    name: str
    person: str = ""
    changes: tuple[Change, ...] = ()
    says: tuple[Sentence, ...] = ()
    cells: tuple[str, ...] = ()


def counts_of(lines: Iterable[Line]) -> dict[str, int]:
    """State → number of lines; all states, warnings beside them."""
    found: Counter[str] = Counter(line.state for line in lines)
    return {state: found[state] for state in STATES}


def as_data(line: Line) -> dict[str, Any]:
    """A line as JSON keeps it."""
    return {
        "name": line.name,
        "person": line.person,
        "changes": [[each.field, each.old, each.new] for each in line.changes],
        "says": [sentence_as_data(each) for each in line.says],
        "cells": list(line.cells),
    }


def line_from(number: int, state: State, staff_number: str, data: Mapping[str, Any]) -> Line:
    """The line kept in a row."""
    return Line(
        number=number,
        state=state,
        staff_number=staff_number,
        name=data["name"],
        person=data["person"],
        changes=tuple(Change(*each) for each in data["changes"]),
        says=tuple(sentence_from(each) for each in data["says"]),
        cells=tuple(data["cells"]),
    )


def sentence_as_data(said: Sentence) -> list[Any]:
    """A sentence as JSON keeps it."""
    return [said.text, dict(said.values)]


def sentence_from(data: Any) -> Sentence:
    """The sentence kept in JSON."""
    return Sentence(data[0], data[1])


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of an operator: by code, and by name where only one has it. `inside` holds the
    ids of those that the sender looks after; `named` counts the offices of each name."""

    by_code: Mapping[str, str]
    by_name: Mapping[str, tuple[str, ...]]
    inside: frozenset[str]
    codes: Mapping[str, str] = field(default_factory=dict)
