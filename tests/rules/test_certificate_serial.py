"""A serial is read from paper by people who mix up letters, and must not be guessed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.base.ids import ALPHABET, check_character
from lms.certificates.rules import (
    Certificate,
    State,
    clean_serial,
    is_due,
    last_valid_day,
    new_serial,
    shown_serial,
    state_on,
)

BODY = "7K3QF9M2TD"
SERIAL = f"RLS{BODY}{check_character(BODY)}"
SHOWN = f"RLS-7K3QF-9M2TD-{check_character(BODY)}"


def test_a_serial_is_shown_in_groups() -> None:
    assert shown_serial(SERIAL) == SHOWN


@pytest.mark.parametrize(
    "typed",
    [
        SERIAL,
        SHOWN,
        SHOWN.lower(),
        SHOWN.replace("-", " "),
        f"  {SHOWN}\n",
        SHOWN.removeprefix("RLS-"),
        SERIAL.removeprefix("RLS"),
        SHOWN.replace("RLS", "R1S"),
        SHOWN.replace("RLS", "rIs"),
        SHOWN.replace("-", "–"),
    ],
)
def test_awa_types_the_serial_her_own_way(typed: str) -> None:
    assert clean_serial(typed) == SERIAL


def test_o_is_read_as_zero_and_i_and_l_as_one() -> None:
    body = "0011022334"
    serial = f"RLS{body}{check_character(body)}"

    assert clean_serial(f"rls-ooil0-22334-{check_character(body)}") == serial


@pytest.mark.parametrize(
    "typed", ["", "RLS", "RLS-7K3QF", "é" * 11, "7" * 500, "RLS-UUUUU-UUUUU-U"]
)
def test_what_is_no_serial_gives_none(typed: str) -> None:
    assert clean_serial(typed) is None


@given(st.text(max_size=80))
def test_anything_can_be_typed(typed: str) -> None:
    found = clean_serial(typed)

    assert found is None or clean_serial(found) == found


@given(st.integers(min_value=0, max_value=9), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place: int, other: str) -> None:
    # 0 and Z weigh the same modulo 31: the one pair that the check character cannot tell apart.
    if {BODY[place], other} <= {"0", "Z"} or BODY[place] == other:
        return
    mistyped = BODY[:place] + other + BODY[place + 1 :]

    assert clean_serial(f"RLS-{mistyped}-{SERIAL[-1]}") is None


def test_serials_are_long_random_and_never_the_same() -> None:
    serials = {new_serial() for _ in range(500)}

    assert len(serials) == 500
    assert all(clean_serial(serial) == serial and len(serial) == 14 for serial in serials)


def test_a_certificate_holds_on_its_last_day_and_not_on_the_next() -> None:
    last = date(2028, 2, 29)

    assert state_on(last, valid_until=last, revoked=False) is State.VALID
    assert state_on(date(2028, 3, 1), valid_until=last, revoked=False) is State.EXPIRED
    assert state_on(date(2099, 1, 1), valid_until=None, revoked=False) is State.VALID
    assert state_on(last, valid_until=last, revoked=True) is State.REVOKED


@pytest.mark.parametrize(
    ("completed", "months", "last"),
    [
        (date(2026, 11, 21), 24, date(2028, 11, 21)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 11, 21), 0, None),
    ],
)
def test_validity_is_counted_in_calendar_months(
    completed: date, months: int, last: date | None
) -> None:
    assert last_valid_day(completed, months) == last


def certificate_of_awa(
    state: State, *, completed_on: date = date(2026, 1, 10), revoked_at: datetime | None = None
) -> Certificate:
    return Certificate(
        serial=SERIAL,
        learner="awa",
        course="parcels",
        edition="e1",
        title_fr="Les colis",
        title_en="Parcels",
        completed_on=completed_on,
        percent=80,
        minutes=60,
        evidence=("e",),
        kind_of="completion",
        issued_at=datetime(2026, 1, 10, 9, tzinfo=UTC),
        valid_until=None,
        revoked_at=revoked_at,
        revoked_reason="",
        state=state,
    )


def due(day: date, *earlier: Certificate) -> bool:
    return is_due(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), day, earlier)


def test_a_first_completion_earns_a_certificate() -> None:
    assert due(date(2026, 1, 10))


def test_one_valid_certificate_is_enough() -> None:
    assert not due(date(2026, 6, 1), certificate_of_awa(State.VALID))


def test_an_expired_certificate_comes_back_only_for_a_new_completion() -> None:
    expired = certificate_of_awa(State.EXPIRED)

    assert not due(date(2026, 1, 10), expired)
    assert due(date(2028, 1, 10), expired)


def test_a_revoked_certificate_does_not_come_back_by_itself() -> None:
    revoked = certificate_of_awa(State.REVOKED, revoked_at=datetime(2026, 3, 1, tzinfo=UTC))

    assert not due(date(2026, 1, 10), revoked)
    assert not due(date(2026, 2, 1), revoked)
    assert due(date(2026, 3, 2), revoked)
