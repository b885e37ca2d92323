"""One-time codes, second steps, and messages. Pure."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import pyotp

from lms.base.ids import clean_code
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.base.sealing import derived_key

Purpose = Literal["invitation", "reset", "sheet"]
VALID_FOR: Final = timedelta(days=7)
SHEET_CODE: Final = 15
"""Random characters of the code on a sheet (75 bits), before its check character."""
RECOVERY_CODE: Final = 11
RECOVERY_CODES: Final = 10
STEP: Final = 30
"""Seconds for which a code of the second step is shown."""
CLOCK_DRIFT: Final = 1
"""Steps by which the clock of a telephone may be early or late."""
FREE_CODES: Final = 5
WAITS: Final = (1, 5, 15, 60, 180, 360)
"""Minutes to wait after each try to send a message; the last one repeats."""


class CodeNotValid(Refusal):
    says = sentence(
        "This code or link does not work. It is valid for 7 days and only once. Check what you "
        "typed, or ask your manager for a new sheet."
    )


class SecondStepWrong(Refusal):
    says = sentence(
        "This is not the code that your telephone shows now. Wait for the next one and type it, or "
        "type one of your recovery codes."
    )


class SecondStepUnreadable(Refusal):
    says = sentence(
        "This server can no longer check codes of your second step: its secret key was replaced. "
        "Ask somebody whose position stands above yours to remove your second step. Then sign in "
        "with your password and set it up again."
    )


class SecondStepTooLate(Refusal):
    says = sentence("Signing in took more than 10 minutes. Begin again with your password.")


class NoMailAddress(Refusal):
    says = sentence(
        "No e-mail address is known for this person. Print a sheet instead, and hand it over."
    )


class NoMailHere(Refusal):
    says = sentence(
        "This server sends no e-mail. Print a sheet instead, and hand it over to the person."
    )


@dataclass(frozen=True, slots=True)
class AccessCode:
    """A one-time way in, as it stands."""

    id: str
    person: str
    purpose: str
    ends_at: datetime
    used: bool

    def holds_at(self, at: datetime) -> bool:
        """Whether it can still be used."""
        return not self.used and at < self.ends_at


@dataclass(frozen=True, slots=True)
class SecondStep:
    """A person's second step of signing in. What it is checked with stays in the database."""

    person: str
    set_at: datetime
    last_step: int


def digest_of_code(kind: str, typed: str, person: str = "") -> str | None:
    """The hash under which a typed code is kept; None where it cannot be one."""
    code = clean_code(typed)
    if code is None:
        return None
    return hashlib.sha256(f"{kind}:{person}:{code}".encode()).hexdigest()


def digest_of_recovery(typed: str, person: str, key: str) -> str | None:
    """The same for a recovery code, under the server's own key: who copies the database alone
    cannot try codes against it."""
    code = clean_code(typed)
    if code is None:
        return None
    return hmac.new(
        derived_key(key, "recovery codes"), f"{person}:{code}".encode(), "sha256"
    ).hexdigest()


def in_groups(code: str, size: int = 4) -> str:
    """A code as people read it: groups joined by dashes."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def new_secret() -> str:
    """A secret for the second step: 160 bits, base32."""
    return pyotp.random_base32()


def step_of(secret: str, typed: str, at: datetime, after: int) -> int | None:
    """The number of the 30 seconds that a typed code belongs to, later than `after`; None where
    the code is wrong, too old, or was taken before."""
    code = "".join(character for character in typed if not character.isspace())
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    now, otp = int(at.timestamp()) // STEP, pyotp.TOTP(secret, interval=STEP)
    for step in range(now - CLOCK_DRIFT, now + CLOCK_DRIFT + 1):
        if step > after and pyotp.utils.strings_equal(otp.generate_otp(step), code):
            return step
    return None


def address_for_telephone(secret: str, login: str, site: str) -> str:
    """The otpauth address that a telephone reads from the QR code."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=login, issuer_name=site)


def wait_after(tries: int) -> timedelta:
    """How long a message waits after this many tries."""
    return timedelta(minutes=WAITS[min(max(tries, 1), len(WAITS)) - 1])
