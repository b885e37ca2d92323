"""Who looks around at a kiosk without a card: the visit is counted, nothing else is kept."""

import time
from dataclasses import dataclass, replace
from typing import Final

from flask import session

from lms.base.clock import now
from lms.base.database import writing
from lms.people.devices.actions import count_guest, note_length_of_visit
from lms.people.devices.rules import minutes_between
from lms.web.language import current_language
from lms.web.standing import this_device

GUEST: Final = "guest"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who looks around. Stands in the signed cookie alone; moments in epoch seconds."""

    id: str
    began: int
    last: int
    pages: int


def guest() -> Guest | None:
    """Who looks around at this kiosk without a card."""
    kept = session.get(GUEST)
    return Guest(**kept) if kept and this_device() else None


def begin_guest(visit: str) -> None:
    """Somebody begins to look around and is counted; `visit` is the id of the event. Writes in a
    transaction of its own."""
    device, moment, before = this_device(), int(time.time()), guest()
    if device is None or (before and before.id == visit):
        return
    guest_leaves()
    with writing():
        count_guest(device=device, language=current_language(), event_id=visit, at=now())
    _keep_guest(Guest(visit, moment, moment, 0))


def _keep_guest(somebody: Guest) -> None:
    session[GUEST] = {
        "id": somebody.id,
        "began": somebody.began,
        "last": somebody.last,
        "pages": somebody.pages,
    }


def guest_read_a_page() -> None:
    """Counts one page of the guest's visit, in the cookie."""
    somebody = guest()
    if somebody:
        _keep_guest(replace(somebody, last=int(time.time()), pages=somebody.pages + 1))


def guest_leaves() -> None:
    """Keeps how long a guest’s visit was; writes in a transaction of its own."""
    somebody, device = guest(), this_device()
    if somebody and device:
        with writing():
            note_length_of_visit(
                device=device,
                visit=somebody.id,
                minutes=minutes_between(somebody.began, somebody.last),
                pages=somebody.pages,
                language=current_language(),
                at=now(),
            )
    session.pop(GUEST, None)
