"""What the templates of the lists of staff are given."""

from dataclasses import dataclass
from datetime import datetime

from lms.exchange.rules.lines import What
from lms.web.manager.rosters_forms import FileForm
from lms.web.paging import Sheet


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A file that was sent lately: its name, for whom, and what it waits for."""

    name: str
    unit: str
    state: str
    made_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import: when, for whom, by whom, how many rows wrote something."""

    at: datetime
    unit: str
    who: str
    written: int
    undone: bool
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the pages beside this one."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class OfficeCodes:
    """The offices of one organisation as (code, name, region), by code. `asked`: by the address."""

    unit: str
    lines: tuple[tuple[str, str, str], ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class OfficesPage:
    """The list of one organisation; `links` lead to the others where a list may be for several."""

    codes: OfficeCodes | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RostersPage:
    """Sending a list, what was sent lately, what was imported. `columns` are (heading, needed)."""

    what: What
    form: FileForm
    ticket: str
    send_url: str
    example_url: str
    columns: tuple[tuple[str, bool], ...]
    drafts: tuple[DraftLine, ...]
    imports: tuple[ImportLine, ...]
    sections: tuple[Link, ...]
    offices: OfficesPage


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field before and after, in words; `old` is empty where there was nothing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of the file. `number` 0: in no row."""

    number: int
    name: str
    staff_number: str
    url: str
    changes: tuple[ChangeLine, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateLink:
    """How many rows are of one state, with the address of their list."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A file that was sent. `step`: reading, writing, stopped, refused, checked or imported."""

    what: What
    step: str
    name: str
    unit: str
    done: int
    total: int
    problem: str
    unknown: tuple[str, ...]
    states: tuple[StateLink, ...]
    state: str
    lines: tuple[RowLine, ...]
    warned: tuple[RowLine, ...]
    pages: Sheet | None
    written: int
    refused: int
    ticket: str
    export_ticket: str
    urls: dict[str, str]
    sections: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class KeptLine:
    """Somebody whom undoing an import left as they are, and why."""

    name: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """An import. `step`: done, undoing, stopped, refused or undone."""

    what: What
    step: str
    unit: str
    who: str
    at: datetime
    sha256: str
    rows: int
    counts: tuple[tuple[str, int], ...]
    done: int
    total: int
    problem: str
    undone_at: datetime | None
    undone: int
    kept: int
    kept_lines: tuple[KeptLine, ...]
    may_undo: bool
    days: int
    ticket: str
    undo_url: str
    sections: tuple[Link, ...]
