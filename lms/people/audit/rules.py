"""What is noted, in words, and which notes are technical."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from lms.base.language import Sentence, sentence

ACTIONS: Final[Mapping[str, Sentence]] = {
    "position.given": sentence("A position was given"),
    "assistance.begun": sentence("A helper joined a learner"),
    "position.withdrawn": sentence("A position was withdrawn"),
    "password.reset": sentence("A new password was given"),
    "password.chosen": sentence("A password was chosen with a code or a link"),
    "pin.reset": sentence("A PIN was reset"),
    "pin.code": sentence("A code to choose a PIN was given"),
    "invitation.sent": sentence("An invitation was put in the outgoing mail"),
    "sheet.printed": sentence("A sheet with a first code was printed"),
    "second-step.set": sentence("A second step of sign-in was set up"),
    "second-step.removed": sentence("A second step of sign-in was removed"),
    "second-step.reset": sentence("A second step of sign-in was removed by somebody above"),
    "sessions.ended": sentence("Sessions were ended"),
    "account.closed": sentence("An account was closed"),
    "account.reopened": sentence("An account was opened again"),
    "person.registered": sentence("A person was registered"),
    "person.moved": sentence("A person was moved"),
    "move.cancelled": sentence("A move that was planned was called off"),
    "merge.proposed": sentence("Two records were proposed as one person"),
    "merge.declined": sentence("Two records were declared two persons"),
    "person.merged": sentence("Two records were declared one person"),
    "merge.undone": sentence("Two records were separated again"),
    "learner.merged": sentence("Two records were declared one person"),
    "learner.erased": sentence("A person’s names were erased"),
    "erasure.asked": sentence("An erasure was asked for"),
    "erasure.proposed": sentence("An erasure was asked for on somebody’s behalf"),
    "erasure.confirmed": sentence("An erasure asked for on somebody’s behalf was confirmed"),
    "erasure.cancelled": sentence("An erasure was called off"),
    "correction.answered": sentence("A request for a correction was answered"),
    "office.begun": sentence("A further office was given to a person"),
    "office.ended": sentence("A further office of a person ended"),
    "card.issued": sentence("A card was issued"),
    "card.withdrawn": sentence("A card was withdrawn"),
    "device.code": sentence("A code for a new device was made"),
    "device.enrolled": sentence("A device was enrolled"),
    "device.withdrawn": sentence("A device was withdrawn"),
    "roster.imported": sentence("A roster was imported"),
    "roster.undone": sentence("A roster import was undone"),
    "headcount.returned": sentence("A headcount was returned"),
    "training.imported": sentence("Past trainings were imported"),
    "export.people": sentence("A list of people was downloaded"),
    "export.figures": sentence("Figures were downloaded"),
    "export.rows": sentence("The rows behind a figure were downloaded"),
    "export.attendance": sentence("A workshop’s list was downloaded"),
    "export.audit": sentence("The audit trail was downloaded"),
    "export.my-data": sentence("A person downloaded their own data"),
    "sensitive.viewed": sentence("Sensitive data was viewed"),
}
"""Action → what happened. A code that is not here is shown as it is."""

TECHNICAL: Final = (
    "device.code",
    "device.enrolled",
    "device.withdrawn",
    "second-step.reset",
    "second-step.removed",
    "second-step.set",
    "sessions.ended",
    "export.audit",
)
"""What an engineer may read."""


@dataclass(frozen=True, slots=True)
class Note:
    """One entry of the trail. `actor` is None where the server itself acted."""

    id: str
    at: datetime
    actor: str | None
    action: str
    learner: str | None
    organisation: str | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notes are asked for. Empty fields ask for all; days are inclusive, in UTC."""

    action: str = ""
    learners: tuple[str, ...] | None = None
    actors: tuple[str, ...] | None = None
    first: date | None = None
    last: date | None = None


def says(action: str) -> Sentence:
    """What an action's code means."""
    return ACTIONS.get(action) or Sentence("%(code)s", {"code": action})
