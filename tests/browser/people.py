"""Learners of the demonstration for one test alone, with as much learned as the test needs."""

import random
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Final

from lms.base.clock import now
from lms.base.database import writing
from lms.certificates.actions import issue_missing
from lms.courses import queries as courses
from lms.demo import PASSWORD
from lms.demo.learners import Story
from lms.people import queries as people
from lms.people.actions import hash_password, register_person
from lms.people.importing import organisation_id
from lms.record.actions import record
from lms.record.events import SYSTEM
from tests.browser.serving import Site

OFFICE: Final = "CI-OP-ABJ-01"
STAFF_COURSE: Final = "cyber-security"
OWNER_COURSE: Final = "business-online"
_numbers = count(1)


@dataclass(frozen=True)
class Learner:
    """Somebody who can sign in."""

    id: str
    number: str
    given: str
    name: str
    login: str
    password: str = PASSWORD


def newcomer(site: Site, given_name: str, *, language: str = "en") -> Learner:
    """A postal employee who has learned nothing here yet."""
    login = f"test-{given_name.lower()}-{next(_numbers)}"

    def register() -> Learner:
        secret = hash_password(PASSWORD)
        with writing():
            person = register_person(
                given_name=given_name,
                family_name="Essai",
                staff_number=login,
                office=organisation_id(OFFICE),
                employment="employee",
                language=language,
                password_hash=secret,
                demo=True,
                by=SYSTEM,
                at=now(),
            )
        known = people.current_person(person)
        return Learner(known.id, known.number, given_name, known.name, login)

    return site.ask(register)


def has_learned(
    site: Site,
    learner: Learner,
    course: str,
    *,
    lessons: int | None = None,
    tries: tuple[float, ...] = (),
) -> None:
    """The learner did the first `lessons` lessons (all, when None) with their questions, then one
    try at the test for each share of right answers."""

    def tell() -> None:
        edition = courses.current_edition(course)
        chance, began = random.Random(learner.id), now() - timedelta(days=20)
        story = Story(learner.id, edition, "en", began, chance)
        wanted = len(edition.lessons) if lessons is None else lessons
        events = list(story.events(lessons=wanted, tries=tries))
        with writing():
            record(events)
        with writing():
            issue_missing(at=now())

    site.ask(tell)
