"""Reading who may be one person, who was merged, and who asked for their name to be removed."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from lms.base.database import db
from lms.base.ids import derived_id
from lms.people.events import ErasureAsked
from lms.people.queries.organisations import within
from lms.people.tables import LearnerRow, OrganisationRow, ProposalRow
from lms.record.events import LearnerMerged, Stored
from lms.record.queries import events_about, events_of_anybody, stored_from


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two persons who may be one. `state` is open, merged or declined."""

    learner: str
    other: str
    why: str
    proposed_by: str
    at: str
    state: str


_PROPOSAL = select(
    ProposalRow.learner,
    ProposalRow.other,
    ProposalRow.why,
    ProposalRow.proposed_by,
    ProposalRow.at,
    ProposalRow.state,
)


def find_proposal(learner: str, other: str) -> Proposal | None:
    """What was proposed about two persons, in whichever order they are named."""
    name = derived_id(*sorted((learner, other)))
    row = db.session().execute(_PROPOSAL.where(ProposalRow.id == name)).one_or_none()
    return Proposal(*row) if row else None


def proposals_in(paths: Collection[str], *, state: str = "open") -> list[Proposal]:
    """Proposals of which one person at least belongs to the subtrees, the oldest first."""
    here = (
        select(LearnerRow.id)
        .join(OrganisationRow, OrganisationRow.id == LearnerRow.office)
        .where(within(OrganisationRow.path, paths))
    )
    either = or_(ProposalRow.learner.in_(here), ProposalRow.other.in_(here))
    statement = _PROPOSAL.where(ProposalRow.state == state, either).order_by(ProposalRow.at)
    return [Proposal(*row) for row in db.session().execute(statement)]


def merges_between(learner: str, other: str) -> list[str]:
    """The ids of the merge events that name these two, in whichever order."""
    told = [stored_from(*each) for each in events_of_anybody((learner, other))]
    return sorted(
        stored.id
        for stored in told
        if isinstance(stored.event, LearnerMerged)
        and {stored.body["learner"], stored.body["object"].get("other")} == {learner, other}
    )


def merges_of(person: str) -> list[Stored]:
    """Every merge that made the person one."""
    return events_about(learner=person, kinds={LearnerMerged.kind})


def erasures_asked() -> list[Stored]:
    """Every wish to have a name removed that was not taken back and is not done."""
    erased = set(db.session().scalars(select(LearnerRow.id).where(LearnerRow.erased)))
    asked = events_about(kinds={ErasureAsked.kind})
    return [stored for stored in asked if stored.learner not in erased]
