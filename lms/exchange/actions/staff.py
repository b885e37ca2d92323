"""Writing a list of staff: events for facts, the erasable table for names, and what is needed to
take it back."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert

from lms.base.clock import as_text
from lms.base.database import db
from lms.base.ids import derived_id
from lms.base.jobs import Progress
from lms.exchange.actions.planning import operator_above
from lms.exchange.actions.remembering import person_of, remember
from lms.exchange.queries import Draft
from lms.exchange.rules.differences import Planned
from lms.exchange.rules.lines import WRITTEN
from lms.exchange.tables import RosterChangeRow
from lms.people.actions import number_for
from lms.people.events import LearnerChanged, LearnerMoved, LearnerRegistered
from lms.people.rosters.actions import write_names
from lms.people.rosters.queries import names_of
from lms.people.rosters.rules import Names
from lms.people.rules import Organisation, clean_login
from lms.people.sounds import clean_phone
from lms.record.actions import record
from lms.record.events import Actor, Event, Happened
from lms.record.queries import events_of_learners

_MANY: Final = 500
_FACTS: Final = ("sex", "birth_year", "language")
_NAMES: Final = ("given_name", "family_name", "staff_number", "email", "phone")


def write_staff(
    plan: Sequence[Planned],
    imported: str,
    unit: Organisation,
    draft: Draft,
    by: Actor,
    at: datetime,
    progress: Progress,
) -> None:
    """Writes every row that is new, moved or changed, in the present transaction."""
    operator = operator_above(unit)
    named = {p.line.staff_number: p.line.person for p in plan if p.line.person and p.row}
    remember(operator.id, named)
    todo = [planned for planned in plan if planned.line.state in WRITTEN]
    for start in range(0, len(todo), _MANY):
        progress(start, len(todo))
        some = todo[start : start + _MANY]
        _Batch(imported, operator.id, draft, by, at).write(some)
    progress(len(todo), len(todo))


class _Batch:
    """Some hundred rows, written together."""

    def __init__(self, imported: str, operator: str, draft: Draft, by: Actor, at: datetime) -> None:
        self.imported, self.operator, self.draft = imported, operator, draft
        self.by, self.at = by, at

    def write(self, some: Sequence[Planned]) -> None:
        """Events, then names, then how to take them back."""
        persons = {id(each): self._person(each) for each in some}
        before = names_of(set(persons.values()))
        moving = [each.line.person for each in some if each.moves_on]
        last_moves = _last_moves(moving, self.at.date().isoformat())
        happenings: list[Happened] = []
        names: list[Names] = []
        changes: list[dict[str, Any]] = []
        for planned in some:
            person = persons[id(planned)]
            made = list(self._happenings(planned, person, last_moves.get(person, "")))
            after = _names_after(planned, person, before.get(person))
            happenings += made
            if after != before.get(person):
                names.append(after)
            changes.append(self._change(planned, person, made, before.get(person), after))
        record(happenings)
        write_names(names)
        db.session().execute(insert(RosterChangeRow), changes)

    def _person(self, planned: Planned) -> str:
        return planned.line.person or person_of(self.operator, planned.line.staff_number)

    def _happened(self, event: Event, person: str) -> Happened:
        return Happened(event, derived_id(self.imported, event.kind, person), self.by, self.at)

    def _happenings(self, planned: Planned, person: str, moved_last: str) -> Iterator[Happened]:
        if planned.line.state == "new":
            yield self._registered(planned, person)
            return
        facts = planned.changes(_FACTS)
        if facts:
            year = facts.get("birth_year")
            change = LearnerChanged(
                person, facts.get("sex"), int(year) if year else None, facts.get("language")
            )
            yield self._happened(change, person)
        if planned.moves_on and planned.known:
            on = planned.moves_on.isoformat()
            if on < moved_last:  # a day before the last move would change nothing
                on = self.at.date().isoformat()
            employment = planned.changes(["employment"]).get("employment")
            moved = LearnerMoved(person, planned.office, employment or planned.known.employment, on)
            yield self._happened(moved, person)

    def _registered(self, planned: Planned, person: str) -> Happened:
        facts = planned.changes([each.field for each in planned.line.changes])
        event_id = derived_id(self.imported, LearnerRegistered.kind, person)
        year = facts.get("birth_year")
        registered = LearnerRegistered(
            learner=person,
            number=number_for(event_id),
            office=facts["office"],
            employment=facts["employment"],
            sex=facts.get("sex", ""),
            birth_year=int(year) if year else None,
            language=facts.get("language") or self.draft.language,
            demo=self.draft.demo,
        )
        return Happened(registered, event_id, self.by, self.at)

    def _change(
        self,
        planned: Planned,
        person: str,
        made: Sequence[Happened],
        before: Names | None,
        after: Names,
    ) -> dict[str, Any]:
        old = asdict(before) if before and after != before else None
        new = asdict(after) if after != before else None
        return {
            "imported": self.imported,
            "person": person,
            "state": planned.line.state,
            "events": json.dumps([happened.id for happened in made]),
            "names": json.dumps([old, new], ensure_ascii=False),
            "at": as_text(self.at),
            "kept_because": "",
        }


def _names_after(planned: Planned, person: str, before: Names | None) -> Names:
    changed = planned.changes(_NAMES)
    old = asdict(before) if before else dict.fromkeys(_NAMES, "")
    if planned.line.state == "new":
        old["staff_number"] = planned.line.staff_number
    values = {name: changed.get(name, old[name]) for name in _NAMES}
    values["email"] = clean_login(values["email"])
    telephone = changed.get("phone")
    if telephone:
        values["phone"] = clean_phone(telephone)
    else:
        telephone = before.telephone if before else ""
    return Names(person=person, **values, telephone=telephone)


def _last_moves(persons: Sequence[str], today: str) -> dict[str, str]:
    """Person → the day of their latest move until today."""
    found: dict[str, str] = {}
    for person, history in events_of_learners(persons, {LearnerMoved.kind}).items():
        days = [s.event.on for s in history if isinstance(s.event, LearnerMoved)]
        found[person] = max((day for day in days if day <= today), default="")
    return found
