"""Identifiers that never meet twice, and codes that survive being read aloud and typed."""

import time
import uuid

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as some

from lms.base.ids import (
    ALPHABET,
    check_character,
    clean_code,
    derived_id,
    new_id,
    random_code,
)

BODIES = some.text(ALPHABET, min_size=1, max_size=12)


def test_a_new_id_is_a_uuid_of_version_seven_with_the_time_in_front() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    after = time.time_ns() // 1_000_000

    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert before <= made.int >> 80 <= after


def test_ids_made_one_after_the_other_sort_so() -> None:
    with time_machine.travel(0, tick=False) as clock:
        made = []
        for moment in (1_000_000_000, 1_700_000_000.001, 1_700_000_000.002, 2_200_000_000):
            clock.move_to(moment)
            made.append(new_id())

    assert made == sorted(made)


def test_ten_thousand_ids_of_one_millisecond_are_all_different() -> None:
    with time_machine.travel(1_700_000_000, tick=False):
        assert len({new_id() for _ in range(10_000)}) == 10_000


def test_a_derived_id_is_the_same_on_every_machine() -> None:
    assert derived_id("organisation", "CI") == "f34e0468-1b2d-5c45-a45d-dc418a9978ea"


@given(some.lists(some.text("ab", max_size=3), min_size=1, max_size=3))
def test_parts_that_run_together_differently_give_different_ids(parts: list[str]) -> None:
    joined = "".join(parts)

    assert (derived_id(*parts) == derived_id(joined)) == (parts == [joined])


@given(BODIES, some.data())
def test_every_single_wrong_letter_is_found(body: str, data: some.DataObject) -> None:
    code = body + check_character(body)
    place = data.draw(some.integers(0, len(code) - 1))
    other = data.draw(some.sampled_from([c for c in ALPHABET if c != code[place]]))

    assert clean_code(code[:place] + other + code[place + 1 :]) is None


def test_swapped_neighbours_are_found_but_for_one_pair() -> None:
    missed = set()
    for left in ALPHABET:
        for right in ALPHABET:
            code = f"7{left}{right}K"
            code += check_character(code)
            swapped = f"7{right}{left}K{code[-1]}"
            if left != right and clean_code(swapped) is not None:
                missed.add(frozenset((left, right)))

    assert missed == {frozenset("0Z")}


@given(BODIES, some.data())
def test_a_code_is_understood_however_it_is_typed(body: str, data: some.DataObject) -> None:
    code = body + check_character(body)
    looks = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(some.sampled_from(looks.get(c, c + c.lower())))
        + data.draw(some.sampled_from(["", "", " ", "-", "\u202f"]))
        for c in code
    )

    assert clean_code(typed) == code


@pytest.mark.parametrize("typed", ["", " ", "7", "U7", "é7", "7²", "<script>"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert clean_code(typed) is None


def test_a_random_code_passes_its_own_check() -> None:
    codes = {random_code(10) for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == 11 and clean_code(code) == code for code in codes)
