"""What happens to the machines at a counter."""

from dataclasses import dataclass
from typing import ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class DeviceEnrolled(Event):
    """A machine became a kiosk of an office; the actor made the code that it was given."""

    kind: ClassVar[str] = "device.enrolled"
    organisation: str
    device: str
    label: str


@dataclass(frozen=True)
class DeviceWithdrawn(Event):
    """The machine is no kiosk any more."""

    kind: ClassVar[str] = "device.withdrawn"
    organisation: str
    device: str


@dataclass(frozen=True)
class GuestCame(Event):
    """Somebody begins to look around without a card: counted now, never as a person. The event's
    id names the visit."""

    kind: ClassVar[str] = "guest.came"
    organisation: str
    device: str
    language: str


@dataclass(frozen=True)
class GuestVisited(Event):
    """How long a visit was, known once it is over or the next person comes. Without `visit` it
    counts the visit too."""

    kind: ClassVar[str] = "guest.visited"
    organisation: str
    device: str
    minutes: int
    pages: int
    language: str
    visit: str = ""


DEVICE_KINDS = frozenset({DeviceEnrolled.kind, DeviceWithdrawn.kind})
