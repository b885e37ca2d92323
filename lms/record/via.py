"""Where the person stands whose work is recorded now: at an enrolled device, or anywhere.

The edge says it once a request; every event recorded meanwhile carries it, whichever room wrote it.
"""

from contextvars import ContextVar
from dataclasses import replace

from lms.record.events import Happened

_device: ContextVar[str | None] = ContextVar("device", default=None)


def stand_at(device: str | None) -> None:
    """What is recorded from now on is recorded at this device; None: at none that is known."""
    _device.set(device)


def placed(happened: Happened) -> Happened:
    """The event with the channel and the device of the present request."""
    device = _device.get()
    if device is None or happened.channel != "web":
        return happened
    return replace(happened, channel="kiosk", device=device)
