"""Courses that take a minute to finish, people who finish them, and questions about figures.

Everything happens in 2024, as events that go through the record's own door.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from lms.base.database import db, writing
from lms.base.ids import derived_id, new_id
from lms.courses.actions import publish_course, ready_folder
from lms.learning.events import (
    AttemptStarted,
    AttemptSubmitted,
    CourseStarted,
    LessonFinished,
    QuestionAnswered,
)
from lms.people.events import LearnerRegistered
from lms.people.importing import organisation_id
from lms.record.actions import record
from lms.record.events import SYSTEM, Actor, Event, EventVoided, Happened
from lms.reports.periods import period_from, plan_cycle
from lms.reports.queries import figures, place_in
from lms.reports.rules import Question
from lms.workshops.events import AttendanceTaken, WorkshopHeld, WorkshopPlanned
from tests.builders_courses import make_course_folder

PLAN = plan_cycle("2022-01-01", "2029-12-31")
NEW_YEAR = datetime(2024, 1, 1, 8, tzinfo=UTC)
POINTS = (60, 9, 1, 30)
"""Points of the four questions of each final test: 69 and 70 percent can both be reached."""


def publish(tmp_path: Path, slug: str, **facts: Any) -> str:
    """Publishes a course of one lesson and a test of four questions; its edition."""
    files: dict[str, str | bytes | None] = {
        "01-counter/02-declare.fr.md": None,
        "01-counter/02-declare.en.md": None,
        **{f"01-counter/01-weigh.{lang}.md": _lesson(lang) for lang in ("fr", "en")},
        **{f"test.{lang}.md": _test(lang) for lang in ("fr", "en")},
    }
    given = {"id": slug.upper(), "minutes": "90", **facts}
    folder = make_course_folder(tmp_path, slug, files=files, **given)
    with writing():
        edition = publish_course(
            ready=ready_folder(folder), note="", by=SYSTEM, event_id=new_id(), at=NEW_YEAR
        )
    db.session.rollback()
    return edition.hash


def publish_four(tmp_path: Path) -> dict[str, str]:
    """Course → edition: s3 and s4 count; one is too short, one is not recognised."""
    return {
        "s3": publish(tmp_path, "s3"),
        "s4": publish(tmp_path, "s4"),
        "short": publish(tmp_path, "short", minutes="59"),
        "other": publish(tmp_path, "other", recognised="false"),
    }


def _lesson(language: str) -> str:
    return (
        "---\ntitle: Peser\nsummary: Lire le poids.\nminutes: 80\nobjectives:\n  - Peser\n"
        f"---\n{'Le colis est lourd.' if language == 'fr' else 'The parcel is heavy.'}\n"
    )


def _test(language: str) -> str:
    questions = "\n".join(
        f"## Question {points} {{#q-{points} points={points}}}\n\n"
        "1. [x] A {#yes}\n   > A.\n2. [ ] B {#no}\n   > B.\n"
        for points in POINTS
    )
    return (
        f"---\ntitle: Test {language}\nsummary: Test.\nminutes: 10\npool: 4\n---\n\n"
        f"::: quiz\n\n{questions}\n:::\n"
    )


def noon(day: str) -> datetime:
    """Midday of a day written YYYY-MM-DD."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=12)


def person_events(
    name: str, office: str, *, sex: str = "female", employment: str = "employee", **facts: Any
) -> list[Happened]:
    """A person of that pseudonym comes to work at an office (its code)."""
    registered = LearnerRegistered(
        learner=name,
        number=name.upper(),
        office=organisation_id(office),
        employment=employment,
        sex=sex,
        birth_year=1990,
        **facts,
    )
    return [Happened(registered, derived_id("person", name), SYSTEM, NEW_YEAR)]


def finishing(
    name: str, course: str, edition: str, day: str, percent: int = 100, *, again: str = ""
) -> list[Happened]:
    """All that a person does in a course on one day, handing the test in with that percentage.

    The ids follow from what happens, so that the same upload again is the same events.
    """
    attempt = derived_id("attempt", name, course, day, again)
    right = _right_for(percent)
    events: list[tuple[Event, str]] = [
        (CourseStarted(name, course, edition, "fr"), "start"),
        (LessonFinished(name, course, edition, "weigh", "fr", 60), "lesson"),
        (AttemptStarted(name, course, edition, "fr"), attempt),
        *(
            (
                QuestionAnswered(
                    name, course, edition, f"q-{points}",
                    {"chosen": ["yes" if points in right else "no"]}, "fr", attempt,
                ),
                f"q{points}",
            )
            for points in POINTS
        ),
        (AttemptSubmitted(name, course, edition, attempt), submitted_id(name, course, day)),
    ]  # fmt: skip
    return [
        Happened(event, _id(key, attempt), Actor(name), noon(day) + timedelta(minutes=minute))
        for minute, (event, key) in enumerate(events)
    ]


def _id(key: str, attempt: str) -> str:
    return key if len(key) > 30 else derived_id(key, attempt)


def submitted_id(name: str, course: str, day: str) -> str:
    """The id of the event that hands in a test, to declare it void."""
    return derived_id("submitted", name, course, day)


def _right_for(percent: int) -> set[int]:
    right: set[int] = set()
    for points in POINTS:
        if sum(right) + points <= percent:
            right.add(points)
    assert sum(right) == percent, f"{percent} percent cannot be reached"
    return right


def voiding(target: str, day: str) -> Happened:
    """The event is declared void as fraud."""
    return Happened(EventVoided(target, "fraud"), derived_id("void", target), SYSTEM, noon(day))


def workshop_events(
    workshop: str,
    present: dict[str, list[str]],
    *,
    days: tuple[str, ...] = ("2024-03-04",),
    sent_by: dict[str, str] | None = None,
    invited: tuple[str, ...] = (),
    organiser: str = "UPAP",
    hours: int = 6,
) -> list[Happened]:
    """A workshop that was held. `present`: person → indexes of the days they came, as text;
    `sent_by`: person → code of who accredited them (else Côte d'Ivoire)."""
    sittings = [
        {"id": f"d{n}", "on": day, "from": "09:00", "to": f"{9 + hours:02d}:00"}
        for n, day in enumerate(days)
    ]
    planned = WorkshopPlanned(
        workshop=workshop,
        title=f"Workshop {workshop}",
        theme="it-security",
        organiser=organisation_id(organiser),
        language="en",
        mode="room",
        place="Room 1",
        sittings=sittings,
        invited=[organisation_id(code) for code in invited],
    )
    at = noon(days[-1])
    happened = [Happened(planned, derived_id("planned", workshop), SYSTEM, noon(days[0]))]
    for person, came in present.items():
        by = organisation_id((sent_by or {}).get(person, "CI"))
        happened += [
            Happened(
                AttendanceTaken(person, workshop, f"d{n}", True, by, "participant"),
                derived_id("roll", workshop, person, n),
                SYSTEM,
                noon(days[int(n)]),
            )
            for n in came
        ]
    held = WorkshopHeld(workshop, days[-1])
    return [*happened, Happened(held, derived_id("held", workshop), SYSTEM, at)]


def keep_all(*histories: list[Happened]) -> None:
    """Records histories in one transaction."""
    with writing():
        record([happened for history in histories for happened in history])
    db.session.rollback()


def ask(
    period: str, place: str = "", *, include_demo: bool = False, scope: tuple[str, ...] = ()
) -> Question:
    """A question of the secretariat, which sees everything unless `scope` says less."""
    paths = scope or (f"{organisation_id('UPAP')}/",)
    return Question(
        period=period_from(period, PLAN),
        plan=PLAN,
        at=datetime(2026, 11, 21, 10, tzinfo=UTC),
        scope=paths,
        place=place_in(place, paths) if place else None,
        include_demo=include_demo,
    )


def value(code: str, question: Question) -> int:
    """The value of an indicator."""
    return figures(question).figure(code).value
