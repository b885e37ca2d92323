"""The codes of a telephone, by the test vectors of RFC 6238, and codes that people type."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from lms.people.access.rules import (
    WAITS,
    digest_of_code,
    in_groups,
    new_secret,
    step_of,
    wait_after,
)

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_vectors_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)

    assert step_of(SECRET, code, at, after=0) == seconds // 30
    assert step_of(SECRET, f" {code[:3]} {code[3:]} ", at, after=0) == seconds // 30


def test_a_code_counts_once_and_not_for_long() -> None:
    at = datetime.fromtimestamp(1111111109, UTC)

    step = step_of(SECRET, "081804", at, after=0)

    assert step is not None
    assert step_of(SECRET, "081804", at, after=step) is None
    assert step_of(SECRET, "081804", at + timedelta(seconds=30), after=0) == step
    assert step_of(SECRET, "081804", at + timedelta(seconds=90), after=0) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "0818O4"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert step_of(SECRET, typed, datetime.fromtimestamp(1111111109, UTC), after=0) is None


def test_a_secret_has_160_bits() -> None:
    assert len(base64.b32decode(new_secret())) == 20
    assert new_secret() != new_secret()


def test_a_code_is_read_as_people_type_it() -> None:
    code = "7K3QF0A1B2C3D4E"
    from lms.base.ids import check_character

    whole = code + check_character(code)
    typed = in_groups(whole).lower().replace("0", "o").replace("1", "l").replace("-", " ")

    assert digest_of_code("sheet", typed) == digest_of_code("sheet", whole)
    assert digest_of_code("sheet", whole) != digest_of_code("recovery", whole)
    assert digest_of_code("sheet", whole[:-1] + "!") is None


def test_a_message_waits_longer_each_time() -> None:
    waits = [wait_after(tries) for tries in range(1, 9)]

    assert waits[0] == timedelta(minutes=WAITS[0])
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=WAITS[-1])
