"""Random lives of people who were registered twice, as Hypothesis draws them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as some
from sqlalchemy import select

from lms.base.database import RecordBase, db, writing
from lms.base.ids import derived_id
from lms.courses.rules import Edition
from lms.people.events import (
    AssignmentBegun,
    AssignmentEnded,
    LearnerClosed,
    LearnerErased,
    LearnerRegistered,
    LearnerReopened,
    MergeDeclined,
    MergeProposed,
)
from lms.record.events import Actor, EventVoided, Happened, LearnerMerged
from lms.workshops.events import AttendanceTaken, ParticipantExpected, WorkshopHeld, WorkshopPlanned
from tests.builders import SPRING
from tests.builders_histories import DAYS, Teller

PEOPLE = ("awa", "binta", "chidi")
PROJECTED = (
    "assignment",
    "attendance",
    "completion",
    "edition_standing",
    "learner",
    "merge_proposal",
    "workshop_participant",
    "person_number",
    "position",
    "progress",
    "workshop",
)
_OFFICER = Actor("officer", "officer")
Rows = dict[str, list[tuple[Any, ...]]]


class LifeTeller(Teller):
    """Adds to the histories of a course what else happens to people, and that two are one."""

    def registration(self, learner: str) -> None:
        office = self.tree[self.pick(("CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01"))]
        number = f"NUMBER-{learner}"
        self.tell(LearnerRegistered(learner, number, office, "employee", "female", 1990))

    def office(self, learner: str) -> None:
        """A further office, begun or ended."""
        office, day = self.tree[self.pick(("CI-OP-ABJ-02", "KE-OP-NBO-01"))], self.pick(DAYS)
        begun = AssignmentBegun(learner, office, "employee", day)
        self.tell(self.pick((begun, AssignmentEnded(learner, office, day))))

    def standing(self, learner: str) -> None:
        """An account closed or opened again."""
        self.tell(self.pick((LearnerClosed(learner, "left"), LearnerReopened(learner))))

    def workshop(self) -> None:
        """A workshop of two days that was held."""
        sittings = [
            {"id": f"d{n}", "on": DAYS[n], "from": "09:00", "to": "15:00"} for n in range(2)
        ]
        plan = WorkshopPlanned(
            workshop="w1",
            title="Parcels",
            theme="other",
            organiser=self.tree["UPAP"],
            language="en",
            mode="room",
            place="Room 1",
            sittings=sittings,
            invited=[self.tree["CI"]],
        )
        self.tell(plan)
        self.tell(WorkshopHeld("w1", DAYS[1]))

    def presence(self, learner: str) -> None:
        """Expected at the workshop, or seen there, or missed."""
        sender = self.tree[self.pick(("CI", "KE"))]
        day = self.pick(("d0", "d1"))
        events = (
            ParticipantExpected(learner, "w1", sender, "participant"),
            AttendanceTaken(learner, "w1", day, self.draw(some.booleans()), sender, "participant"),
        )
        self.tell(self.pick(events))

    def merge(self) -> None:
        """Two of them are one person, said in whichever direction."""
        one, other = self.draw(some.permutations(PEOPLE))[:2]
        self.tell(LearnerMerged(one, other))

    def proposal(self) -> None:
        """Somebody thinks that two of them are one, or has decided that they are two."""
        one, other = sorted(self.draw(some.permutations(PEOPLE))[:2])
        self.tell(self.pick((MergeProposed(one, other, "phone"), MergeDeclined(one, other))))

    def parting(self) -> None:
        """A merge was wrong."""
        merges = [told.id for told in self.told if isinstance(told.event, LearnerMerged)]
        if merges:
            self.tell(EventVoided(self.pick(merges), "wrong person"))


@some.composite
def lives(draw: Any, edition: Edition, tree: dict[str, str]) -> list[Happened]:
    """What happened to three registered people, some of whom are one, in no order."""
    teller = LifeTeller(draw, edition, tree)
    teller.workshop()
    for learner in PEOPLE:
        teller.registration(learner)
        if draw(some.booleans()):
            teller.completion(learner)
    acts = (teller.life, teller.lesson, teller.trial, teller.office, teller.standing)
    for _ in range(draw(some.integers(0, 8))):
        teller.pick((*acts, teller.presence, teller.presence))(teller.pick(PEOPLE))
    if draw(some.integers(0, 4)) == 0:
        teller.tell(LearnerErased(teller.pick(PEOPLE)))
    for _ in range(draw(some.integers(0, 3))):
        teller.proposal()
    for _ in range(draw(some.integers(1, 4))):
        teller.merge()
    for _ in range(draw(some.integers(0, 2))):
        teller.parting()
    if draw(some.booleans()):
        teller.void()
    return teller.told


def groups(history: list[Happened]) -> dict[str, str]:
    """Person → smallest id of who they are one with, told by the merges that hold."""
    voided = {h.event.target for h in history if isinstance(h.event, EventVoided)}
    merges = [
        (h.event.learner, h.event.other)
        for h in history
        if isinstance(h.event, LearnerMerged) and h.id not in voided
    ]
    leader = {person: person for person in PEOPLE}
    for _ in PEOPLE:
        for one, other in merges:
            leader[one] = leader[other] = min(leader[one], leader[other])
    return leader


def told_of_one(history: list[Happened]) -> list[Happened]:
    """The same history if nobody had ever been registered twice. Whoever was there under one id was
    there: what was said beside the other is told alike."""
    leader = groups(history)
    merges = {h.id for h in history if isinstance(h.event, LearnerMerged)}
    kept = [
        h
        for h in history
        if h.id not in merges
        and not (isinstance(h.event, EventVoided) and h.event.target in merges)
    ]
    there = _there(history, leader)
    return [replace(h, event=_as(h.event, leader, there)) for h in kept]


def _there(history: list[Happened], leader: dict[str, str]) -> set[tuple[str, str]]:
    """(person, sitting) where the last word about one of the person's ids is “present”."""
    voided = {h.event.target for h in history if isinstance(h.event, EventVoided)}
    last: dict[tuple[str, str], bool] = {}
    for happened in sorted(history, key=lambda h: (h.at, h.id)):
        if isinstance(happened.event, AttendanceTaken) and happened.id not in voided:
            said = happened.event
            last[said.learner, said.sitting] = said.present
    return {(leader[person], sitting) for (person, sitting), was in last.items() if was}


def _as(event: Any, leader: dict[str, str], there: set[tuple[str, str]]) -> Any:
    learner = leader.get(getattr(event, "learner", None) or "")
    if learner is None:
        return event
    if isinstance(event, AttendanceTaken):
        event = replace(event, present=(learner, event.sitting) in there)
    return replace(event, learner=learner)


def projected(*without: str) -> Rows:
    """Every row of the projected tables, in the order of its key."""
    return rows_of(name for name in PROJECTED if name not in without)


def rows_of(names: Iterable[str]) -> Rows:
    """Every row of these tables, in the order of its key."""
    tables = [RecordBase.metadata.tables[name] for name in names]
    return {
        table.name: [
            tuple(row)
            for row in db.session().execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in tables
    }


class Over(Exception):
    """Ends a transaction without keeping it."""


@contextmanager
def for_nothing() -> Iterator[None]:
    """A write transaction that is given up at its end, so that each history begins afresh."""
    try:
        with writing():
            yield
            raise Over
    except Over:
        pass


def merge(one: str, other: str, day: int = 0) -> Happened:
    """Two are one person, so many days after spring began."""
    event_id = derived_id("merge", one, other)
    at = SPRING + timedelta(days=day)
    return Happened(LearnerMerged(one, other), event_id, _OFFICER, at)
