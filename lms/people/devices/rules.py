"""Values about kiosks, and what is refused. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from lms.base.language import sentence
from lms.base.refusals import Refusal

CODE_HOLDS: Final = timedelta(days=7)
CODE_LENGTH: Final = 23
"""Characters before the check character: 24 in all, 115 bits drawn at random."""
LABEL: Final = 60


class DeviceCodeWrong(Refusal):
    says = sentence(
        "This code does not open anything: it was used, is older than 7 days, or a character is "
        "wrong. Compare it, or make a new one at the counter desk."
    )


class DeviceUnknown(Refusal):
    says = sentence("This machine is not on the list of your kiosks. Look at the list again.")


@dataclass(frozen=True, slots=True)
class Device:
    """A machine. `last_day`: when somebody last signed in at it, YYYY-MM-DD or empty."""

    id: str
    organisation: str
    label: str
    enrolled_at: str
    withdrawn_at: str
    last_day: str = ""


def in_groups(code: str, size: int = 4) -> str:
    """A code as people read it aloud: groups with a space between."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def minutes_between(began: float, last: float) -> int:
    """Whole minutes of a visit, at least one: who came was there."""
    return max(1, round((last - began) / 60))
