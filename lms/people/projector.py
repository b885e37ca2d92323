"""Folds events into the tree of organisations, the learners and their positions."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete

from lms.base.clock import as_text, now
from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.events import (
    LEARNER_KINDS,
    ORGANISATION_KINDS,
    POSITION_KINDS,
    LearnerRegistered,
    OrganisationAdded,
    OrganisationMoved,
    PositionGiven,
    PositionWithdrawn,
)
from lms.people.rules import profile_on
from lms.people.tables import LearnerRow, OrganisationRow, PositionRow
from lms.record.events import Stored
from lms.record.queries import events_about, events_of_learners

_TREE = "tree"
_MANY = 400


class Organisations:
    """The tree is small and its paths depend on each other, so it is folded as a whole."""

    name = "organisations"
    kinds = ORGANISATION_KINDS

    def keys(self, _stored: Stored) -> Iterable[str]:
        """One key: the tree."""
        return [_TREE]

    def recompute(self, _key: str) -> None:
        """Replaces the tree."""
        added: dict[str, tuple[Stored, OrganisationAdded]] = {}
        moves: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for stored in sorted(events_about(kinds=self.kinds), key=lambda s: (s.at, s.id)):
            if isinstance(stored.event, OrganisationAdded):
                added.setdefault(stored.event.organisation, (stored, stored.event))
            elif isinstance(stored.event, OrganisationMoved):
                move = stored.event
                moves[move.organisation].append((move.on, stored.id, move.parent))
        self.clear()
        today = as_text(now())[:10]
        parents = {key: _parent_on(e.parent, moves[key], today) for key, (_, e) in added.items()}
        for key, (_, event) in added.items():
            db.session().add(_row(event, _path(key, parents), parents[key], moves[key]))

    def clear(self) -> None:
        """Empties the tree."""
        db.session().execute(delete(OrganisationRow))


def _parent_on(first: str | None, moves: list[tuple[str, str, str]], day: str) -> str | None:
    done = [move for move in moves if move[0] <= day]
    return max(done)[2] if done else first


def _path(key: str, parents: dict[str, str | None]) -> str:
    steps: list[str] = []
    here: str | None = key
    while here is not None and here not in steps and here in parents:
        steps.append(here)
        here = parents[here]
    return "".join(f"{step}/" for step in reversed(steps))


def _row(
    event: OrganisationAdded, path: str, parent: str | None, moves: list[tuple[str, str, str]]
) -> OrganisationRow:
    dated = [["", event.parent], *([on, to] for on, _, to in sorted(moves))]
    return OrganisationRow(
        id=event.organisation,
        code=event.code,
        level=event.level,
        parent=parent,
        path=path,
        moves=json.dumps(dated),
        name_fr=event.name_fr,
        name_en=event.name_en,
        country=event.country,
        subregion=event.subregion,
        confidence=event.confidence,
        area=event.area,
        membership=event.membership,
        demo=event.demo,
    )


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
            session.add_all(row for row in rows if row is not None)
            session.flush()

    def clear(self) -> None:
        """Empties the learners."""
        db.session().execute(delete(LearnerRow))


def _learner_row(key: str, events: Sequence[Stored]) -> LearnerRow | None:
    profile = profile_on(events, now())
    if profile is None:
        return None
    registered = [s for s in events if isinstance(s.event, LearnerRegistered)]
    first = min(registered, key=lambda s: (s.at, s.id))
    assert isinstance(first.event, LearnerRegistered)
    return LearnerRow(
        id=key,
        number=first.event.number,
        office=profile.office,
        employment=profile.employment,
        sex=profile.sex,
        birth_year=profile.birth_year,
        language=profile.language,
        demo=profile.demo,
        registered_at=as_text(first.at),
    )


class Positions:
    """Who may act as what, where, from when until when."""

    name = "positions"
    kinds = POSITION_KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The learner who holds the position."""
        return [stored.learner] if stored.learner else []

    def recompute(self, key: str) -> None:
        """Replaces the positions of one person."""
        session = db.session()
        session.execute(delete(PositionRow).where(PositionRow.learner == key))
        days: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        for stored in events_about(learner=key, kinds=self.kinds):
            event = stored.event
            if isinstance(event, PositionGiven | PositionWithdrawn):
                given = isinstance(event, PositionGiven)
                mark = (event.on, stored.at, stored.id, given)
                days[event.position, event.organisation].append(mark)
        for (position, organisation), marks in days.items():
            for since, until in _periods(sorted(marks)):
                session.add(
                    PositionRow(
                        id=derived_id(key, position, organisation, since),
                        learner=key,
                        position=position,
                        organisation=organisation,
                        since=since,
                        until=until,
                    )
                )

    def clear(self) -> None:
        """Empties the positions."""
        db.session().execute(delete(PositionRow))


Mark = tuple[str, datetime, str, bool]
"""(day from which it holds, when it was said, id, whether given): of one day the last word holds"""


def _periods(marks: list[Mark]) -> list[tuple[str, str]]:
    periods: list[tuple[str, str]] = []
    since = ""
    for day, _at, _id, given in marks:
        if given and not since:
            since = day
        elif not given and since:
            if day > since:
                periods.append((since, day))
            since = ""
    return [*periods, (since, "")] if since else periods


PROJECTORS = (Organisations(), Learners(), Positions())
