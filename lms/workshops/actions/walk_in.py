"""Somebody stands at the door and is not on the list."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lms.base.ids import derived_id
from lms.people import queries as people
from lms.people.actions import register_person
from lms.people.rules import Organisation, Person, fold_text
from lms.record.actions import record
from lms.record.events import Actor, Channel, Happened
from lms.workshops.actions.before import open_workshop, today_of
from lms.workshops.events import AttendanceTaken, ParticipantExpected
from lms.workshops.queries import current_sitting, participants_of
from lms.workshops.rules import PARTICIPANT, ROLES, Line, line_from
from lms.workshops.rules.refusals import (
    DelegationMissing,
    FamilyNameMissing,
    NumberOfSomebodyElse,
    NumberShared,
    NumberUnknown,
    RoleUnknown,
    TooEarlyForRoll,
)


@dataclass(frozen=True, slots=True)
class Door:
    """Where and in what the people of the lines belong: `sender` is the office or the state that
    sends them, and in which a person who is new is registered. People of a demonstration workshop
    are of the demonstration themselves."""

    sender: str
    role: str = PARTICIPANT
    employment: str = "employee"
    language: str = "fr"
    demo: bool = False


def add_walk_in(
    *,
    workshop: str,
    sitting: str,
    line: str,
    door: Door,
    by: Actor,
    at: datetime,
    ticket: str,
    channel: Channel = "web",
) -> str:
    """One person, typed in one line, was at the sitting; returns who it is.

    Found by staff or card number, or by name among those on the list; else registered. Refuses a
    number that belongs to another name, or to several people.
    """
    known = open_workshop(workshop)
    of_day = current_sitting(known, sitting)
    today = today_of(known, at)
    if of_day.on > today + timedelta(days=1):
        raise TooEarlyForRoll
    door = replace(door, demo=door.demo or known.demo)
    learner = _person_of(workshop, line, door, by, at, ticket, channel)
    listed = next((p for p in participants_of(workshop) if p.learner == learner), None)
    if listed and sitting in listed.present_at:
        return learner
    event = AttendanceTaken(
        learner=learner,
        workshop=workshop,
        sitting=sitting,
        present=True,
        accredited_by=listed.accredited_by if listed else door.sender,
        role=listed.role if listed else door.role,
        late_entry=today > of_day.on,
    )
    record([Happened(event, derived_id(ticket, learner, sitting, "present"), by, at, channel)])
    return learner


def expect_typed(
    *,
    workshop: str,
    lines: Collection[str],
    door: Door,
    by: Actor,
    at: datetime,
    ticket: str,
    channel: Channel = "web",
) -> list[str]:
    """Puts the people of the lines on the list, registering those who are new; who they are."""
    known = open_workshop(workshop)
    door = replace(door, demo=door.demo or known.demo)
    found = [_person_of(workshop, line, door, by, at, ticket, channel) for line in lines]
    happenings = [
        Happened(
            ParticipantExpected(learner, workshop, door.sender, door.role),
            derived_id(ticket, workshop, learner, door.sender, door.role),
            by,
            at,
            channel,
        )
        for learner in dict.fromkeys(found)
    ]
    record(happenings)
    return found


def _person_of(
    workshop: str, text: str, door: Door, by: Actor, at: datetime, ticket: str, channel: Channel
) -> str:
    line = line_from(text)
    sender = people.find_organisation(door.sender)
    if sender is None:
        raise DelegationMissing
    if door.role not in ROLES:
        raise RoleUnknown
    found = _numbered(line, sender) if line.number else _on_the_list(workshop, line)
    if found is not None:
        return found
    if not line.given_name or not line.family_name:
        raise NumberUnknown(number=line.number[:40])
    return register_person(
        given_name=line.given_name,
        family_name=line.family_name,
        staff_number=line.number,
        office=door.sender,
        employment=door.employment,
        language=door.language,
        demo=door.demo,
        by=by,
        at=at,
        channel=channel,
        event_id=derived_id(ticket, "walk-in", fold_text(text)),
    )


def _numbered(line: Line, sender: Organisation) -> str | None:
    found = people.people_numbered(line.number)
    if len(found) > 1:
        near = _same_state(found, sender)
        found = near or found
    if len(found) > 1:
        raise NumberShared(number=line.number[:40])
    if not found:
        return None
    if line.family_name and not _may_be(line, found[0]):
        raise NumberOfSomebodyElse(number=line.number[:40])
    return found[0].id


def _same_state(found: list[Person], sender: Organisation) -> list[Person]:
    root = "/".join(sender.path.split("/")[:2]) + "/"
    offices = people.organisations_with_ids({person.office for person in found})
    return [
        person
        for person in found
        if person.office in offices and offices[person.office].path.startswith(root)
    ]


def _may_be(line: Line, person: Person) -> bool:
    typed = set(fold_text(f"{line.given_name} {line.family_name}").split())
    return bool(typed & set(fold_text(person.name).split()))


def _on_the_list(workshop: str, line: Line) -> str | None:
    wanted = sorted(fold_text(f"{line.given_name} {line.family_name}").split())
    if not wanted:
        raise FamilyNameMissing(line="")
    same = [
        each.learner
        for each in participants_of(workshop)
        if each.person and sorted(fold_text(each.person.name).split()) == wanted
    ]
    return same[0] if len(same) == 1 else None
