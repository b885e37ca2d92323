"""What is asked of this room and what it answers. Frozen values; no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from lms.base.language import Sentence, sentence
from lms.base.refusals import Refusal
from lms.reports.periods import Period
from lms.reports.small_cells import Cell

Grouping = Literal[
    "state",
    "operator",
    "office",
    "sex",
    "office-sex",
    "course",
    "help",
    "disability",
    "theme",
    "mode",
    "language",
]
GROUPINGS: Final[Mapping[str, tuple[Grouping, ...]]] = {
    "1a": ("state", "operator", "office", "sex", "course", "help"),
    "1b": ("state", "operator", "office", "sex", "course", "help"),
    "3k": ("state", "operator", "office"),
    "1c": (),
    "4": ("theme", "mode", "language"),
    "5a": ("state", "sex", "theme"),
    "5b": ("state", "sex"),
    "6": ("state",),
}
"""By what each indicator can be divided; the rows behind each of these groups can be opened.
Disability is not among them: it is counted, and nobody sees whose answer is in which count."""
NOT_STATED: Final = "-"
"""The group of what is not known, in addresses and files."""
SEXES: Final = ("female", "male", "other", NOT_STATED)


class PlaceUnknown(Refusal):
    says = sentence("There is no place “%(place)s” among yours. Choose one from the list.")


class IndicatorUnknown(Refusal):
    says = sentence("There is no indicator “%(code)s”. Choose one on the page of the figures.")


class GroupUnknown(Refusal):
    says = sentence("This figure has no such group. Choose one in the tables of the figures.")


class RowsAreHidden(Refusal):
    says = sentence(
        "This count is hidden because it, or one beside it, is small. Its rows would give it away. "
        "Choose a longer period or a larger place."
    )


@dataclass(frozen=True, slots=True)
class Named:
    """Something that has its own name in each language: a place or a course."""

    fr: str
    en: str

    def name(self, language: str) -> str:
        """The name in a language; English where there is no other."""
        return self.fr if language == "fr" else self.en


Label = Named | Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree of organisations, with all below it."""

    id: str
    code: str
    name: Named


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures somebody asks for. `place` None means all that the visitor may see; `scope`
    holds the paths they may see. `at` is when they ask."""

    period: Period
    plan: Period
    at: datetime
    scope: tuple[str, ...]
    place: Place | None = None
    include_demo: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One cell of a breakdown: by what, and which one."""

    by: Grouping
    key: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator's value. `out_of` is the denominator of its rate, where it has one; `asides`
    are counts shown apart and never inside the value. `dated` holds the earliest and the latest day
    of what the denominator was returned for, where it is a return."""

    code: str
    value: int
    out_of: int | None = None
    asides: tuple[tuple[Sentence, int], ...] = ()
    dated: tuple[date, date] | None = None

    @property
    def percent(self) -> Decimal | None:
        """The rate with one decimal, None without a denominator."""
        if not self.out_of:
            return None
        return (Decimal(100 * self.value) / self.out_of).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Line:
    """One group of a table, with a cell for each of its columns."""

    key: str
    label: Label
    cells: tuple[Cell, ...]
    iso: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A breakdown. `columns` are codes of indicators, or sexes where `by` is office-sex (then
    `of` says which indicator); `totals` are of distinct units, so groups may sum to more."""

    code: str
    by: Grouping
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    totals: tuple[Cell, ...]
    adds_up: bool = True

    def cell(self, column: str, key: str) -> Cell | None:
        """The cell of a group, None where the table has none."""
        place = self.columns.index(column) if column in self.columns else None
        line = next((line for line in self.lines if line.key == key), None)
        return None if place is None or line is None else line.cells[place]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Of which moment the data is, and how many events the record held."""

    at: datetime
    events: int


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one question: what the page shows and what the file holds."""

    question: Question
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    stamp: Stamp
    version: Sentence
    notes: tuple[Sentence, ...] = ()

    def figure(self, code: str) -> Figure:
        """The figure of an indicator, or `IndicatorUnknown`."""
        found = next((figure for figure in self.figures if figure.code == code), None)
        if found is None:
            raise IndicatorUnknown(code=code)
        return found

    def tables_with(self, code: str) -> tuple[Table, ...]:
        """The tables that divide an indicator."""
        return tuple(t for t in self.tables if code in t.columns or t.code == code)

    def table(self, code: str, by: str) -> Table | None:
        """The table that divides an indicator in one way."""
        return next((t for t in self.tables_with(code) if t.by == by), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure. `person` is the person's number; `name` is empty where the
    visitor's scope does not hold them. Days are YYYY-MM-DD, `what` is a course or a workshop.
    `help` is how a helper helped, empty where nobody did; `helper` is the helper's number."""

    day: str
    what: Named | None = None
    person: str = ""
    name: str = ""
    percent: int | None = None
    mode: str = ""
    state: Named | None = None
    operator: Named | None = None
    office: Named | None = None
    organiser: Named | None = None
    sent_by: Named | None = None
    venue: str = ""
    help: str = ""
    helper: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of the rows behind a figure; `count` is how many there are in all."""

    rows: tuple[Row, ...]
    count: int
    number: int
    size: int
    columns: tuple[str, ...]

    @property
    def last(self) -> int:
        """The number of the last page, from 1."""
        return max(1, -(-self.count // self.size))
