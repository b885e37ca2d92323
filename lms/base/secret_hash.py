"""Hashing what people keep secret: argon2id, 19 MiB, about 35 ms. Never inside a write
transaction."""

import secrets
from functools import lru_cache

import argon2

_hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def secret_hash(secret: str) -> str:
    """What may be kept of a secret."""
    return _hasher.hash(secret)


def secret_fits(known: str, secret: str) -> bool:
    """Whether the hash is this secret's."""
    try:
        return _hasher.verify(known, secret)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


@lru_cache(maxsize=1)
def nobodys_hash() -> str:
    """A hash that no secret fits: checking against it takes as long as against a real one."""
    return _hasher.hash(secrets.token_hex(16))
