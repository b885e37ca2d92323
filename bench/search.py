"""Finding one of a million people by what a manager types, beside one look-up by key."""

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlalchemy import insert, select

from lms.app import create_app
from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import derived_id
from lms.base.schema import prepare_databases
from lms.people.actions import add_organisations, number_for
from lms.people.events import OrganisationAdded
from lms.people.importing import organisation_id
from lms.people.queries import people_in
from lms.people.rules import fold_text
from lms.people.sounds import sound_of
from lms.people.tables import LearnerRow, PersonRow
from lms.record.events import SYSTEM
from lms.settings import read_settings

PEOPLE: Final = 1_000_000
OFFICES: Final = 400
_MANY: Final = 20_000
_ROUNDS: Final = 7
_GIVEN: Final = """
Awa Kofi Aminata Moussa Fatoumata Otieno Wanjiru Chidi Ngozi Tariq Zainab Jean Marie Paul
Grace Amina Ibrahim Yao Adjoua Kwame Abena Seydou Mariam Josué Béatrice Éric
"""
_SYLLABLES: Final = (
    "ba be bo da di do fa ka ko kou la ma mba na ngue nia ou ra sa so ta to wa ya zo"
)


def row(people: int = PEOPLE) -> str:
    """One line: what was typed, milliseconds, against reading one person by key."""
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        return _measured(folder, people)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(folder: Path, people: int) -> str:
    app = create_app(read_settings(instance_dir=folder, demo=False))
    with app.app_context():
        prepare_databases()
        union = _organisations()
        some = _fill(people)
        found = [f"{name} {_milliseconds(task):.1f}" for name, task in _tasks(union, some)]
        key = _milliseconds(lambda: db.session().scalar(_by_key(some["id"])))
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    return f"Search among {people:,} people, ms: {'; '.join(found)}; by key {key:.2f}"


def _tasks(union: str, some: dict[str, str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    office = [f"{union}/{organisation_id('BENCH-7')}/"]
    everywhere = [f"{union}/"]
    full = f"{some['given_name']} {some['family_name']}"
    yield "full name", lambda: people_in(everywhere, search=full)
    yield "name heard", lambda: people_in(everywhere, search=full.replace("k", "c"))
    yield "family name begun", lambda: people_in(everywhere, search=some["family_name"][:5])
    yield "given name of many", lambda: people_in(everywhere, search=some["given_name"])
    yield "staff number", lambda: people_in(everywhere, search=some["staff_number"])
    yield "name in one office", lambda: people_in(office, search=some["family_name"])
    yield "list of one office", lambda: people_in(office)
    yield "list of all", lambda: people_in(everywhere)


def _by_key(person: str) -> Any:
    return select(PersonRow.given_name).where(PersonRow.id == person)


def _milliseconds(task: Callable[[], Any]) -> float:
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        task()
        times.append((time.perf_counter() - began) * 1000)
        db.session.rollback()
    return median(times)


def _organisations() -> str:
    union = OrganisationAdded(
        organisation=organisation_id("BENCH"),
        code="BENCH",
        level="union",
        parent=None,
        name_fr="Banc",
        name_en="Bench",
    )
    offices = [
        OrganisationAdded(
            organisation=organisation_id(f"BENCH-{number}"),
            code=f"BENCH-{number}",
            level="office",
            parent=union.organisation,
            name_fr=f"Bureau {number}",
            name_en=f"Office {number}",
        )
        for number in range(OFFICES)
    ]
    with writing():
        add_organisations([union, *offices], by=SYSTEM, at=now())
    return union.organisation


def _fill(people: int) -> dict[str, str]:
    """Names go straight into the tables; the search index keeps itself. One of them, to find."""
    dice = random.Random(7)
    syllables = _SYLLABLES.split()
    one: dict[str, str] = {}
    for start in range(0, people, _MANY):
        names = [_name(number, dice, syllables) for number in range(start, start + _MANY)]
        learners = [_learner(name["id"], dice) for name in names]
        with writing() as session:
            session.execute(insert(PersonRow), names)
            session.execute(insert(LearnerRow), learners)
        one = names[len(names) // 2]
    return one


def _name(number: int, dice: random.Random, syllables: list[str]) -> dict[str, str]:
    given = dice.choice(_GIVEN.split())
    family = "".join(dice.choice(syllables) for _ in range(dice.randrange(2, 5))).title()
    staff = f"b{number:07d}"
    return {
        "id": derived_id("bench-search", str(number)),
        "given_name": given,
        "family_name": family,
        "staff_number": staff,
        "email": "",
        "phone": "",
        "sound": sound_of(f"{given} {family}"),
        "search": fold_text(f"{given} {family} {staff}"),
    }


def _learner(person: str, dice: random.Random) -> dict[str, Any]:
    return {
        "id": person,
        "number": number_for(person),
        "office": organisation_id(f"BENCH-{dice.randrange(OFFICES)}"),
        "employment": "employee",
        "sex": "",
        "birth_year": None,
        "language": "fr",
        "demo": True,
        "registered_at": "2025-01-02T09:00:00.000Z",
        "closed": False,
        "erased": False,
    }
