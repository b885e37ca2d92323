"""What every page shown at a kiosk has: the way out in the same place, and the idle limits."""

from dataclasses import dataclass
from typing import Final

from flask import request, url_for

from lms.web.guests import guest
from lms.web.standing import this_device
from lms.web.visitor import visitor

IDLE_SECONDS: Final = 120
IDLE_SECONDS_READING: Final = 300
COUNTDOWN_SECONDS: Final = 60
READING: Final = frozenset(
    {
        "learner.open_lesson",
        "learner.open_question",
        "learner.open_test_question",
        "learner.answer",
        "learner.answer_in_test",
        "kiosk.look_at_lesson",
        "kiosk.look_at_question",
    }
)
"""Pages that one reads or thinks over."""
QUIET: Final = frozenset({"kiosk.start", "kiosk.enrol"})
"""Pages where there is nothing to finish."""


@dataclass(frozen=True, slots=True)
class KioskFrame:
    """Given to `base.html`. Without `is_open` nobody has begun anything: no button, no limit. The
    first screen is bare: no menu and no name."""

    is_open: bool
    is_bare: bool
    somebody: bool
    idle: int
    countdown: int
    start_url: str
    finish_url: str
    here_url: str
    home_url: str
    help_url: str


def kiosk_frame() -> KioskFrame | None:
    """The frame of this page, where it is shown at a kiosk."""
    if this_device() is None:
        return None
    person, looking = visitor(), guest()
    somebody = bool(person or looking)
    home = "learner.my_learning" if person else "kiosk.look" if looking else "kiosk.start"
    return KioskFrame(
        is_open=somebody or request.endpoint not in QUIET,
        is_bare=request.endpoint == "kiosk.start",
        somebody=somebody,
        idle=IDLE_SECONDS_READING if request.endpoint in READING else IDLE_SECONDS,
        countdown=COUNTDOWN_SECONDS,
        start_url=url_for("kiosk.start"),
        finish_url=url_for("kiosk.finish"),
        here_url=url_for("kiosk.still_here"),
        home_url=url_for(home),
        help_url=url_for("kiosk.help_here"),
    )
