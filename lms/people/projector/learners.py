"""Folds what persons are."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy import delete, insert, update

from lms.base.clock import as_text, now
from lms.base.database import db
from lms.people.access.tables import AccessCodeRow, MailRow, RecoveryCodeRow, SecondStepRow
from lms.people.cards.tables import PinRow
from lms.people.corrections.tables import CorrectionTextRow
from lms.people.events import (
    LEARNER_KINDS,
    LearnerClosed,
    LearnerErased,
    LearnerRegistered,
    LearnerReopened,
)
from lms.people.functioning.tables import FunctioningRow
from lms.people.rules import profile_on
from lms.people.tables import CredentialRow, LearnerRow, NumberRow, PersonRow
from lms.record.aliases import aliases_of, canonical_among, members_of
from lms.record.events import Stored
from lms.record.queries import events_of_learners

_MANY = 400

SECRETS: Final = (
    CredentialRow,
    PinRow,
    AccessCodeRow,
    MailRow,
    RecoveryCodeRow,
    SecondStepRow,
    CorrectionTextRow,
    FunctioningRow,
)
"""What somebody signs in with, typed or told in confidence: it goes with the names."""

NO_NAMES = {
    "given_name": "",
    "family_name": "",
    "staff_number": "",
    "email": "",
    "phone": "",
    "telephone": "",
    "sound": "",
    "search": "",
}


class Learners:
    """One row a person: what their events say today."""

    name = "learners"
    kinds = LEARNER_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learner."""
        return [stored.learner] if stored.learner else []

    def recompute(self, key: str) -> None:
        """Replaces the learner's row."""
        self.recompute_many([key])

    def keys_of_many(self, seen: Sequence[Stored]) -> Iterable[str]:
        """The learners."""
        return [stored.learner for stored in seen if stored.learner]

    def recompute_many(self, keys: Collection[str]) -> None:
        """Replaces the learners' rows."""
        session = db.session()
        wanted = list(keys)
        for start in range(0, len(wanted), _MANY):
            some = wanted[start : start + _MANY]
            session.execute(delete(LearnerRow).where(LearnerRow.id.in_(some)))
            histories = events_of_learners(some, self.kinds)
            rows = [_learner_row(key, events) for key, events in histories.items()]
            if known := [row for row in rows if row is not None]:
                session.execute(insert(LearnerRow), known)
            _keep_numbers(_ids_of(some), chain.from_iterable(histories.values()))
            for key, events in histories.items():
                if any(isinstance(stored.event, LearnerErased) for stored in events):
                    _forget(aliases_of(key))

    def clear(self) -> None:
        """Empties the learners."""
        db.session().execute(delete(LearnerRow))
        db.session().execute(delete(NumberRow))


def _learner_row(key: str, events: Sequence[Stored]) -> dict[str, Any] | None:
    profile = profile_on(events, now())
    if profile is None:
        return None
    registered = [s for s in events if isinstance(s.event, LearnerRegistered)]
    first = min(registered, key=lambda s: (s.at, s.id))
    assert isinstance(first.event, LearnerRegistered)
    erased = any(isinstance(stored.event, LearnerErased) for stored in events)
    return {
        "id": key,
        "number": first.event.number,
        "office": profile.office,
        "employment": profile.employment,
        "sex": profile.sex,
        "birth_year": profile.birth_year,
        "language": profile.language,
        "demo": profile.demo,
        "registered_at": as_text(first.at),
        "closed": erased or _is_closed(events),
        "erased": erased,
    }


def _is_closed(events: Sequence[Stored]) -> bool:
    said = [s for s in events if isinstance(s.event, LearnerClosed | LearnerReopened)]
    return bool(said) and isinstance(max(said, key=lambda s: (s.at, s.id)).event, LearnerClosed)


def _ids_of(keys: Collection[str]) -> set[str]:
    """Every id of those keys that are canonical; the others are told with theirs."""
    one = canonical_among(keys)
    return {*(key for key in keys if one.get(key, key) == key), *members_of(keys)}


def _keep_numbers(persons: Collection[str], events: Iterable[Stored]) -> None:
    session = db.session()
    session.execute(delete(NumberRow).where(NumberRow.person.in_(persons)))
    given = {
        (stored.event.number, stored.body["learner"])
        for stored in events
        if isinstance(stored.event, LearnerRegistered) and stored.body["learner"] in persons
    }
    if given:
        rows = [{"number": number, "person": person} for number, person in sorted(given)]
        session.execute(insert(NumberRow), rows)


def _forget(persons: Collection[str]) -> None:
    """What is erased stays erased: names and secrets that came back with an old copy go again."""
    session = db.session()
    for secret in SECRETS:
        session.execute(delete(secret).where(secret.person.in_(persons)))
    session.execute(update(PersonRow).where(PersonRow.id.in_(persons)).values(**NO_NAMES))
