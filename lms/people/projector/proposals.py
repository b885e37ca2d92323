"""Folds who was thought to be one person, and what was decided."""

from collections.abc import Iterable

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.events import PROPOSAL_KINDS, MergeDeclined, MergeProposed
from lms.people.tables import ProposalRow
from lms.record.aliases import canonical_of
from lms.record.events import Stored
from lms.record.queries import events_of_anybody, stored_from

Pair = tuple[str, str]


class Proposals:
    """One key: the pair as it was proposed, smaller id first, whatever was merged since."""

    name = "proposals"
    kinds = PROPOSAL_KINDS

    def keys(self, stored: Stored) -> Iterable[Pair]:
        """The pair."""
        pair = _pair(stored)
        return [pair] if pair else []

    def recompute(self, key: Pair) -> None:
        """Replaces one proposal."""
        session = db.session()
        name = derived_id(*key)
        session.execute(delete(ProposalRow).where(ProposalRow.id == name))
        told = [stored_from(*each) for each in events_of_anybody(key)]
        told = [s for s in told if s.kind in self.kinds and _pair(s) == key]
        told.sort(key=lambda s: (s.at, s.id))
        first = _proposed(told)
        if first is None:
            return
        session.add(
            ProposalRow(
                id=name,
                learner=key[0],
                other=key[1],
                why=first.event.why if isinstance(first.event, MergeProposed) else "",
                proposed_by=first.actor or "",
                at=as_text(first.at),
                state="merged" if canonical_of(key[0]) == canonical_of(key[1]) else _state(told),
            )
        )

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(ProposalRow))


def _pair(stored: Stored) -> Pair | None:
    first, second = stored.body["learner"], stored.body["object"].get("other")
    return (min(first, second), max(first, second)) if first and second else None


def _proposed(told: list[Stored]) -> Stored | None:
    """The proposal that waits or waited last: the first one since they were last declared two. Who
    were declared two without a proposal are not proposed by the site any more."""
    found: Stored | None = None
    declined = False
    for stored in told:
        if isinstance(stored.event, MergeDeclined):
            found, declined = found or stored, True
        elif isinstance(stored.event, MergeProposed) and (found is None or declined):
            found, declined = stored, False
    return found


def _state(told: list[Stored]) -> str:
    said = [s for s in told if isinstance(s.event, MergeProposed | MergeDeclined)]
    return "declined" if isinstance(said[-1].event, MergeDeclined) else "open"
