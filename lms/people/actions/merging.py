"""One person who came into being twice: one proposes, another decides; nothing is rewritten."""

from datetime import datetime

from lms.base.ids import derived_id
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.audit.actions import note
from lms.people.events import MergeDeclined, MergeProposed
from lms.people.queries.duplicates import find_proposal, merges_between
from lms.people.rosters.queries import erased_among
from lms.record.actions import record
from lms.record.aliases import canonical_of
from lms.record.events import Actor, EventVoided, Happened, LearnerMerged


class SamePerson(Refusal):
    says = sentence("These two numbers already belong to one person. There is nothing to merge.")


class NoProposal(Refusal):
    says = sentence("Nobody has proposed to merge these two people. Propose it first.")


class OneNameWasRemoved(Refusal):
    """Whoever is erased stays erased, and with them whoever is declared the same person."""

    says = sentence(
        "The name of one of these two was removed at their wish. To merge them would remove the "
        "other name too, so nothing was done."
    )


class AnotherMustConfirm(Refusal):
    says = sentence(
        "You proposed this yourself, so somebody else must confirm it. Ask a colleague who may."
    )


class NotMerged(Refusal):
    says = sentence("These two people are not merged, so there is nothing to part.")


def propose_merge(
    *, learner: str, other: str, why: str, by: Actor, at: datetime, event_id: str
) -> None:
    """Says that two registered persons may be one."""
    if canonical_of(learner) == canonical_of(other):
        raise SamePerson
    first, second = sorted((learner, other))
    record([Happened(MergeProposed(first, second, why), event_id, by, at)])
    _noted("merge.proposed", first, second, by, at, event_id)


def confirm_merge(*, learner: str, other: str, by: Actor, at: datetime, event_id: str) -> None:
    """Merges two persons whom somebody else proposed to merge."""
    proposal = find_proposal(learner, other)
    if proposal is None or proposal.state != "open":
        raise NoProposal
    if by.person and canonical_of(proposal.proposed_by) == canonical_of(by.person):
        raise AnotherMustConfirm
    if erased_among({canonical_of(each) for each in (learner, other)}):
        raise OneNameWasRemoved
    record([Happened(LearnerMerged(proposal.learner, proposal.other), event_id, by, at)])
    _noted("person.merged", proposal.learner, proposal.other, by, at, event_id)


def decline_merge(*, learner: str, other: str, by: Actor, at: datetime, event_id: str) -> None:
    """They are two persons: a proposal is closed, or none need be made."""
    proposal = find_proposal(learner, other)
    if proposal is not None and proposal.state != "open":
        raise NoProposal
    first, second = sorted((learner, other))
    record([Happened(MergeDeclined(first, second), event_id, by, at)])
    _noted("merge.declined", first, second, by, at, event_id)


def part_again(
    *, learner: str, other: str, why: str, by: Actor, at: datetime, event_id: str
) -> None:
    """Undoes a merge: what each of them did is theirs again."""
    merges = merges_between(learner, other)
    if not merges:
        raise NotMerged
    first, second = sorted((learner, other))
    voids = [
        Happened(EventVoided(merge, "wrong person", why), derived_id(event_id, merge), by, at)
        for merge in merges
    ]
    record([*voids, Happened(MergeDeclined(first, second), event_id, by, at)])
    _noted("merge.undone", first, second, by, at, event_id)


def _noted(action: str, learner: str, other: str, by: Actor, at: datetime, event_id: str) -> None:
    note(
        action,
        by=by,
        at=at,
        learner=learner,
        detail={"other": other},
        event_id=derived_id("noted", event_id),
    )
