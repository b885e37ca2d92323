"""Writing past trainings, and keeping the file they stand in."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from lms.base.clock import as_text
from lms.base.database import db
from lms.base.ids import derived_id
from lms.base.jobs import Progress
from lms.exchange.rules.trainings import PlannedTraining
from lms.exchange.tables import RosterChangeRow, SourceFileRow
from lms.learning.declared.events import TrainingDeclared
from lms.record.actions import record
from lms.record.events import Actor, Happened

SOURCES: Final = "sources"
"""The folder of kept files, inside the instance folder."""
_MANY: Final = 500
_LONGEST_NAME: Final = 200


def keep_source(folder: Path, sha256: str, data: bytes) -> None:
    """Keeps the file under the name of its content, readable by this server alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / sha256
    if path.exists():
        return
    part = folder / f"{sha256}.part"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def name_source(sha256: str, name: str) -> None:
    """Keeps what the file was called; sent again under another name, that one."""
    db.session().merge(SourceFileRow(sha256=sha256, name=name.strip()[:_LONGEST_NAME]))


def write_trainings(
    plan: Sequence[PlannedTraining],
    imported: str,
    sha256: str,
    by: Actor,
    at: datetime,
    progress: Progress,
) -> None:
    """Declares every new training, in the present transaction."""
    todo = [planned for planned in plan if planned.line.state == "new"]
    made: dict[str, list[str]] = {}
    for start in range(0, len(todo), _MANY):
        progress(start, len(todo))
        some = [_happened(each, imported, sha256, by, at) for each in todo[start : start + _MANY]]
        record(some)
        for happened in some:
            made.setdefault(happened.event.parts()[0] or "", []).append(happened.id)
    if made:
        rows = [_change(imported, person, ids, at) for person, ids in made.items()]
        db.session().execute(insert(RosterChangeRow), rows)
    progress(len(todo), len(todo))


def _happened(
    planned: PlannedTraining, imported: str, sha256: str, by: Actor, at: datetime
) -> Happened:
    row = planned.row
    assert row.on is not None
    event = TrainingDeclared(
        learner=planned.line.person,
        title=row.title,
        on=row.on.isoformat(),
        minutes=row.minutes,
        percent=row.percent,
        course=row.course or None,
        sha256=sha256,
    )
    return Happened(event, derived_id(imported, event.kind, str(row.row.number)), by, at)


def _change(imported: str, person: str, ids: list[str], at: datetime) -> dict[str, Any]:
    return {
        "imported": imported,
        "person": person,
        "state": "new",
        "events": json.dumps(ids),
        "names": json.dumps([None, None]),
        "at": as_text(at),
        "kept_because": "",
    }
