"""Serials, the certificate itself, and when one is due. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from lms.base.ids import clean_code, random_code
from lms.base.language import sentence
from lms.base.refusals import Refusal

PREFIX: Final = "RLS"
_PREFIX_AS_CODE: Final = "R1S"  # clean_code reads L as 1
_RANDOM_CHARACTERS: Final = 10
_BODY: Final = _RANDOM_CHARACTERS + 1
_LONGEST_TYPED: Final = 60


class CertificateUnknown(Refusal):
    says = sentence(
        "There is no certificate with the number “%(serial)s”. Compare it with the paper, "
        "character by character, and type it again."
    )


class AlreadyRevoked(Refusal):
    says = sentence("The certificate %(serial)s is already revoked. There is nothing more to do.")


class ReasonMissing(Refusal):
    says = sentence(
        "Say in a few words why the certificate is revoked. Whoever checks it will not see them."
    )


class State(StrEnum):
    """What a checker is told."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was issued, and its `state` at the moment it was read. It holds no name.

    `serial` is written without dashes (see `shown`); `minutes` is the course's length;
    `percent` is None where the course has no test; `evidence` names the events it rests on.
    """

    serial: str
    learner: str
    course: str
    edition: str
    title_fr: str
    title_en: str
    completed_on: date
    percent: int | None
    minutes: int
    evidence: tuple[str, ...]
    kind_of: str
    issued_at: datetime
    valid_until: date | None
    revoked_at: datetime | None
    revoked_reason: str
    state: State

    @property
    def shown(self) -> str:
        """The serial as it is printed: RLS-7K3QF-9M2TD-4."""
        return shown_serial(self.serial)

    def title(self, language: str) -> str:
        """The course's title as it was in the edition that was completed."""
        return self.title_fr if language == "fr" else self.title_en


def new_serial() -> str:
    """50 random bits and a check character, so that a number can neither be guessed nor mistyped
    into another."""
    return PREFIX + random_code(_RANDOM_CHARACTERS)


def clean_serial(text: str) -> str | None:
    """The serial that was meant by what was typed, or None where no serial can be meant.

    Forgives case, spaces, dashes, O for 0, I and L for 1, and a missing RLS.
    """
    typed = "".join(c for c in text[:_LONGEST_TYPED].upper() if c.isalnum())
    for prefix in (PREFIX, _PREFIX_AS_CODE, "RIS"):
        if len(typed) == len(prefix) + _BODY:
            typed = typed.removeprefix(prefix)
    body = clean_code(typed) if len(typed) == _BODY else None
    return PREFIX + body if body else None


def shown_serial(serial: str) -> str:
    """In groups that can be read aloud."""
    body = serial.removeprefix(PREFIX)
    return f"{PREFIX}-{body[:5]}-{body[5:10]}-{body[10:]}"


def state_on(day: date, *, valid_until: date | None, revoked: bool) -> State:
    """A certificate still holds on its last day; a revoked one never."""
    if revoked:
        return State.REVOKED
    return State.EXPIRED if valid_until and day > valid_until else State.VALID


def last_valid_day(completed_on: date, months: int) -> date | None:
    """The same day so many months later, or that month's last day; None where 0 means for ever."""
    if months <= 0:
        return None
    year, month = divmod(completed_on.year * 12 + completed_on.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(completed_on.day, last))


def is_due(completed_at: datetime, completed_on: date, earlier: Iterable[Certificate]) -> bool:
    """Whether a completion earns a certificate beside those the person has for the course.

    One that is valid is enough. What was revoked or has expired does not come back for the same
    completion: the course must have been completed again since.
    """
    return all(_is_newer(completed_at, completed_on, certificate) for certificate in earlier)


def _is_newer(completed_at: datetime, completed_on: date, certificate: Certificate) -> bool:
    if certificate.revoked_at is not None:
        return completed_at > certificate.revoked_at
    if certificate.state is State.VALID:
        return False
    return completed_on > certificate.completed_on
