"""Folds the tree of organisations."""

import json
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text, now
from lms.base.database import db
from lms.people.events import (
    ORGANISATION_KINDS,
    OrganisationAdded,
    OrganisationMoved,
)
from lms.people.tables import OrganisationRow
from lms.record.events import Stored
from lms.record.queries import events_about

_TREE = "tree"


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
