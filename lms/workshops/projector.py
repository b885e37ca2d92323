"""Folds what happened around workshops into their tables."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import delete, insert, or_, select

from lms.base.database import Rows, db
from lms.people import queries as people
from lms.people.events import LEARNER_KINDS, ORGANISATION_KINDS
from lms.people.rules import Organisation, Profile, profile_on
from lms.record.events import Stored
from lms.record.queries import events_about
from lms.workshops.events import WORKSHOP_KINDS
from lms.workshops.rules import (
    MEMBER,
    PARTICIPANT,
    Attendance,
    HeldWorkshop,
    Meeting,
    Participant,
    Sitting,
    Workshop,
    counts_as_workshop,
    fold,
    sitting_as_data,
    standing_of,
    who_came,
)
from lms.workshops.tables import AttendanceRow, ParticipantRow, WorkshopRow

_ALL = (AttendanceRow, ParticipantRow, WorkshopRow)
_MANY = 400


class Workshops:
    """One key: the workshop. A change of a person touches the workshops they came to; one of an
    organisation those in which it, or anything below it, takes part."""

    name = "workshops"
    kinds = WORKSHOP_KINDS | LEARNER_KINDS | ORGANISATION_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The workshops that the event touches."""
        if stored.kind in WORKSHOP_KINDS:
            return [stored.subject] if stored.subject else []
        if stored.kind in LEARNER_KINDS:
            statement: Rows = select(AttendanceRow.workshop)
            touched = statement.where(AttendanceRow.learner == (stored.learner or ""))
            return list(db.session().scalars(touched.distinct()))
        return list(db.session().scalars(_with_organisation(stored.subject or "-")))

    def keys_of_many(self, seen: Sequence[Stored]) -> Iterable[str]:
        """The same for many events; where learners came is asked for together."""
        changed = [s for s in seen if s.kind in LEARNER_KINDS and s.learner]
        statement: Rows = select(AttendanceRow.workshop)
        for start in range(0, len(changed), _MANY):
            learners = {stored.learner for stored in changed[start : start + _MANY]}
            touched = statement.where(AttendanceRow.learner.in_(learners)).distinct()
            yield from db.session().scalars(touched)
        for stored in seen:
            if stored.kind not in LEARNER_KINDS:
                yield from self.keys(stored)

    def recompute_many(self, keys: Collection[str]) -> None:
        """Replaces each of them."""
        for key in keys:
            self.recompute(key)

    def recompute(self, key: str) -> None:
        """Replaces one workshop with its list and its attendances."""
        session = db.session()
        session.execute(delete(AttendanceRow).where(AttendanceRow.workshop == key))
        session.execute(delete(ParticipantRow).where(ParticipantRow.workshop == key))
        session.execute(delete(WorkshopRow).where(WorkshopRow.id == key))
        meeting = fold(events_about(subject=key, kinds=WORKSHOP_KINDS))
        if meeting is None:
            return
        table = _Tabling(meeting)
        session.execute(insert(WorkshopRow), [table.workshop()])
        if meeting.participants:
            session.execute(insert(ParticipantRow), table.participants)
        if table.attendances:
            session.execute(insert(AttendanceRow), table.attendances)

    def clear(self) -> None:
        """Empties the tables."""
        for row in _ALL:
            db.session().execute(delete(row))


def _with_organisation(organisation: str) -> Rows:
    holds = WorkshopRow.path.contains(organisation), WorkshopRow.invited.contains(organisation)
    there = select(AttendanceRow.workshop).where(AttendanceRow.path.contains(organisation))
    sent = select(ParticipantRow.workshop).where(ParticipantRow.path.contains(organisation))
    among = WorkshopRow.id.in_(there), WorkshopRow.id.in_(sent)
    return select(WorkshopRow.id).where(or_(*holds, *among))


class _Tabling:
    """The rows of one meeting. Looks up each organisation and each person once a day."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self._paths: dict[tuple[str, date], tuple[str, Mapping[str, Organisation]]] = {}
        self._histories: dict[str, list[Stored]] = {}
        self.participants = [self._participant(p) for p in meeting.participants.values()]
        self.attendances = [
            self._attendance(meeting.participants[learner], sitting)
            for sitting in meeting.workshop.sittings
            for learner in meeting.participants
            if (learner, sitting.id) in meeting.presences
        ]

    def workshop(self) -> dict[str, Any]:
        """The workshop's own row."""
        workshop, plan = self.meeting.workshop, self.meeting.workshop.plan
        held = self._held()
        return {
            "id": workshop.id,
            "title": plan.title,
            "theme": plan.theme,
            "organiser": plan.organiser,
            "path": _path_now(plan.organiser),
            "language": plan.language,
            "mode": plan.mode,
            "place": plan.place,
            "facilitators": plan.facilitators,
            "sittings": json.dumps([sitting_as_data(sitting) for sitting in plan.sittings]),
            "invited": json.dumps(plan.invited),
            "invited_states": json.dumps(sorted(held.invited)),
            **_days(workshop),
            "state": workshop.state.value,
            "cancelled_because": workshop.cancelled_because,
            "expected": len(held.expected),
            "came": len(who_came(held)),
            "counts": counts_as_workshop(held),
            "demo": workshop.demo,
        }

    def _held(self) -> HeldWorkshop:
        rows = (dict(row, on=date.fromisoformat(row["on"])) for row in self.attendances)
        expected = frozenset(
            row["learner"]
            for row in self.participants
            if row["expected"] and standing_of(row["role"], row["membership"]) == PARTICIPANT
        )
        there = tuple(Attendance(**row) for row in rows)
        return HeldWorkshop(self.meeting.workshop, there, expected, self._invited_states())

    def _invited_states(self) -> frozenset[str]:
        workshop = self.meeting.workshop
        states = (
            self._place(org, workshop.last_day)[1].get("state") for org in workshop.plan.invited
        )
        return frozenset(state.id for state in states if state and state.membership == MEMBER)

    def _participant(self, participant: Participant) -> dict[str, Any]:
        day = self.meeting.workshop.last_day
        return {
            "workshop": self.meeting.workshop.id,
            "learner": participant.learner,
            "path": self._place(participant.accredited_by, day)[0],
            "expected": participant.expected,
            **self._accreditation(participant, day),
        }

    def _accreditation(self, participant: Participant, day: date) -> dict[str, Any]:
        state = self._place(participant.accredited_by, day)[1].get("state")
        return {
            "role": participant.role,
            "accredited_by": participant.accredited_by,
            "state": state.id if state else "",
            "country": state.country if state else "",
            "membership": state.membership if state else "",
        }

    def _attendance(self, participant: Participant, sitting: Sitting) -> dict[str, Any]:
        said = self.meeting.presences[participant.learner, sitting.id]
        profile = self._profile(participant.learner, sitting.on)
        office = profile.office if profile else ""
        path, places = self._place(office, sitting.on)
        return {
            "workshop": self.meeting.workshop.id,
            "sitting": sitting.id,
            "learner": participant.learner,
            "present": said.present,
            "on": sitting.on.isoformat(),
            "minutes": sitting.minutes,
            "path": path,
            "office": office,
            "area": places["office"].area if "office" in places else "",
            "employment": profile.employment if profile else "",
            "sex": profile.sex if profile else "",
            "birth_year": profile.birth_year if profile else None,
            "late_entry": said.late_entry,
            "demo": self.meeting.workshop.demo or bool(profile and profile.demo),
            **self._accreditation(participant, sitting.on),
        }

    def _place(self, organisation: str, day: date) -> tuple[str, Mapping[str, Organisation]]:
        key = organisation, day
        if key not in self._paths:
            path = people.path_on(organisation, day) if organisation else ""
            self._paths[key] = path, people.places_on_path(path) if path else {}
        return self._paths[key]

    def _profile(self, learner: str, day: date) -> Profile | None:
        if learner not in self._histories:
            self._histories[learner] = events_about(learner=learner, kinds=LEARNER_KINDS)
        return profile_on(self._histories[learner], datetime.combine(day, time.max, UTC))


def _path_now(organisation: str) -> str:
    found = people.find_organisation(organisation)
    return found.path if found else f"{organisation}/"


def _days(workshop: Workshop) -> dict[str, Any]:
    return {
        "first_on": workshop.first_day.isoformat() if workshop.sittings else "",
        "last_on": workshop.last_day.isoformat() if workshop.sittings else "",
        "planned_minutes": workshop.planned_minutes,
        "held_on": workshop.held_on.isoformat() if workshop.held_on else "",
    }


PROJECTORS = (Workshops(),)
