"""Who the benchmark's visitors are: learners halfway through a course, one who has finished it,
and, for the figures, 10⁵ who have."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from lms.app import create_app
from lms.base.clock import as_text, now
from lms.base.database import db, writing
from lms.base.ids import derived_id
from lms.certificates.actions import issue_missing
from lms.certificates.queries import certificates_of
from lms.courses import queries as courses
from lms.courses.rules import Edition, Kind
from lms.demo.learners import Story
from lms.learning.tables import CompletionRow
from lms.people.actions import hash_password, number_for, register_person
from lms.people.importing import organisation_id
from lms.people.queries import all_organisations
from lms.people.rules import Organisation
from lms.people.tables import LearnerRow, PersonRow
from lms.record.actions import record
from lms.record.events import SYSTEM
from lms.settings import read_settings

PASSWORD: Final = "bench-relais-2026"
LEARNERS: Final = 40
COMPLETIONS: Final = 100_000
_OFFICE: Final = "CI-OP-ABJ-01"
_MANY: Final = 5_000


@dataclass(frozen=True, slots=True)
class Places:
    """Where the visitors go: a course, a lesson of it, a question, and a certificate."""

    course: str
    lesson: str
    question_lesson: str
    question: str
    serial: str


def login_of(number: int) -> str:
    """What learner `number` types to sign in; 0 has finished the course."""
    return f"bench-{number:03d}"


def prepare(folder: Path) -> Places:
    """Adds the learners to a site that holds its demonstration."""
    app = create_app(read_settings(instance_dir=folder))
    with app.app_context():
        edition = courses.catalogue("fr")[0].edition
        at, password = now(), hash_password(PASSWORD)
        with writing():
            people = [_register(number, password, at) for number in range(LEARNERS + 1)]
            for number, person in enumerate(people):
                _learn(person, edition, at, all_of_it=number == 0)
        with writing():
            issue_missing(at)
        places = _places(edition, certificates_of(people[0])[0].serial)
        _leave()
    return places


def _leave() -> None:
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


def _register(number: int, password: str, at: datetime) -> str:
    return register_person(
        given_name="Awa",
        family_name=f"Essai {number}",
        staff_number=login_of(number),
        office=organisation_id(_OFFICE),
        employment="employee",
        password_hash=password,
        demo=True,
        channel="demo",
        by=SYSTEM,
        at=at - timedelta(days=100),
        event_id=derived_id("bench", str(number)),
    )


def _learn(person: str, edition: Edition, at: datetime, *, all_of_it: bool) -> None:
    story = Story(person, edition, "fr", at - timedelta(days=90), random.Random(7))
    lessons = len(edition.lessons) if all_of_it else len(edition.lessons) // 2
    record(list(story.events(lessons=lessons, tries=(1.0,) if all_of_it else ())))


def _places(edition: Edition, serial: str) -> Places:
    text = courses.text_of(edition.hash, "fr")
    later = text.lessons[len(text.lessons) // 2 :]
    lesson, question = next(
        (lesson, each) for lesson in later for each in lesson.questions if each.kind == Kind.ONE
    )
    middle = sorted(text.lessons, key=lambda each: len(each.html))[len(text.lessons) // 2]
    return Places(edition.slug, middle.id, lesson.id, question.id, serial)


def copy_with_completions(folder: Path, to: Path) -> Path:
    """A copy of the instance in which 10⁵ more people have completed a course."""
    shutil.copytree(folder, to)
    app = create_app(read_settings(instance_dir=to))
    with app.app_context():
        edition = courses.catalogue("fr")[0].edition
        places = {place.id: place for place in all_organisations()}
        numbers, dice = range(COMPLETIONS), random.Random(7)
        with writing() as session:
            for start in range(0, COMPLETIONS, _MANY):
                some = numbers[start : start + _MANY]
                for table, rows in _rows(some, edition, places, dice).items():
                    session.execute(insert(table), rows)
        _leave()
    return to


def _rows(
    numbers: range, edition: Edition, places: dict[str, Organisation], dice: random.Random
) -> dict[Any, list[dict[str, Any]]]:
    offices = [place for place in places.values() if place.level == "office"]
    people = [_person(number) for number in numbers]
    profiles = [_learner(person["id"], dice.choice(offices).id, dice) for person in people]
    done = [_completion(profile, edition, places, dice) for profile in profiles]
    return {PersonRow: people, LearnerRow: profiles, CompletionRow: done}


def _person(number: int) -> dict[str, Any]:
    return {
        "id": derived_id("bench-completion", str(number)),
        "given_name": "Awa",
        "family_name": f"Essai {number}",
        "staff_number": f"c-{number:06d}",
        "email": "",
        "search": f"awa essai {number}",
    }


def _learner(person: str, office: str, dice: random.Random) -> dict[str, Any]:
    return {
        "id": person,
        "number": number_for(person),
        "office": office,
        "employment": dice.choice(("employee", "employee", "business-owner")),
        "sex": dice.choice(("female", "male", "")),
        "birth_year": 1960 + dice.randrange(45),
        "language": "fr",
        "demo": True,
        "registered_at": "2025-01-02T09:00:00.000Z",
    }


def _completion(
    profile: dict[str, Any],
    edition: Edition,
    places: dict[str, Organisation],
    dice: random.Random,
) -> dict[str, Any]:
    office = places[profile["office"]]
    on_path = {places[step].level: step for step in office.path.split("/") if step}
    at = datetime.now(UTC) - timedelta(days=dice.randrange(365), minutes=dice.randrange(600))
    shared = {key: profile[key] for key in ("employment", "sex", "birth_year", "language", "demo")}
    return {
        **shared,
        "learner": profile["id"],
        "course": edition.slug,
        "course_id": edition.course_id,
        "edition": edition.hash,
        "completed_at": as_text(at),
        "completed_on": at.date().isoformat(),
        "percent": 70 + dice.randrange(31),
        "minutes": 60 + dice.randrange(200),
        "seconds": 3600 + dice.randrange(9000),
        "track": edition.track,
        "recognised": edition.recognised,
        "path": office.path,
        "country": office.country,
        "state": on_path.get("state", ""),
        "operator": on_path.get("operator", ""),
        "office": office.id,
        "area": office.area,
        "evidence": "[]",
    }


def requests_for(some: list[bytes]) -> Iterator[bytes]:
    """The same requests in turn, without end."""
    while True:
        yield from some
