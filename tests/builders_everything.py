"""Random lives in which everything that the counter and its people know may happen, as Hypothesis
draws them: told in any order, from any day, voided or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as some

from lms.base.database import RecordBase
from lms.base.ids import derived_id
from lms.certificates.events import CertificateIssued, CertificateRevoked
from lms.exchange.events import RosterImported, RosterUndone
from lms.learning.declared.events import TrainingDeclared
from lms.learning.paths.events import (
    LearnerEnrolled,
    LearnerReminded,
    LearnerUnenrolled,
    PathDefined,
    PathWithdrawn,
    RuleSet,
    RuleWithdrawn,
)
from lms.people.assistance.events import AssistanceGiven
from lms.people.audit.events import AuditNoted
from lms.people.cards.events import CardIssued, CardWithdrawn
from lms.people.corrections.events import CorrectionAnswered, CorrectionAsked
from lms.people.devices.events import DeviceEnrolled, DeviceWithdrawn, GuestCame, GuestVisited
from lms.people.events import (
    AssignmentBegun,
    AssignmentEnded,
    ErasureAsked,
    LearnerChanged,
    LearnerClosed,
    LearnerErased,
    LearnerMoved,
    LearnerRegistered,
    LearnerReopened,
    MergeDeclined,
    MergeProposed,
    OrganisationMoved,
    PositionGiven,
    PositionWithdrawn,
)
from lms.people.headcounts.events import HeadcountReturned
from lms.people.importing import organisation_id
from lms.record.events import Actor, Event, EventVoided, Happened, LearnerMerged
from lms.workshops.events import (
    AttendanceTaken,
    ParticipantExpected,
    ParticipantRemoved,
    WorkshopCancelled,
    WorkshopHeld,
    WorkshopPlanned,
)
from tests.builders import SPRING, make_organisation
from tests.builders_reports import finishing

PEOPLE = ("awa", "binta", "chidi")
DAYS = 6
NOT_FOLDED = frozenset(
    {
        "access_code",
        "audio",
        "blob",
        "correction_text",
        "credential",
        "edition",
        "edition_file",
        "edition_key",
        "edition_text",
        "event",
        "functioning",
        "mail",
        "person",
        "person_key",
        "pin",
        "quarantine",
        "recovery_code",
        "roster_change",
        "roster_person",
        "second_step",
        "source_file",
        "stream_head",
    }
)
"""Tables that no event can bring back: the record itself, names, secrets, files, what was typed."""
LATE = "CI-OP-DAL"
_OFFICES = ("CI-OP-ABJ-01", "CI-OP-ABJ-02", "KE-OP-NBO-01", f"{LATE}-01")
_ABOVE = ("CI-OP", "CI-OP-ABJ", "KE-OP", LATE)
_WHO = ("employee", "contract", "helper", "manager", "everybody")


def folded_tables() -> list[str]:
    """Every table of the record that is folded from events."""
    return sorted(set(RecordBase.metadata.tables) - NOT_FOLDED)


def day(number: int) -> str:
    """The day so many days after spring began."""
    return (SPRING + timedelta(days=number)).date().isoformat()


@dataclass(slots=True)
class Everything:
    """Turns draws into events; ids follow from their number."""

    draw: Callable[..., Any]
    edition: str
    told: list[tuple[int, Happened]]

    def pick(self, choices: Sequence[Any]) -> Any:
        return self.draw(some.sampled_from(choices))

    def person(self) -> str:
        return str(self.pick(PEOPLE))

    def place(self, choices: Sequence[str] = _OFFICES) -> str:
        return organisation_id(self.pick(choices))

    def day(self) -> str:
        return day(self.draw(some.integers(-1, DAYS)))

    def tell(self, event: Event, on: int | None = None, *, id_: str = "") -> None:
        """Recorded on the day `on`, said to have happened then or up to three days before."""
        on = self.draw(some.integers(0, DAYS - 1)) if on is None else on
        back = self.draw(some.sampled_from((0, 0, 0, 1, 3)))
        at = SPRING + timedelta(days=on - back, minutes=self.draw(some.integers(-2, 0)))
        event_id = id_ or derived_id("everything", str(len(self.told)))
        self.told.append((on, Happened(event, event_id, Actor("kofi", "officer"), at)))

    def beginnings(self) -> None:
        for number, (who, code) in enumerate((("employee", "CI-OP"), ("helper", "KE-OP"))):
            top = organisation_id("UPAP")
            self.tell(PathDefined(f"p{number}", top, "a", "b", ["s3", "parcels"]), 0)
            self.tell(RuleSet(f"p{number}", organisation_id(code), who, 3), 0)
        for person in PEOPLE:
            self.tell(LearnerRegistered(person, f"N-{person}", self.place(), "employee"), 0)
        self.workshop("w0")

    def late_office(self) -> None:
        """A region and its office, told of at any time, in any order."""
        self.tell(make_organisation(LATE, "region", "CI-OP", country="CI"))
        self.tell(make_organisation(f"{LATE}-01", "office", LATE, country="CI", area="rural"))

    def completion(self) -> None:
        person, on = self.person(), self.draw(some.integers(0, DAYS - 1))
        done = finishing(person, "s3", self.edition, day(on), again=str(len(self.told)))
        known = {happened.id for _, happened in self.told}
        early = timedelta(hours=6)  # before it is recorded, on whichever day that is
        self.told += [(on, replace(h, at=h.at - early)) for h in done if h.id not in known]

    def workshop(self, name: str) -> None:
        sittings = [{"id": f"d{n}", "on": day(n), "from": "09:00", "to": "15:00"} for n in (0, 4)]
        plan = WorkshopPlanned(
            workshop=name,
            title="Parcels",
            theme="other",
            organiser=self.place(_ABOVE),
            language="en",
            mode="room",
            place="Room 1",
            sittings=sittings,
            invited=[organisation_id("CI"), self.place(_ABOVE)],
        )
        self.tell(plan)
        self.tell(WorkshopHeld(name, day(4)))

    def visit(self) -> None:
        visit, office = derived_id("visit", str(len(self.told))), self.place()
        self.tell(GuestCame(office, "kiosk", "fr"), id_=visit)
        if self.draw(some.booleans()):
            length = GuestVisited(office, "kiosk", 3, 2, "fr", visit)
            self.tell(length, id_=derived_id(visit, GuestVisited.kind))

    def imported(self) -> None:
        imported = derived_id("import", str(len(self.told)))
        where = self.place(_ABOVE)
        self.tell(RosterImported(where, "00", 3, {"new": 3}), id_=imported)
        if self.draw(some.booleans()):
            self.tell(RosterUndone(where, imported, 3, 0))

    def certificate(self) -> None:
        person, serial = self.person(), f"C-{len(self.told)}"
        issued = CertificateIssued(
            person, serial, "s3", self.edition, "a", "b", day(1), 100, 90, ["x"]
        )
        self.tell(issued)
        if self.draw(some.booleans()):
            self.tell(CertificateRevoked(person, serial, "fraud"))

    def correction(self) -> None:
        person, asked = self.person(), derived_id("asked", str(len(self.told)))
        self.tell(CorrectionAsked(person, "name"), id_=asked)
        self.tell(CorrectionAnswered(self.person(), asked, self.draw(some.booleans())))

    def something(self) -> None:
        """One of all that may happen."""
        bigger = (
            self.late_office,
            self.completion,
            self.completion,
            self.visit,
            self.imported,
            self.certificate,
            self.correction,
        )
        act = self.pick((*bigger, *[None] * 24))
        if act:
            act()
        else:
            self.tell(self._event(self.person(), self.place(), self.day()))

    def _event(self, person: str, office: str, on: str) -> Event:
        other = self.pick([each for each in PEOPLE if each != person])
        above, path, flag = self.place(_ABOVE), self.pick(("p0", "p1")), self.draw(some.booleans())
        pair = (min(person, other), max(person, other))
        sitting, role = self.pick(("d0", "d4")), self.pick(("participant", "resource"))
        events: tuple[Event, ...] = (
            LearnerMoved(person, office, self.pick(("employee", "contract")), on),
            LearnerMoved(person, office, "employee", on),
            AssignmentBegun(person, office, self.pick(("employee", "contract")), on),
            AssignmentEnded(person, office, on),
            PositionGiven(person, "helper", self.pick((office, above)), on),
            PositionWithdrawn(person, "helper", self.pick((office, above)), on),
            OrganisationMoved(self.place(_OFFICES[1:]), above, on),
            OrganisationMoved(organisation_id("CI-OP-ABJ"), organisation_id("KE-OP"), on),
            LearnerChanged(person, self.pick(("male", None)), 1985, "en"),
            LearnerClosed(person, "left"),
            LearnerReopened(person),
            ErasureAsked(person, on),
            LearnerErased(person) if flag else LearnerReopened(person),
            LearnerMerged(person, other),
            LearnerMerged(person, other),
            MergeProposed(*pair, "phone"),
            MergeDeclined(*pair),
            TrainingDeclared(person, "Parcels", on, 90, None, self.pick(("s3", None))),
            AssistanceGiven(person, other, office, 12),
            LearnerEnrolled(person, above, course="s3", due=on),
            LearnerEnrolled(person, above, target=path, due=on),
            LearnerUnenrolled(person, above, target=path),
            LearnerReminded(person, "page", 1, 0),
            PathDefined(path, above, "c", "d", ["parcels"]),
            PathWithdrawn(path, above),
            RuleSet(path, self.pick((above, office)), self.pick(_WHO), 2),
            RuleWithdrawn(path, above, self.pick(_WHO)),
            CardIssued(person, office, f"N-{person}"),
            CardWithdrawn(person, office, f"N-{person}"),
            DeviceEnrolled(office, f"kiosk of {office}", "Counter 1"),
            DeviceWithdrawn(office, f"kiosk of {office}"),
            HeadcountReturned(above, on, 10, 4),
            AuditNoted(person, "person.moved", office),
            ParticipantExpected(person, "w0", above, role),
            ParticipantRemoved(person, "w0"),
            AttendanceTaken(person, "w0", sitting, flag, above, role),
            AttendanceTaken(person, "w0", sitting, True, above, role),
            WorkshopCancelled("w0", "rain") if flag else WorkshopHeld("w0", day(4)),
        )
        event: Event = self.pick(events)
        return event

    def void(self) -> None:
        on, target = self.pick(self.told)
        self.tell(EventVoided(target.id, "mistake"), self.draw(some.integers(on, DAYS)))


@some.composite
def everything(draw: Any, edition: str, most: int = 14) -> list[tuple[int, Happened]]:
    """(day on which it is recorded, what), by day."""
    teller = Everything(draw, edition, [])
    teller.beginnings()
    for _ in range(draw(some.integers(1, most))):
        teller.something()
    for _ in range(draw(some.integers(0, 3))):
        teller.void()
    return sorted(teller.told, key=lambda each: each[0])
