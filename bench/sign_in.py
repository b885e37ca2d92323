"""Signing in beside the one thing it cannot do without: checking one argon2 hash."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Final

import argon2

from lms.app import create_app
from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.schema import prepare_databases
from lms.people.actions import add_organisations, hash_password, register_person, sign_in
from lms.people.events import OrganisationAdded
from lms.people.importing import organisation_id
from lms.record.events import SYSTEM
from lms.settings import read_settings

PASSWORD: Final = "palme-oasis-jonque-jupe"
SECONDS: Final = 1.5
THREADS: Final = 2
ROUNDS: Final = 3
_PEOPLE: Final = 20


def row() -> str:
    """One line: sign-ins a second, bare hashes checked a second, and the one as a share of the
    other. Both on two threads, in turns."""
    folder = Path(tempfile.mkdtemp(prefix="bench-sign-in-"))
    try:
        return _measured(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(folder: Path) -> str:
    app = create_app(read_settings(instance_dir=folder, demo=False))
    with app.app_context():
        prepare_databases()
        hashed = hash_password(PASSWORD)
        _fill(hashed)
        db.session.remove()
    hasher = argon2.PasswordHasher()

    def one_sign_in(number: int) -> None:
        with app.app_context():
            sign_in(
                login=f"B{number % _PEOPLE}",
                password=PASSWORD,
                address="192.0.2.1",
                device="bench",
                hours=1,
                at=now(),
            )
            db.session.remove()

    def one_hash(_number: int) -> None:
        hasher.verify(hashed, PASSWORD)

    rounds = [(_rate(one_sign_in), _rate(one_hash)) for _ in range(ROUNDS)]
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    site, bare = (median(values) for values in zip(*rounds, strict=True))
    share = f"{site / bare:.0%} of bare argon2, {bare:.1f}"
    return f"Sign-ins a second, {THREADS} threads: {site:.1f} ({share})"


def _rate(task: Callable[[int], Any]) -> float:
    """How often a second all threads together get it done."""
    done, until = [0] * THREADS, time.perf_counter() + SECONDS

    def work(mine: int) -> None:
        while time.perf_counter() < until:
            task(done[mine] * THREADS + mine)
            done[mine] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began)


def _fill(hashed: str) -> None:
    union = organisation_id("BENCH")
    added = OrganisationAdded(
        organisation=union, code="BENCH", level="union", parent=None, name_fr="B", name_en="B"
    )
    with writing():
        add_organisations([added], by=SYSTEM, at=now())
        for number in range(_PEOPLE):
            register_person(
                given_name="Banc",
                family_name=f"Essai {number}",
                staff_number=f"B{number}",
                office=union,
                employment="employee",
                password_hash=hashed,
                by=SYSTEM,
                at=now(),
            )
