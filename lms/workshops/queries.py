"""Reading about workshops. What leaves this room are frozen values."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.base.database import Rows, db
from lms.people.queries import organisations_with_ids, people_with_ids, within
from lms.people.rules import Organisation, Person
from lms.record.queries import events_about
from lms.workshops.events import AttendanceTaken
from lms.workshops.rules import (
    PARTICIPANT,
    Attendance,
    HeldWorkshop,
    Plan,
    Sitting,
    State,
    Workshop,
    sitting_from_data,
    standing_of,
)
from lms.workshops.rules.refusals import SittingUnknown, WorkshopUnknown
from lms.workshops.tables import AttendanceRow, ParticipantRow, WorkshopRow


@dataclass(frozen=True, slots=True)
class Overview:
    """One line about a workshop. `expected` and `came` count participants; `counts`: it is one of
    the workshops organised."""

    workshop: Workshop
    expected: int
    came: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on a workshop's list, with the sittings they came to (`late`: written down after
    the day). `person` is None where the names were erased, `sender` where it is not known here."""

    learner: str
    person: Person | None
    accredited_by: str
    sender: Organisation | None
    state: Organisation | None
    role: str
    standing: str
    expected: bool
    present_at: frozenset[str]
    late_at: frozenset[str]

    @property
    def name(self) -> str:
        """Their name, empty when erased."""
        return self.person.name if self.person else ""

    @property
    def in_list(self) -> str:
        """Family name first, as lists are ordered."""
        person = self.person
        return f"{person.family_name} {person.given_name}".strip() if person else ""

    @property
    def number(self) -> str:
        """The number on their card."""
        return self.person.number if self.person else ""


_WORKSHOP: Rows = select(WorkshopRow.__table__)
_ATTENDANCE: Rows = select(AttendanceRow.__table__)


def workshops_in(paths: Collection[str], *, state: str = "") -> list[Overview]:
    """Workshops organised in the subtrees, of one state if given, the latest first."""
    statement = _WORKSHOP.where(within(WorkshopRow.path, paths))
    if state:
        statement = statement.where(WorkshopRow.state == state)
    rows = db.session().execute(statement.order_by(WorkshopRow.last_on.desc(), WorkshopRow.id))
    return [_overview(row) for row in rows]


def find_workshop(workshop: str) -> Workshop | None:
    """One workshop, wherever it was organised."""
    row = db.session().execute(_WORKSHOP.where(WorkshopRow.id == workshop)).one_or_none()
    return _workshop(row) if row else None


def current_workshop(workshop: str, paths: Collection[str]) -> Overview:
    """One workshop organised in the subtrees, or a refusal."""
    statement = _WORKSHOP.where(WorkshopRow.id == workshop, within(WorkshopRow.path, paths))
    row = db.session().execute(statement).one_or_none()
    if row is None:
        raise WorkshopUnknown
    return _overview(row)


def current_sitting(workshop: Workshop, sitting: str) -> Sitting:
    """One of its sittings, or a refusal."""
    found = workshop.find_sitting(sitting)
    if found is None:
        raise SittingUnknown
    return found


def participants_of(workshop: str) -> list[Listed]:
    """Everybody on the list, by family name: four queries."""
    statement: Rows = select(ParticipantRow.__table__).where(ParticipantRow.workshop == workshop)
    rows = db.session().execute(statement).all()
    persons = people_with_ids([row.learner for row in rows])
    places = organisations_with_ids({id for r in rows for id in (r.accredited_by, r.state) if id})
    present, late = _sittings_of(workshop)
    listed = [
        Listed(
            learner=row.learner,
            person=persons.get(row.learner),
            accredited_by=row.accredited_by,
            sender=places.get(row.accredited_by),
            state=places.get(row.state),
            role=row.role,
            standing=standing_of(row.role, row.membership),
            expected=row.expected,
            present_at=frozenset(present[row.learner]),
            late_at=frozenset(late[row.learner]),
        )
        for row in rows
    ]
    return sorted(listed, key=_by_name)


def _by_name(listed: Listed) -> tuple[str, str, str]:
    if listed.person is None:
        return "\uffff", "", listed.learner
    return listed.person.family_name.casefold(), listed.person.given_name, listed.learner


def _sittings_of(workshop: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    present: dict[str, set[str]] = defaultdict(set)
    late: dict[str, set[str]] = defaultdict(set)
    statement = select(AttendanceRow.learner, AttendanceRow.sitting, AttendanceRow.late_entry)
    there = statement.where(AttendanceRow.workshop == workshop, AttendanceRow.present.is_(True))
    for row in db.session().execute(there):
        present[row.learner].add(row.sitting)
        if row.late_entry:
            late[row.learner].add(row.sitting)
    return present, late


def present_ids(workshop: str, sitting: str, learner: str) -> list[str]:
    """The ids of one person whose last mark at a sitting says that they were there: one, unless
    they were registered twice."""
    told = events_about(learner=learner, subject=workshop, kinds={AttendanceTaken.kind})
    last = {
        str(stored.body["learner"]): stored.event.present
        for stored in sorted(told, key=lambda s: (s.at, s.id))
        if isinstance(stored.event, AttendanceTaken) and stored.event.sitting == sitting
    }
    return sorted(id for id, present in last.items() if present)


def roll_of(workshop: str, sitting: str) -> list[tuple[Listed, bool]]:
    """(who is on the list, whether they were at this sitting), by family name."""
    return [(each, sitting in each.present_at) for each in participants_of(workshop)]


def sittings_with_roll(workshop: str) -> dict[str, int]:
    """Sitting → people present, for the sittings at which anybody was."""
    counted: dict[str, int] = defaultdict(int)
    for sittings in _sittings_of(workshop)[0].values():
        for sitting in sittings:
            counted[sitting] += 1
    return dict(counted)


def held_between(first: date, last: date, *, demo: bool | None = None) -> list[HeldWorkshop]:
    """Workshops held whose last day lies in the period (both days in), with all attendances;
    `demo` chooses demonstration ones, real ones, or both. What they count for: `rules`."""
    statement = _WORKSHOP.where(
        WorkshopRow.state == State.HELD.value,
        WorkshopRow.held_on >= first.isoformat(),
        WorkshopRow.held_on <= last.isoformat(),
    )
    if demo is not None:
        statement = statement.where(WorkshopRow.demo.is_(demo))
    rows = db.session().execute(statement.order_by(WorkshopRow.held_on, WorkshopRow.id)).all()
    there, expected = _attendances_of([row.id for row in rows]), _expected_of([r.id for r in rows])
    return [
        HeldWorkshop(
            workshop=_workshop(row),
            attendances=tuple(there[row.id]),
            expected=frozenset(expected[row.id]),
            invited=frozenset(json.loads(row.invited_states)),
        )
        for row in rows
    ]


def _attendances_of(workshops: list[str]) -> dict[str, list[Attendance]]:
    found: dict[str, list[Attendance]] = defaultdict(list)
    for start in range(0, len(workshops), 500):
        some = AttendanceRow.workshop.in_(workshops[start : start + 500])
        for row in db.session().execute(_ATTENDANCE.where(some)).mappings():
            found[row["workshop"]].append(_attendance_from(row))
    return found


def _attendance_from(row: Any) -> Attendance:
    return Attendance(**{**row, "on": date.fromisoformat(row["on"])})


def _expected_of(workshops: list[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    columns = select(
        ParticipantRow.workshop,
        ParticipantRow.learner,
        ParticipantRow.role,
        ParticipantRow.membership,
    ).where(ParticipantRow.expected.is_(True))
    for start in range(0, len(workshops), 500):
        some = ParticipantRow.workshop.in_(workshops[start : start + 500])
        for row in db.session().execute(columns.where(some)):
            if standing_of(row.role, row.membership) == PARTICIPANT:
                found[row.workshop].add(row.learner)
    return found


def attended_by(learner: str) -> list[Workshop]:
    """Workshops at which the person was present, the latest first."""
    there = select(AttendanceRow.workshop).where(
        AttendanceRow.learner == learner, AttendanceRow.present.is_(True)
    )
    statement = _WORKSHOP.where(WorkshopRow.id.in_(there)).order_by(WorkshopRow.last_on.desc())
    return [_workshop(row) for row in db.session().execute(statement)]


def _overview(row: Any) -> Overview:
    return Overview(_workshop(row), row.expected, row.came, row.counts)


def _workshop(row: Any) -> Workshop:
    sittings = (sitting_from_data(data) for data in json.loads(row.sittings))
    plan = Plan(
        title=row.title,
        theme=row.theme,
        organiser=row.organiser,
        language=row.language,
        mode=row.mode,
        place=row.place,
        sittings=tuple(sitting for sitting in sittings if sitting is not None),
        invited=tuple(json.loads(row.invited)),
        facilitators=row.facilitators,
    )
    held_on = date.fromisoformat(row.held_on) if row.held_on else None
    return Workshop(row.id, plan, State(row.state), held_on, row.cancelled_because, row.demo)
