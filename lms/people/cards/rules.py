"""What a PIN must be, how many guesses there are, and what is refused. Pure."""

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.people.rules import TooManyTries

PIN_LENGTH: Final = 6
WRONG_PINS: Final = 5
"""After so many wrong PINs in a row the helper has to reset it."""
GUESSES_OF_CARD: Final = 10
GUESSES_AT_DEVICE: Final = 50
GUESSES_COUNT_FOR: Final = timedelta(hours=1)
PIN_CODE_LENGTH: Final = 6
PIN_CODE_HOLDS: Final = timedelta(minutes=10)
PIN_CODE_TRIES: Final = 10
KIOSK_HOURS: Final = 8


class WrongCard(Refusal):
    says = sentence(
        "This card number and this PIN do not go together. Try again. After 5 wrong PINs a card "
        "is locked: the helper at the counter can open it again."
    )


class TooManyGuesses(TooManyTries):
    says = sentence(
        "There were too many tries. Wait %(minutes)s minutes, or ask the helper at the counter."
    )


class CardNumberWrong(Refusal):
    says = sentence(
        "This is not the number of a card. Compare it with the card: 8 letters and digits."
    )


class PinRefused(Refusal):
    says = sentence("Choose a PIN of 6 digits.")


class PinTooEasy(PinRefused):
    says = sentence(
        "This PIN is too easy to guess. Choose 6 digits that are not in a row, not all alike and "
        "not your year of birth."
    )


class PinsDiffer(PinRefused):
    says = sentence("The two PINs are not the same. Choose your PIN once more.")


class PinCodeWrong(Refusal):
    says = sentence(
        "This code is not right, or is older than 10 minutes. Ask the helper for a new one."
    )


@dataclass(frozen=True, slots=True)
class CardState:
    """What a helper sees of somebody's card and PIN. `card` is none, issued or withdrawn; `pin` is
    none, chosen or locked."""

    card: str
    issued_at: str
    pin: str


def digits_of(typed: str) -> str:
    """The digits of what was typed; spaces, dots and dashes between them do not count."""
    return re.sub(r"[\s.\-\u2010-\u2015]", "", typed)


def check_pin(typed: str, *, birth_year: int | None, number: str) -> str:
    """The PIN as digits; refuses with `PinRefused` what is none, `PinTooEasy` what is guessed."""
    pin = digits_of(typed)
    if len(pin) != PIN_LENGTH or not pin.isascii() or not pin.isdecimal():
        raise PinRefused
    if _is_easy(pin) or _is_of_the_person(pin, birth_year, number):
        raise PinTooEasy
    return pin


def _is_easy(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeated = pin[:3] == pin[3:] or pin[:2] * 3 == pin
    doubled = all(pin[place] == pin[place + 1] for place in (0, 2, 4))
    mirrored = pin == pin[::-1]
    return len(steps) == 1 or repeated or doubled or mirrored or len(set(pin)) <= 2 or pin in _KNOWN


_KNOWN: Final = frozenset(
    {"159753", "147258", "258369", "369258", "147852", "123654", "456123", "789456", "102030"}
)
"""Ways over a keypad that everybody takes."""


def _is_of_the_person(pin: str, birth_year: int | None, number: str) -> bool:
    year = str(birth_year) if birth_year else ""
    twice = year[2:] * 3 if year else ""
    on_card = "".join(letter for letter in number if letter.isdigit())
    return bool(year and (year in pin or pin == twice)) or (len(on_card) >= 6 and pin in on_card)
