"""A list of 20,000 members of staff: checked, written, taken back."""

import resource
import tempfile
import time
from pathlib import Path
from typing import Final

from lms.app import create_app
from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.schema import prepare_databases
from lms.exchange.actions import check_draft, confirm_draft, keep_draft
from lms.people.actions import add_organisations
from lms.people.events import OrganisationAdded
from lms.people.importing import organisation_id
from lms.record.events import SYSTEM, Actor
from lms.settings import Settings

ROWS: Final = 20_000
_HEAD: Final = "Matricule;Nom;Prénom;Sexe;Date de naissance;Code bureau;Type;Courriel"


def row() -> str:
    """One line: rows per second from the file to the record, its two halves, and memory."""
    with tempfile.TemporaryDirectory(prefix="bench-roster-") as folder:
        app = create_app(Settings(instance_dir=Path(folder), demo=False))
        with app.app_context():
            prepare_databases()
            checked, written = _import(Path(folder))
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"Roster of {ROWS:,} new people: {ROWS / (checked + written):,.0f} rows/s "
        f"(check {checked:.1f} s, write in one transaction {written:.1f} s); "
        f"process at most {memory} MB"
    )


def _import(folder: Path) -> tuple[float, float]:
    operator = organisation_id("XX-OP")
    with writing():
        add_organisations(
            [_place("XX-OP", "operator"), _place("XX-1", "office")], by=SYSTEM, at=now()
        )
    draft = keep_draft(
        what="roster",
        unit=operator,
        person="bench",
        demo=False,
        language="fr",
        file_name="roster.csv",
        data=_file(),
        at=now(),
    )
    began = time.perf_counter()
    check_draft(draft=draft, at=now(), progress=_unseen)
    checked = time.perf_counter()
    by = Actor("bench", "officer")
    confirm_draft(draft=draft, by=by, at=now(), folder=folder, progress=_unseen)
    return checked - began, time.perf_counter() - checked


def _place(code: str, level: str) -> OrganisationAdded:
    parent = organisation_id("XX-OP") if level == "office" else None
    return OrganisationAdded(organisation_id(code), code, level, parent, code, code)


def _file() -> bytes:
    lines = (
        f"M{n};Nom{n};Prénom{n};{'FM'[n % 2]};{n % 28 + 1}/{n % 12 + 1}/{1960 + n % 40};XX-1;"
        f"employé;p{n}@poste.example"
        for n in range(ROWS)
    )
    return "\n".join([_HEAD, *lines]).encode()


def _unseen(_done: int, _total: int) -> None:
    """Nobody watches the progress."""


if __name__ == "__main__":
    print(row())
