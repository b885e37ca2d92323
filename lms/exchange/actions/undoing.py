"""Taking an import back, so far as nothing stands on it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import select, update

from lms.base.database import db, writing
from lms.base.ids import derived_id
from lms.base.jobs import Progress
from lms.exchange.events import RosterUndone
from lms.exchange.queries import UNDO_WITHIN, Import, find_import
from lms.exchange.rules.refusals import ImportUnknown, TooLateToUndo, UndoneAlready
from lms.exchange.tables import RosterChangeRow
from lms.people.audit.actions import note
from lms.people.rosters.actions import forget_names, write_names
from lms.people.rosters.queries import names_of, people_with_passwords
from lms.people.rosters.rules import Names
from lms.record.actions import record
from lms.record.aliases import canonical_among
from lms.record.events import Actor, EventVoided, Happened, Stored
from lms.record.queries import events_of_learners

Why = Literal["", "later", "password", "names"]
_MANY: Final = 300
_STANDS_ON_NOTHING: Final = frozenset({"audit.noted"})


@dataclass(frozen=True, slots=True)
class _Changed:
    """What the import wrote about one person; `before` and `after` None: their names stayed."""

    person: str
    state: str
    events: tuple[str, ...]
    before: Names | None
    after: Names | None


@dataclass(frozen=True, slots=True)
class _Now:
    """How things stand for some of them."""

    histories: Mapping[str, Sequence[Stored]]
    canonical: Mapping[str, str]
    names: Mapping[str, Names]
    with_passwords: Collection[str]


def undo_import(*, imported: str, by: Actor, at: datetime, progress: Progress) -> None:
    """Voids what the import recorded and restores the names from before, except where something
    came later; recorded itself. Refuses what was undone already or is too long ago."""
    with writing():
        found = find_import(imported)
        if found is None:
            raise ImportUnknown
        if found.undone_at is not None:
            raise UndoneAlready
        if at - found.at > UNDO_WITHIN:
            raise TooLateToUndo(days=UNDO_WITHIN.days)
        undone, kept = _undo_all(found, by, at, progress)
        event = RosterUndone(found.organisation, imported, undone, kept)
        record([Happened(event, derived_id("undone", imported), by, at)])
        note(
            "roster.undone",
            by=by,
            at=at,
            organisation=found.organisation,
            detail={"undone": undone, "kept": kept},
            event_id=derived_id("noted", "undone", imported),
        )


def _undo_all(found: Import, by: Actor, at: datetime, progress: Progress) -> tuple[int, int]:
    changes = _changes_in(found.id)
    undone = 0
    for start in range(0, len(changes), _MANY):
        progress(start, len(changes))
        some = changes[start : start + _MANY]
        now = _now(some)
        whys = {each.person: _why_not(each, found, now) for each in some}
        free = [each for each in some if not whys[each.person]]
        _take_back(free, found.id, by, at)
        _remember({person: why for person, why in whys.items() if why}, found.id)
        undone += len(free)
    progress(len(changes), len(changes))
    return undone, len(changes) - undone


def _changes_in(imported: str) -> list[_Changed]:
    rows = db.session().scalars(
        select(RosterChangeRow)
        .where(RosterChangeRow.imported == imported)
        .order_by(RosterChangeRow.person)
    )
    found = []
    for row in rows:
        before, after = (Names(**each) if each else None for each in json.loads(row.names))
        events = tuple(json.loads(row.events))
        found.append(_Changed(row.person, row.state, events, before, after))
    return found


def _now(some: Sequence[_Changed]) -> _Now:
    persons = [each.person for each in some]
    canonical = canonical_among(persons)
    return _Now(
        histories=events_of_learners({canonical.get(person, person) for person in persons}),
        canonical=canonical,
        names=names_of(persons),
        with_passwords=people_with_passwords(persons),
    )


def _why_not(change: _Changed, found: Import, now: _Now) -> Why:
    """Why the change of one person must stay, empty where it can be taken back."""
    if found.what == "trainings":
        return ""
    person = now.canonical.get(change.person, change.person)
    others = [
        stored
        for stored in now.histories.get(person, ())
        if stored.id not in change.events and stored.kind not in _STANDS_ON_NOTHING
    ]
    if change.state == "new":
        if now.histories.get(person) and len(others) > 0:
            return "later"
        if change.person in now.with_passwords:
            return "password"
    elif change.events and any(stored.at >= found.at for stored in others):
        return "later"
    if change.after and now.names.get(change.person) != change.after:
        return "names"
    return ""


def _take_back(free: Sequence[_Changed], imported: str, by: Actor, at: datetime) -> None:
    voids = [
        Happened(
            EventVoided(target=event, reason="undone"),
            derived_id("void", imported, event),
            by,
            at,
        )
        for each in free
        for event in each.events
    ]
    record(voids)
    write_names([each.before for each in free if each.before is not None])
    forget_names([each.person for each in free if each.state == "new" and each.after])


def _remember(whys: Mapping[str, Why], imported: str) -> None:
    for person, why in whys.items():
        db.session().execute(
            update(RosterChangeRow)
            .where(RosterChangeRow.imported == imported, RosterChangeRow.person == person)
            .values(kept_because=why)
        )
