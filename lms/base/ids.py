"""Identifiers: UUIDv7 for what happens, derived UUIDs for what must come out the same again,
and short codes that people read aloud and type."""

import secrets
import time
import uuid
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_NAMESPACE: Final = uuid.UUID("6f0e2c0a-7a55-5c5e-9d52-5f1d6c1f7e11")
_LOOKALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_id() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | (0x7 << 76) | (secrets.randbits(12) << 64)
    value |= (0b10 << 62) | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def derived_id(*parts: str) -> str:
    """A UUIDv5 of the parts: the same parts give the same id on every machine."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def random_code(length: int) -> str:
    """`length` random characters of the alphabet (5 bits each), and a check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The Luhn mod 32 check character: catches every wrong letter, and swapped neighbours save
    one pair."""
    total, factor = 0, 2
    for letter in reversed(body):
        product = factor * ALPHABET.index(letter)
        total += product // 32 + product % 32
        factor = 3 - factor
    return ALPHABET[-total % 32]


def clean_code(text: str) -> str | None:
    """What was meant by a typed code: upper case, no spaces or dashes, O/0 and I/L/1 alike.

    None when a character does not belong or the check character is wrong.
    """
    body = "".join(c for c in text.upper() if c.isalnum()).translate(_LOOKALIKE)
    if len(body) < 2 or any(c not in ALPHABET for c in body):
        return None
    return body if check_character(body[:-1]) == body[-1] else None
