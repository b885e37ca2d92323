"""Short ways to make things in tests. Everything goes through the rooms' own doors."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.courses.actions import publish_course, ready_folder
from lms.people.actions import add_organisations, give_position, register_person
from lms.people.events import OrganisationAdded
from lms.people.importing import organisation_id
from lms.record.actions import record
from lms.record.events import SYSTEM, Actor, Event, Happened

SPRING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_event(
    event: Event, *, at: datetime = SPRING, event_id: str | None = None, by: Actor = SYSTEM
) -> Happened:
    """An event that is about to be recorded."""
    return Happened(event, event_id or new_id(), by, at)


def keep(*happenings: Happened) -> list[str]:
    """Records in a transaction of its own; the new ids."""
    with writing():
        new = record(list(happenings))
    db.session.rollback()
    return new


def publish(folder: Path, note: str = "") -> str:
    """Publishes a course folder; its slug."""
    with writing():
        edition = publish_course(
            ready=ready_folder(folder),
            note=note,
            by=SYSTEM,
            event_id=new_id(),
            at=SPRING,
            channel="command",
        )
    db.session.rollback()
    return edition.slug


def make_organisation(code: str, level: str, parent: str | None, **facts: Any) -> OrganisationAdded:
    """An organisation with the code as its name."""
    return OrganisationAdded(
        organisation=organisation_id(code),
        code=code,
        level=level,
        parent=organisation_id(parent) if parent else None,
        name_fr=f"{code} (fr)",
        name_en=f"{code} (en)",
        **facts,
    )


def make_tree() -> dict[str, str]:
    """Code → id: UPAP > CI > CI-OP > CI-OP-ABJ > -01 (urban), -02 (rural); UPAP > KE > KE-OP >
    KE-OP-NBO-01; and Rwanda, which observes."""
    tree = [
        make_organisation("UPAP", "union", None),
        make_organisation("CI", "state", "UPAP", country="CI", subregion="West"),
        make_organisation("CI-OP", "operator", "CI", country="CI"),
        make_organisation("CI-OP-ABJ", "region", "CI-OP", country="CI"),
        make_organisation("CI-OP-ABJ-01", "office", "CI-OP-ABJ", country="CI", area="urban"),
        make_organisation("CI-OP-ABJ-02", "office", "CI-OP-ABJ", country="CI", area="rural"),
        make_organisation("KE", "state", "UPAP", country="KE", subregion="East"),
        make_organisation("KE-OP", "operator", "KE", country="KE"),
        make_organisation("KE-OP-NBO-01", "office", "KE-OP", country="KE", area="urban"),
        make_organisation("RW", "state", "UPAP", country="RW", membership="observer"),
    ]
    with writing():
        add_organisations(tree, by=SYSTEM, at=SPRING)
    db.session.rollback()
    return {each.code: each.organisation for each in tree}


def make_person(
    *,
    office: str,
    position: str = "learner",
    at: str = "",
    registered_at: datetime = SPRING,
    **facts: Any,
) -> str:
    """A person with a name of their own; with `position` they may act at the organisation `at`."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "given_name": f"Ama{number}",
        "family_name": "Essai",
        "employment": "employee",
        "sex": "female",
        "birth_year": 1990,
        "staff_number": f"S{number:04d}",
        **facts,
    }
    with writing():
        person = register_person(office=office, by=SYSTEM, at=registered_at, **given)
        if position != "learner":
            give_position(
                person=person,
                position=position,
                organisation=at or office,
                on=registered_at.date().isoformat(),
                by=SYSTEM,
                at=registered_at,
            )
    db.session.rollback()
    return person
