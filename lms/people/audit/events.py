"""What the audit trail is made of."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from lms.record.events import Event


@dataclass(frozen=True)
class AuditNoted(Event):
    """Somebody did something that must be answerable for. `action` is a code of `rules.ACTIONS`;
    `detail` holds facts without names; `organisation` says who may read the note."""

    kind: ClassVar[str] = "audit.noted"
    learner: str | None
    action: str
    organisation: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
