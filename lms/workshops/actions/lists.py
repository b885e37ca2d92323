"""Who is expected."""

from collections.abc import Mapping
from datetime import datetime

from lms.base.ids import derived_id
from lms.record.actions import record
from lms.record.events import Actor, Channel, Happened
from lms.workshops.actions.before import open_workshop
from lms.workshops.events import ParticipantExpected, ParticipantRemoved
from lms.workshops.rules import ROLES
from lms.workshops.rules.refusals import DelegationMissing, RoleUnknown


def expect_people(
    *,
    workshop: str,
    people_of: Mapping[str, str],
    role: str,
    by: Actor,
    at: datetime,
    ticket: str,
    channel: Channel = "web",
) -> int:
    """Puts people on the list, each sent by an organisation (learner → id); returns how many
    entries are new. Who is on the list already gets this role and sender."""
    open_workshop(workshop)
    if role not in ROLES:
        raise RoleUnknown
    if not all(people_of.values()):
        raise DelegationMissing
    happenings = [
        Happened(
            ParticipantExpected(learner, workshop, sender, role),
            derived_id(ticket, workshop, learner, sender, role),
            by,
            at,
            channel,
        )
        for learner, sender in people_of.items()
    ]
    return len(record(happenings)) if happenings else 0


def remove_person(*, workshop: str, learner: str, by: Actor, at: datetime, event_id: str) -> None:
    """The person is no longer expected; who came stays on the list."""
    open_workshop(workshop)
    record([Happened(ParticipantRemoved(learner, workshop), event_id, by, at)])
