"""Who may assist whom, for how long, and how an answer was given. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.rules import Held, Position

Mode = Literal["self", "read-aloud", "typed"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)
"""How an answer was given, from the least help to the most."""
_RANK: Final[Mapping[str, int]] = {mode: rank for rank, mode in enumerate(MODES)}
ASSIST: Final[tuple[Position, ...]] = ("helper", "manager")
HOLDS: Final = timedelta(minutes=30)
"""So long a helper is taken to be there after the last sign of them."""
LAST_MINUTES: Final = timedelta(minutes=10)
"""So long before the end the page asks whether the helper is still there."""
AGREEMENT_HOLDS: Final = timedelta(minutes=10)


class NotAHelperHere(Refusal):
    says = sentence(
        "You do not help at this office, so you cannot join here. Ask a helper or the manager of "
        "this office."
    )


class NotBesideOneself(Refusal):
    says = sentence("Nobody is their own helper. Ask another helper of this office.")


class AgreeFirst(Refusal):
    says = sentence(
        "The learner must agree first: press “I agree that a helper joins me”, then the helper "
        "signs in."
    )


class NoHelperHere(Refusal):
    says = sentence(
        "This answer was marked as given with a helper, but no helper is signed in with you. "
        "Nothing was recorded. Open the page again and answer there."
    )


class ModeUnknown(Refusal):
    says = sentence(
        "Say how the answer was given: alone, with the question read aloud, or typed by the "
        "helper. Open the page again and answer there."
    )


class NotAtAKiosk(Refusal):
    says = sentence(
        "Cards and PINs only work at a kiosk. Sign in at a kiosk of your office, then start there."
    )


@dataclass(frozen=True, slots=True)
class Assistance:
    """A helper who is with a learner now. `session` is the hash of the learner's session."""

    id: str
    session: str
    learner: str
    helper: str
    position: Position
    organisation: str
    began_at: datetime
    last_at: datetime
    until: datetime


def position_at(held: Iterable[Held], path: str) -> Position | None:
    """As what somebody may assist at the office with this path: as its helper rather than as its
    manager; None where they may not."""
    found = {each.position for each in held if path and path.startswith(each.path)}
    return next((position for position in ASSIST if position in found), None)


def mode_of(text: str) -> Mode:
    """A mode as it was sent, or `ModeUnknown`; nothing sent is “self”."""
    found = next((mode for mode in MODES if mode == (text or "self")), None)
    if found is None:
        raise ModeUnknown
    return found


def most_help(modes: Iterable[str]) -> str:
    """The mode with the most help among these, one that is not known before all others; empty
    without any."""
    return max(modes, key=lambda mode: (_RANK.get(mode, len(MODES)), mode), default="")


def shows_the_helper(mode: Mode) -> bool:
    """Whether an answer given like this says that the helper is still there."""
    return mode != "self"


def minutes_of(began: datetime, ended: datetime) -> int:
    """Whole minutes, those that are full."""
    return max(0, int((ended - began).total_seconds()) // 60)
