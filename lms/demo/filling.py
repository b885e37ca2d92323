"""Fills a site with its demonstration."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from lms.base.database import writing
from lms.base.ids import derived_id
from lms.certificates.actions import issue_missing
from lms.courses import queries as courses
from lms.demo.accounts import ACCOUNTS, PASSWORD, Account
from lms.demo.learners import Story
from lms.demo.meetings import hold_workshops
from lms.demo.places import office_codes, offices
from lms.people.actions import add_organisations, give_position, hash_password, register_person
from lms.people.importing import organisation_id
from lms.record.actions import record
from lms.record.events import SYSTEM, Happened

SEED: Final = 2026
TERM: Final = timedelta(days=110)
_GIVEN: Final = {
    "female": ("Aminata", "Fatou", "Grace", "Ifeoma", "Khadija", "Mariam", "Wanjiru", "Zanele"),
    "male": ("Abdou", "Emeka", "Ibrahim", "Jean", "Kwame", "Mandla", "Otieno", "Youssef"),
}
_FAMILY: Final = (
    "Abebe",
    "Ba",
    "Chanda",
    "Diallo",
    "Eyenga",
    "Mensah",
    "Mwangi",
    "Ouattara",
    "Phiri",
    "Sow",
)
Progress = Callable[[int, int], None]


def fill(*, learners: int, at: datetime, progress: Progress = lambda _done, _total: None) -> None:
    """Demo offices, the demo accounts, `learners` people with a term of learning before `at`,
    workshops, certificates. Everything has a derived id: once filled, filling again adds
    nothing."""
    dice = random.Random(SEED)
    password = hash_password(PASSWORD)
    began = at - TERM
    with writing():
        add_organisations(offices(), by=SYSTEM, at=began)
        for account in ACCOUNTS:
            _open_account(account, password, began)
    people = _people(learners, dice)
    total = len(people) + 2
    for done, start in enumerate(range(0, len(people), 20), start=1):
        some = people[start : start + 20]
        with writing():
            for person in some:
                _register(person, began)
            record([each for person in some for each in _stories(person, began, at)])
        progress(min(done * 20, len(people)), total)
    with writing():
        hold_workshops([person[0] for person in people], dice, at)
    progress(total - 1, total)
    with writing():
        issue_missing(at=at)
    progress(total, total)


def _open_account(account: Account, password: str, at: datetime) -> None:
    person = derived_id("demo-account", account.login)
    register_person(
        person=person,
        given_name=account.given_name,
        family_name=account.family_name,
        staff_number=account.login,
        office=organisation_id(account.office),
        employment=account.employment,
        sex=account.sex,
        language=account.language,
        password_hash=password,
        demo=True,
        channel="demo",
        by=SYSTEM,
        at=at,
        event_id=derived_id("demo-account-event", account.login),
    )
    if account.position:
        give_position(
            person=person,
            position=account.position,
            organisation=organisation_id(account.at),
            on=at.date().isoformat(),
            by=SYSTEM,
            at=at,
            event_id=derived_id("demo-position", account.login),
        )


DemoPerson = tuple[str, str, str, str, str, str, int]
"""(id, given name, family name, sex, office code, employment, number)"""


def _people(count: int, dice: random.Random) -> list[DemoPerson]:
    codes = office_codes()
    found: list[DemoPerson] = []
    for number in range(1, count + 1):
        sex = dice.choice(("female", "female", "male", "male", ""))
        given = dice.choice(_GIVEN[sex or "female"])
        employment = "business-owner" if number % 5 == 0 else "employee"
        person = derived_id("demo-learner", str(number))
        family = dice.choice(_FAMILY)
        found.append(
            (person, f"{given} (démo)", family, sex, dice.choice(codes), employment, number)
        )
    return found


def _register(person: DemoPerson, at: datetime) -> None:
    key, given, family, sex, office, employment, number = person
    register_person(
        person=key,
        given_name=given,
        family_name=family,
        staff_number=f"demo-{number:05d}",
        office=organisation_id(office),
        employment=employment,
        sex=sex,
        birth_year=1965 + number % 40,
        language="en" if office[:2] in ("KE", "NG", "ZM", "TZ") else "fr",
        demo=True,
        channel="demo",
        by=SYSTEM,
        at=at,
        event_id=derived_id("demo-registered", str(number)),
    )


def _stories(person: DemoPerson, began: datetime, at: datetime) -> list[Happened]:
    key, _given, _family, _sex, office, employment, number = person
    dice = random.Random(SEED * 1000 + number)
    wanted = "msme" if employment == "business-owner" else "staff"
    language = "en" if office[:2] in ("KE", "NG", "ZM", "TZ") else "fr"
    told: list[Happened] = []
    for card in courses.catalogue(language):
        if wanted in card.edition.audience and dice.random() < 0.85:
            start = began + timedelta(days=dice.randrange(85), hours=dice.randrange(8, 16))
            story = Story(key, card.edition, language, start, dice)
            lessons, tries = _ending(dice, len(card.edition.lessons))
            told += [each for each in story.events(lessons=lessons, tries=tries) if each.at <= at]
    return told


def _ending(dice: random.Random, lessons: int) -> tuple[int, tuple[float, ...]]:
    """(lessons done, share of right answers in each try): six in ten finish."""
    fate = dice.random()
    if fate < 0.5:
        return lessons, (0.95,)
    if fate < 0.6:
        return lessons, (0.5, 0.95)
    if fate < 0.7:
        return lessons, (0.45,)
    return dice.randrange(1, lessons), ()
