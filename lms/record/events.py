"""What an event is, and how one typed event becomes the envelope's parts and back.

A room's event is a frozen dataclass in the past tense that derives from `Event` and sets `kind`.
The field `learner` and the fields of `OBJECT_FIELDS` have a place of their own in the envelope;
all others go into `data`, which holds raw facts: strings, integers, booleans, None, lists, dicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Final, Literal, get_args

OBJECT_FIELDS: Final = (
    "course",
    "edition",
    "item",
    "workshop",
    "organisation",
    "certificate",
    "target",
    "other",
)
SUBJECT_FIELDS: Final = ("certificate", "workshop", "target", "other", "course", "organisation")

AUDIT: Final = "audit."
"""Kinds that begin so are the audit trail, those of a later version too: only ever added to. A
void of one of them arrives, stays in the record, and has no effect."""

Role = Literal["learner", "trainer", "officer", "system"]
Channel = Literal["web", "kiosk", "offline-browser", "usb", "paper", "command", "demo"]
ROLES: Final = get_args(Role)


class Event:
    """Base of every event class. Deriving registers the class under its `kind`."""

    kind: ClassVar[str] = ""
    clocks: ClassVar[frozenset[str]] = frozenset()
    """Fields of `data` that are read when a form arrives, from a clock or from who is there: the
    same form sent again has other values in them and is still the same event."""
    by_kind: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.kind:
            Event.by_kind[cls.kind] = cls

    def parts(self) -> tuple[str | None, dict[str, str], dict[str, Any]]:
        """(learner, object, data) of the envelope."""
        values = {name: getattr(self, name) for name in _fields_of(type(self))}  # type: ignore[arg-type]
        learner = values.pop("learner", None)
        thing = {name: values.pop(name) for name in OBJECT_FIELDS if name in values}
        return learner, {name: value for name, value in thing.items() if value is not None}, values

    @classmethod
    def from_parts(
        cls, kind: str, learner: str | None, thing: Mapping[str, str], data: Mapping[str, Any]
    ) -> "Event | None":
        """The typed event, or None where this version does not know the kind or its shape."""
        known = cls.by_kind.get(kind)
        if known is None:
            return None
        given = {**data, **thing, "learner": learner}
        try:
            names = _fields_of(known)  # type: ignore[arg-type]
            return known(**{name: given[name] for name in names if name in given})
        except TypeError:
            return None


@cache
def _fields_of(kind: type[Event]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))  # type: ignore[arg-type]


def subject_of(thing: Mapping[str, str]) -> str | None:
    """What an event is about: the course, the workshop …; the record is searched by it."""
    for name in SUBJECT_FIELDS:
        if name in thing:
            return thing[name]
    return None


@dataclass(frozen=True)
class EventVoided(Event):
    """An event does not count, and never did. `target` is its id; neither a void nor a note of the
    audit trail can be voided."""

    kind: ClassVar[str] = "event.voided"
    target: str
    reason: str
    note: str = ""


@dataclass(frozen=True)
class LearnerMerged(Event):
    """`learner` and `other` are one person. Nothing is rewritten; voiding this parts them."""

    kind: ClassVar[str] = "learner.merged"
    learner: str
    other: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who caused an event: a pseudonym, and in which role."""

    person: str | None
    role: Role = "learner"


SYSTEM: Final = Actor(None, "system")


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that this server is about to record. `id` was made when the form was shown."""

    event: Event
    id: str
    by: Actor
    at: datetime
    channel: Channel = "web"
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as the record holds it. `event` is None for a kind this version does not know."""

    id: str
    kind: str
    learner: str | None
    subject: str | None
    event: Event | None
    at: datetime
    actor: str | None
    role: str
    body: Mapping[str, Any] = field(repr=False, compare=False)
