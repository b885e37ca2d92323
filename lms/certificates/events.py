"""What the record says about certificates. Names are never in it: the paper fetches them."""

from dataclasses import dataclass
from typing import ClassVar, Final

from lms.record.events import Event


@dataclass(frozen=True)
class CertificateIssued(Event):
    """A completion, frozen: it names the edition and the events it rests on.

    `certificate` is the serial, days are YYYY-MM-DD, `valid_until` is the last valid day or None;
    `percent` is None where the course has no test, `minutes` is the course's length.
    """

    kind: ClassVar[str] = "certificate.issued"
    learner: str
    certificate: str
    course: str
    edition: str
    title_fr: str
    title_en: str
    completed_on: str
    percent: int | None
    minutes: int
    evidence: list[str]
    kind_of: str = "completion"
    valid_until: str | None = None


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A certificate must no longer be relied on. Voiding this event makes it valid again."""

    kind: ClassVar[str] = "certificate.revoked"
    learner: str
    certificate: str
    reason: str


KINDS: Final = (CertificateIssued.kind, CertificateRevoked.kind)
