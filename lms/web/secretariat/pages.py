"""What the templates of the secretariat's desk are given."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.web.paging import Sheet
from lms.web.secretariat.asking import Asked, Problem


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `current` where one is there already."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that can be chosen."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Picker:
    """Choosing period and place. What was typed stays in its fields."""

    asked: Asked
    period: str
    places: tuple[Choice, ...]
    periods: tuple[Link, ...]
    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class Aside:
    """A count that is shown beside a figure and is not in it."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A value the secretariat may change, and since when it holds."""

    name: str
    values: tuple[tuple[date, int], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class DefinitionText:
    """One indicator in the reader's language."""

    code: str
    name: str
    unit: str
    text: str
    formula: str
    not_counted: tuple[str, ...]
    parameters: tuple[ParameterLine, ...]


@dataclass(frozen=True, slots=True)
class FigureTile:
    """One indicator: its value, what it means, and where its rows are."""

    code: str
    value: int
    out_of: int | None
    percent: float | None
    definition: DefinitionText
    asides: tuple[Aside, ...]
    dated: tuple[date, date] | None
    rows_url: str
    definition_url: str


@dataclass(frozen=True, slots=True)
class TableCell:
    """A count in words, with the address of its rows where they may be seen."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class TableLine:
    """One group of a table."""

    label: str
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One breakdown. `note` is empty where there is nothing to say."""

    id: str
    caption: str
    head: tuple[str, ...]
    lines: tuple[TableLine, ...]
    foot: tuple[str, ...]
    note: str
    hides: bool


@dataclass(frozen=True, slots=True)
class MapTile:
    """A member state on the map: its corner in squares, its code, its count and how dark it is,
    from 0 (nobody) to 3."""

    column: int
    row: int
    iso: str
    name: str
    count: int
    level: int


@dataclass(frozen=True, slots=True)
class StateMap:
    """The member states, one square each. `columns` and `rows` are its size in squares."""

    tiles: tuple[MapTile, ...]
    columns: int
    rows: int
    steps: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that answers one question."""

    period: str
    first: date
    last: date
    place: str
    tiles: tuple[FigureTile, ...]
    map: StateMap | None
    tables: tuple[FigureTable, ...]
    notes: tuple[str, ...]
    version: str
    at: datetime
    events: int
    csv_url: str
    export_ticket: str


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The overview. `figures` is None where the question was not understood."""

    problems: tuple[Problem, ...]
    picker: Picker
    figures: Figures | None
    demo: bool
    definitions_url: str


@dataclass(frozen=True, slots=True)
class RowsPage:
    """The rows behind one figure, or behind one group of it."""

    code: str
    definition: DefinitionText
    period: str
    first: date
    last: date
    place: str
    group: str
    count: int
    head: tuple[str, ...]
    numeric: tuple[int, ...]
    lines: tuple[tuple[str, ...], ...]
    pages: Sheet
    back_url: str
    csv_url: str
    export_ticket: str
    demo: bool


@dataclass(frozen=True, slots=True)
class DefinitionsPage:
    """All indicators, their parameters, and the version of both."""

    version: str
    definitions: tuple[DefinitionText, ...]
    back_url: str
