"""Workshops of the demonstration."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from lms.base.ids import derived_id
from lms.people.importing import organisation_id
from lms.people.queries import find_person, path_on
from lms.record.actions import record
from lms.record.events import Actor, Event, Happened
from lms.workshops.events import AttendanceTaken, ParticipantExpected, WorkshopHeld, WorkshopPlanned

_PLANS: Final = (
    (
        "digital-finance",
        "Transformation numérique et inclusion financière (démo)",
        "fr",
        75,
        3,
        True,
    ),
    ("it-security", "IT systems, tools and cyber-security (demo)", "en", 30, 2, True),
    ("it-security", "Cybersécurité au guichet : atelier régional (démo)", "fr", -20, 2, False),
)
_PLACES: Final = ("Abidjan", "Nairobi", "Dakar")
_STATES: Final = ("CI", "SN", "KE", "ZM", "TN", "TZ", "CM", "NG")


def hold_workshops(learners: Sequence[str], dice: random.Random, at: datetime) -> None:
    """Two workshops held, one planned, each with people from several states."""
    trainer = Actor(derived_id("demo-account", "demo-trainer"), "trainer")
    told: list[Happened] = []
    for number, (theme, title, language, days_ago, sittings, held) in enumerate(_PLANS):
        first = at - timedelta(days=days_ago)
        key = derived_id("demo-workshop", str(number))
        plan = _plan(key, theme, title, language, _PLACES[number], first, sittings)
        told.append(_tell(plan, trainer, min(at, first) - timedelta(days=14), key))
        people = dice.sample(list(learners), min(30, len(learners)))
        told += _people(key, people, trainer, min(at, first) - timedelta(days=7))
        if held:
            told += _attendance(key, plan, people, dice, trainer, first)
    record(told)


def _plan(
    key: str, theme: str, title: str, language: str, place: str, first: datetime, sittings: int
) -> WorkshopPlanned:
    days = [(first + timedelta(days=day)).date().isoformat() for day in range(sittings)]
    return WorkshopPlanned(
        workshop=key,
        title=title,
        theme=theme,
        organiser=organisation_id("UPAP"),
        language=language,
        mode="room",
        place=place,
        sittings=[
            {"id": f"s{number}", "on": day, "from": "09:00", "to": "12:30"}
            for number, day in enumerate(days, start=1)
        ],
        invited=[organisation_id(code) for code in _STATES],
        demo=True,
    )


def _people(key: str, people: list[str], by: Actor, at: datetime) -> list[Happened]:
    return [
        _tell(ParticipantExpected(person, key, _state_of(person, at), "participant"), by, at, key)
        for person in people
    ]


def _attendance(
    key: str,
    plan: WorkshopPlanned,
    people: list[str],
    dice: random.Random,
    by: Actor,
    first: datetime,
) -> list[Happened]:
    told: list[Happened] = []
    for number, sitting in enumerate(plan.sittings):
        moment = first + timedelta(days=number, hours=1)
        for person in people:
            present = dice.random() < 0.88
            event = AttendanceTaken(
                person, key, sitting["id"], present, _state_of(person, moment), "participant"
            )
            told.append(_tell(event, by, moment, key))
    held = WorkshopHeld(key, plan.sittings[-1]["on"])
    return [*told, _tell(held, by, first + timedelta(days=len(plan.sittings)), key)]


def _state_of(person: str, at: datetime) -> str:
    known = find_person(person)
    steps = path_on(known.office, at.date()).split("/") if known else []
    return steps[1] if len(steps) > 1 else organisation_id("UPAP")


def _tell(event: Event, by: Actor, at: datetime, key: str) -> Happened:
    learner = getattr(event, "learner", "")
    sitting = getattr(event, "sitting", "")
    return Happened(event, derived_id("demo", key, event.kind, learner, sitting), by, at, "demo")
