"""Workshops for tests: short to write, and told as one would tell them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from lms.base.ids import derived_id
from lms.record.envelope import compose
from lms.record.events import Actor, Event, Happened, Stored, subject_of
from lms.workshops.events import (
    AttendanceTaken,
    ParticipantExpected,
    WorkshopHeld,
    WorkshopPlanned,
)
from lms.workshops.rules import Attendance, HeldWorkshop, Plan, Sitting, State, Workshop

MONDAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


def make_sitting(
    id: str = "s1", *, day: int = 0, starts: str = "09:00", ends: str = "12:00"
) -> Sitting:
    return Sitting(
        id, MONDAY + timedelta(days=day), time.fromisoformat(starts), time.fromisoformat(ends)
    )


def three_days() -> tuple[Sitting, ...]:
    return tuple(make_sitting(f"day{n + 1}", day=n, ends="15:00") for n in range(3))


def make_plan(
    *,
    title: str = "Mobile money at the counter",
    organiser: str = "papu",
    sittings: tuple[Sitting, ...] | None = None,
    invited: tuple[str, ...] = (),
    theme: str = "digital-finance",
    language: str = "fr",
    mode: str = "room",
    place: str = "Abidjan, council room",
) -> Plan:
    return Plan(
        title=title,
        theme=theme,
        organiser=organiser,
        language=language,
        mode=mode,
        place=place,
        sittings=three_days() if sittings is None else sittings,
        invited=invited,
        facilitators="Kofi Mensah",
    )


def make_workshop(
    plan: Plan | None = None, *, state: State = State.HELD, id: str = "w1"
) -> Workshop:
    plan = plan or make_plan()
    held_on = plan.sittings[-1].on if state is State.HELD and plan.sittings else None
    return Workshop(id, plan, state, held_on, "", False)


def make_attendance(
    learner: str,
    sitting: Sitting,
    *,
    workshop: str = "w1",
    present: bool = True,
    role: str = "participant",
    state: str = "ci",
    membership: str = "member",
    office: str = "abidjan",
) -> Attendance:
    return Attendance(
        learner=learner,
        workshop=workshop,
        sitting=sitting.id,
        present=present,
        on=sitting.on,
        minutes=sitting.minutes,
        role=role,
        accredited_by=state,
        state=state,
        country=state.upper(),
        membership=membership,
        path=f"papu/{state}/{office}/",
        office=office,
        area="urban",
        employment="employee",
        sex="female",
        birth_year=1990,
        late_entry=False,
        demo=False,
    )


def make_held(
    attendances: Iterable[Attendance],
    *,
    workshop: Workshop | None = None,
    expected: Iterable[str] = (),
    invited: Iterable[str] = (),
) -> HeldWorkshop:
    return HeldWorkshop(
        workshop or make_workshop(), tuple(attendances), frozenset(expected), frozenset(invited)
    )


def planned(workshop: str = "w1", plan: Plan | None = None) -> WorkshopPlanned:
    plan = plan or make_plan()
    return WorkshopPlanned(
        workshop=workshop,
        title=plan.title,
        theme=plan.theme,
        organiser=plan.organiser,
        language=plan.language,
        mode=plan.mode,
        place=plan.place,
        sittings=[
            {"id": s.id, "on": f"{s.on}", "from": f"{s.starts:%H:%M}", "to": f"{s.ends:%H:%M}"}
            for s in plan.sittings
        ],
        invited=list(plan.invited),
        facilitators=plan.facilitators,
    )


def expected(learner: str, *, by: str = "ci", role: str = "participant") -> ParticipantExpected:
    return ParticipantExpected(learner, "w1", by, role)


def there(learner: str, sitting: str, present: bool = True, *, by: str = "ci") -> AttendanceTaken:
    return AttendanceTaken(learner, "w1", sitting, present, by, "participant")


def held(on: str = "2026-03-04") -> WorkshopHeld:
    return WorkshopHeld("w1", on)


def stored(event: Event, minute: int, *, id: str | None = None) -> Stored:
    """The event as the record gives it back, `minute` minutes into the morning."""
    at = MORNING + timedelta(minutes=minute)
    happened = Happened(event, id or derived_id(repr(event), str(minute)), Actor("kofi"), at)
    body = compose(happened, stream="s", seq=1, prev="", node_time=at, mono=0)
    learner, thing, _ = event.parts()
    return Stored(
        happened.id, event.kind, learner, subject_of(thing), event, at, "kofi", "trainer", body
    )
