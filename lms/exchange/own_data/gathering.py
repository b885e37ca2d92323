"""Gathers what is kept about one person, whole and as it stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from lms.base.clock import as_text
from lms.certificates.queries import certificates_of
from lms.people import queries as people
from lms.people.access.queries import find_second_step
from lms.people.audit.events import AuditNoted
from lms.people.corrections.queries import corrections_of
from lms.people.events import MergeDeclined, MergeProposed
from lms.people.functioning.queries import told_by
from lms.people.queries.duplicates import record_of
from lms.people.rules import PersonUnknown
from lms.record.aliases import aliases_of
from lms.record.events import Stored
from lms.record.queries import events_about

FORMAT: Final = "relais-my-data/1"
_OF_OTHERS: Final = frozenset({MergeProposed.kind, MergeDeclined.kind})
"""What names another person beside this one: it is that person's too, so it stays here."""
_OTHER_PEOPLE: Final = frozenset({"helper", "facilitator"})


def own_data(person: str, at: datetime) -> dict[str, Any]:
    """What is kept, for a machine to read: names, answers, and each event about the person.

    Other people stand in it as "somebody else" only; secrets (a password, a PIN) not at all.
    """
    found = people.find_person(person)
    if found is None:
        raise PersonUnknown
    mine = aliases_of(found.id)
    told = sorted(events_about(learner=found.id), key=lambda s: (s.at, s.id))
    return {
        "format": FORMAT,
        "made_at": as_text(at),
        "registered_as": [_registered(each) for each in mine],
        "second_step": find_second_step(found.id) is not None,
        "functioning": _functioning(found.id),
        "corrections": _corrections(found.id),
        "certificates": [each.shown for each in certificates_of(found.id, at=at)],
        "events": [_event(each, mine) for each in told if each.kind not in _OF_OTHERS],
    }


def _registered(person: str) -> dict[str, Any]:
    record = record_of(person)
    if record is None:
        return {"id": person}
    return {
        "id": person,
        "name": record.name,
        "number": record.number,
        "staff_number": record.staff_number,
        "email": record.email,
        "phone": record.phone,
    }


def _functioning(person: str) -> dict[str, Any] | None:
    told = told_by(person)
    if told is None:
        return None
    return {
        "answers": dict(told.answers),
        "told_at": as_text(told.at),
        "agreed_to_version": told.consent,
        "language": told.language,
    }


def _corrections(person: str) -> list[dict[str, Any]]:
    return [
        {
            "about": each.about,
            "text": each.text,
            "asked_at": as_text(each.asked_at),
            "state": each.state,
            "answer": each.answer,
        }
        for each in corrections_of(person)
    ]


def _event(stored: Stored, mine: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": stored.id,
        "kind": stored.kind,
        "at": as_text(stored.at),
        "by": _who(stored, mine),
        "through": stored.body["via"]["channel"],
        "about": dict(stored.body["object"]),
        "data": _told(stored, mine),
    }


def _who(stored: Stored, mine: tuple[str, ...]) -> str:
    if stored.actor is None:
        return "the site"
    return "yourself" if stored.actor in mine else "somebody else"


def _told(stored: Stored, mine: tuple[str, ...]) -> dict[str, Any]:
    """An audit note says what was done: its detail may name another person."""
    if isinstance(stored.event, AuditNoted):
        return {"action": stored.event.action}
    return _without_others(stored.body["data"], mine)


def _without_others(data: Mapping[str, Any], mine: tuple[str, ...]) -> dict[str, Any]:
    told = {
        name: "somebody else" if name in _OTHER_PEOPLE and value and value not in mine else value
        for name, value in data.items()
    }
    return told | {"assisted": bool(data["helper"])} if "helper" in data else told
