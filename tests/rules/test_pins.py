"""Which PINs a person may choose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.cards.rules import PIN_LENGTH, PinRefused, PinTooEasy, check_pin, digits_of
from lms.people.consents.texts import AUDIENCES, consent_for, find_consent
from lms.people.devices.rules import in_groups, minutes_between


@pytest.mark.parametrize("typed", ["481516", " 481516 ", "481 516", "48-15-16", "48.15.16"])
def test_six_digits_are_a_pin_however_they_are_spaced(typed: str) -> None:
    assert check_pin(typed, birth_year=1990, number="7K3QF12M") == "481516"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "48151a", "٤٨١٥١٦", "½81516", "48 15"])
def test_anything_else_is_none(typed: str) -> None:
    with pytest.raises(PinRefused) as refused:
        check_pin(typed, birth_year=None, number="7K3QF12M")
    assert not isinstance(refused.value, PinTooEasy)


@pytest.mark.parametrize(
    "easy",
    [
        "000000",
        "123456",
        "654321",
        "012345",
        "789012",
        "121212",
        "123123",
        "112233",
        "111222",
        "110011",
        "123321",
        "159753",
        "246802",
    ],
)
def test_what_everybody_takes_is_refused(easy: str) -> None:
    with pytest.raises(PinTooEasy):
        check_pin(easy, birth_year=None, number="7K3QF12M")


@pytest.mark.parametrize("own", ["198719", "001987", "198704", "871987", "878787"])
def test_the_year_of_birth_is_refused(own: str) -> None:
    with pytest.raises(PinTooEasy):
        check_pin(own, birth_year=1987, number="7K3QF12M")


def test_the_digits_of_the_card_are_refused() -> None:
    with pytest.raises(PinTooEasy):
        check_pin("481516", birth_year=None, number="4815162M")


@given(st.text(max_size=12), st.one_of(st.none(), st.integers(1900, 2020)))
def test_a_pin_that_is_taken_is_six_digits_and_holds_no_year(typed: str, year: int | None) -> None:
    try:
        pin = check_pin(typed, birth_year=year, number="7K3QF12M")
    except PinRefused:
        return
    assert len(pin) == PIN_LENGTH and pin.isascii() and pin.isdecimal()
    assert pin == digits_of(typed)
    assert year is None or str(year) not in pin
    assert len(set(pin)) > 2


def test_most_pins_can_be_chosen() -> None:
    refused = 0
    for value in range(0, 10**6, 37):
        try:
            check_pin(f"{value:06}", birth_year=1987, number="7K3QF12M")
        except PinTooEasy:
            refused += 1
    assert refused < 27_028 * 0.02


def test_every_audience_hears_a_text_in_both_languages() -> None:
    for audience in (*AUDIENCES, "contract"):
        text = consent_for(audience)
        assert find_consent(text.audience, text.version) is text
        french, english = text.in_language("fr"), text.in_language("en")
        assert len(french) == len(english) == 3
        assert "»" not in "".join(english) and french != english


def test_codes_are_read_aloud_in_groups_and_who_came_was_there_a_minute() -> None:
    assert in_groups("ABCDEFGH") == "ABCD EFGH"
    assert [minutes_between(0, last) for last in (0, 20, 89, 91, 600)] == [1, 1, 1, 2, 10]
