"""Reading drafts and imports."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from lms.base.clock import as_text, from_text
from lms.base.database import db, work_reading
from lms.exchange.rules.lines import NOT_TAKEN, STATES, Line, State, What, line_from
from lms.exchange.rules.refusals import DraftUnknown, ImportUnknown
from lms.exchange.tables import (
    DraftLineRow,
    DraftRow,
    ImportRow,
    RosterChangeRow,
    SourceFileRow,
)
from lms.people import queries as people
from lms.people.rules import Organisation

KEPT_FOR: Final = timedelta(days=7)
UNDO_WITHIN: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was sent. `counts` is empty until it was checked."""

    id: str
    what: What
    unit: str
    person: str
    demo: bool
    language: str
    file_name: str
    sha256: str
    made_at: datetime
    checked_at: datetime | None
    head: tuple[str, ...]
    unknown: tuple[str, ...]
    counts: dict[str, int]
    digest: str
    size: int

    @property
    def written(self) -> int:
        """How many rows would write something."""
        return sum(self.counts.get(state, 0) for state in ("new", "moved", "changed"))

    @property
    def refused(self) -> int:
        """How many rows are not taken."""
        return sum(self.counts.get(state, 0) for state in NOT_TAKEN)


@dataclass(frozen=True, slots=True)
class Import:
    """What was imported; `undone_at` None while it stands."""

    id: str
    what: What
    organisation: str
    actor: str
    at: datetime
    sha256: str
    rows: int
    counts: dict[str, int]
    undone_at: datetime | None
    undone: int
    kept: int


_DRAFT: Final = (
    DraftRow.id,
    DraftRow.what,
    DraftRow.unit,
    DraftRow.person,
    DraftRow.demo,
    DraftRow.language,
    DraftRow.file_name,
    DraftRow.sha256,
    DraftRow.made_at,
    DraftRow.checked_at,
    DraftRow.head,
    DraftRow.unknown,
    DraftRow.counts,
    DraftRow.digest,
    func.length(DraftRow.data).label("size"),
)


def current_draft(draft: str, at: datetime) -> Draft:
    """A file that was sent within the last 7 days, or a refusal."""
    statement = select(*_DRAFT).where(DraftRow.id == draft)
    with work_reading() as work:
        row = work.execute(statement.where(DraftRow.made_at >= as_text(at - KEPT_FOR))).first()
    if row is None:
        raise DraftUnknown
    return _draft(row)


def drafts_of(person: str, at: datetime) -> list[Draft]:
    """The files somebody sent, the latest first."""
    statement = select(*_DRAFT).where(
        DraftRow.person == person, DraftRow.made_at >= as_text(at - KEPT_FOR)
    )
    with work_reading() as work:
        rows = work.execute(statement.order_by(DraftRow.made_at.desc()).limit(20)).all()
    return [_draft(row) for row in rows]


def _draft(row: Any) -> Draft:
    return Draft(
        id=row.id,
        what=row.what,
        unit=row.unit,
        person=row.person,
        demo=row.demo,
        language=row.language,
        file_name=row.file_name,
        sha256=row.sha256,
        made_at=from_text(row.made_at),
        checked_at=from_text(row.checked_at) if row.checked_at else None,
        head=tuple(json.loads(row.head)),
        unknown=tuple(json.loads(row.unknown)),
        counts=json.loads(row.counts),
        digest=row.digest,
        size=row.size or 0,
    )


def data_of(draft: str) -> bytes:
    """The bytes of the file; empty once it was imported."""
    with work_reading() as work:
        data = work.scalar(select(DraftRow.data).where(DraftRow.id == draft))
    return bytes(data or b"")


def lines_of(draft: str, state: State, *, limit: int, offset: int = 0) -> list[Line]:
    """Lines of a check, of one state, in the order of the file."""
    statement = select(
        DraftLineRow.number, DraftLineRow.state, DraftLineRow.staff_number, DraftLineRow.body
    ).where(DraftLineRow.draft == draft, DraftLineRow.state == state)
    with work_reading() as work:
        rows = work.execute(statement.order_by(DraftLineRow.no).limit(limit).offset(offset)).all()
    return [line_from(r.number, r.state, r.staff_number, json.loads(r.body)) for r in rows]


def warned_lines_of(draft: str, *, limit: int) -> list[Line]:
    """Lines that are taken and say something to know about them."""
    statement = select(
        DraftLineRow.number, DraftLineRow.state, DraftLineRow.staff_number, DraftLineRow.body
    ).where(DraftLineRow.draft == draft, DraftLineRow.warned, DraftLineRow.state.not_in(NOT_TAKEN))
    with work_reading() as work:
        rows = work.execute(statement.order_by(DraftLineRow.no).limit(limit)).all()
    return [line_from(r.number, r.state, r.staff_number, json.loads(r.body)) for r in rows]


def refused_lines(draft: str) -> Iterator[Line]:
    """Every row that was not taken, in the order of the file."""
    found = [line for state in NOT_TAKEN for line in lines_of(draft, state, limit=100_000)]
    yield from sorted(found, key=lambda line: line.number)


def find_import(imported: str) -> Import | None:
    """One import by id."""
    row = db.session().get(ImportRow, imported)
    return _import(row) if row else None


def current_import(imported: str, paths: Collection[str]) -> Import:
    """One import into an organisation of these subtrees, or a refusal."""
    found = find_import(imported)
    place = people.find_organisation(found.organisation) if found else None
    if found is None or place is None or not is_inside(place, paths):
        raise ImportUnknown
    return found


def imports_in(paths: Collection[str], what: What, *, limit: int = 50) -> list[Import]:
    """The imports into organisations of these subtrees, the latest first."""
    wanted = select(ImportRow.organisation).where(ImportRow.what == what).distinct()
    places = people.organisations_with_ids(set(db.session().scalars(wanted)))
    inside = [each.id for each in places.values() if is_inside(each, paths)]
    statement = select(ImportRow).where(ImportRow.what == what, ImportRow.organisation.in_(inside))
    rows = db.session().scalars(statement.order_by(ImportRow.at.desc()).limit(limit))
    return [_import(row) for row in rows]


def is_inside(place: Organisation, paths: Collection[str]) -> bool:
    """Whether an organisation lies in one of the subtrees."""
    return any(place.path.startswith(path) for path in paths)


def _import(row: ImportRow) -> Import:
    return Import(
        id=row.id,
        what=row.what,  # type: ignore[arg-type]
        organisation=row.organisation,
        actor=row.actor,
        at=from_text(row.at),
        sha256=row.sha256,
        rows=row.rows,
        counts={state: json.loads(row.counts).get(state, 0) for state in STATES},
        undone_at=from_text(row.undone_at) if row.undone_at else None,
        undone=row.undone,
        kept=row.kept,
    )


@dataclass(frozen=True, slots=True)
class Source:
    """The file in which past trainings stood. `name` is empty where it came from another server;
    `organisation` is the one that sent it last."""

    name: str
    organisation: str


def sources_of(digests: Collection[str]) -> dict[str, Source]:
    """Digest → the file, for the files of past trainings with these digests."""
    wanted = sorted(set(digests) - {""})
    columns = select(ImportRow.sha256, ImportRow.organisation).where(
        ImportRow.sha256.in_(wanted), ImportRow.what == "trainings", ImportRow.undone_at == ""
    )
    senders = {
        row.sha256: row.organisation for row in db.session().execute(columns.order_by(ImportRow.at))
    }
    named = select(SourceFileRow.sha256, SourceFileRow.name).where(SourceFileRow.sha256.in_(wanted))
    names = {row.sha256: row.name for row in db.session().execute(named)}
    return {each: Source(names.get(each, ""), senders.get(each, "")) for each in wanted}


def kept_in(imported: str, *, limit: int = 200) -> list[tuple[str, str]]:
    """(person, why) of those whom undoing an import left as they are."""
    statement = (
        select(RosterChangeRow.person, RosterChangeRow.kept_because)
        .where(RosterChangeRow.imported == imported, RosterChangeRow.kept_because != "")
        .order_by(RosterChangeRow.person)
    )
    return [(r.person, r.kept_because) for r in db.session().execute(statement.limit(limit))]
