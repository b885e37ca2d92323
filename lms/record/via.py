"""Where the person stands whose work is recorded now, and who is with them.

The edge says it once a request; every event recorded meanwhile carries it, whichever room wrote it.
"""

from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from typing import Any

from lms.record.events import Event, Happened


@dataclass(frozen=True, slots=True)
class Company:
    """A helper beside the learner, and how much they help with what is recorded now."""

    helper: str
    mode: str


_device: ContextVar[str | None] = ContextVar("device", default=None)
_company: ContextVar[Company | None] = ContextVar("company", default=None)


def stand_at(device: str | None) -> None:
    """What is recorded from now on is recorded at this device; None: at none that is known."""
    _device.set(device)


def stand_with(company: Company | None) -> None:
    """What a learner does from now on is done with this helper beside them; None: with nobody."""
    _company.set(company)


def company() -> Company | None:
    """The helper beside the learner whose work is recorded now."""
    return _company.get()


def placed(happened: Happened) -> Happened:
    """The event with the channel, the device and the helper of the present request."""
    if happened.channel != "web":
        return happened
    device, beside = _device.get(), _company.get()
    if beside is not None:
        happened = replace(happened, event=_accompanied(happened.event, beside))
    if device is None:
        return happened
    return replace(happened, channel="kiosk", device=device)


def _accompanied(event: Event, beside: Company) -> Event:
    """An event that says who helped, if it is of a kind that does."""
    known: Any = event
    if not {"helper", "mode"} <= {field.name for field in fields(known)}:
        return event
    accompanied: Event = replace(known, helper=beside.helper, mode=beside.mode)
    return accompanied
