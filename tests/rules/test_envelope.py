"""The exact bytes of an event: the same on every server and in every release, for ever."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.learning.events import LessonFinished
from lms.record.envelope import NO_EVENT_BEFORE, NotCanonical, canonical, compose, digest, substance
from lms.record.events import Actor, Happened

VECTORS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"b": 1, "a": "é"},
        '{"a":"é","b":1}',
        "aa58fba8483623bed37c1b02edfccbdd9a53123837c20bfa4cb4049993a2872e",
    ),
    (
        {"é": "ß", "data": {"list": [1, None, True, "x"]}},
        '{"data":{"list":[1,null,true,"x"]},"é":"ß"}',
        "d4409db6d57d72d7baf7125e3a74c68ca55f660e692100cc56816e6de90c9f1e",
    ),
    (
        {"s": 'a"\\\n/', "n": -7},
        '{"n":-7,"s":"a\\"\\\\\\n/"}',
        "c4e5b328492cdc6f8d53959cd3a95722912b4d3703d6b3e43957cd0c0fc560c6",
    ),
]
"""Body, its bytes, and the SHA-256 that `sha256sum` gives for them."""

TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=20)
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | TEXT,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
BODIES = some.dictionaries(TEXT, JSON, max_size=5)


def nfc(value: Any) -> Any:
    """The value with all its text composed."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [nfc(item) for item in value]
    if isinstance(value, dict):
        return {nfc(key): nfc(item) for key, item in value.items()}
    return value


def keys_collide(value: Any) -> bool:
    """Whether two keys of one mapping are the same once composed."""
    if isinstance(value, dict):
        same = len({nfc(key) for key in value}) < len(value)
        return same or any(keys_collide(item) for item in value.values())
    return isinstance(value, list) and any(keys_collide(item) for item in value)


def a_lesson(**changes: Any) -> Happened:
    facts: dict[str, Any] = {
        "learner": "awa",
        "course": "parcels",
        "edition": "e1",
        "item": "weigh",
        "language": "fr",
        "seconds": 40,
    }
    when = changes.pop("at", datetime(2026, 3, 2, 9, 0, 0, 123000, UTC))
    by = changes.pop("by", Actor("awa"))
    return Happened(LessonFinished(**(facts | changes)), "id-1", by, when)


def body_of(happened: Happened, **place: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "stream": "s1",
        "seq": 1,
        "prev": NO_EVENT_BEFORE,
        "node_time": datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC),
        "mono": 17,
    }
    return compose(happened, **(given | place))


@pytest.mark.parametrize(("body", "written", "hashed"), VECTORS)
def test_the_bytes_and_the_hash_are_those_written_down_by_hand(
    body: dict[str, Any], written: str, hashed: str
) -> None:
    assert canonical(body) == written.encode()
    assert digest(canonical(body)) == hashed


def test_the_envelope_of_a_lesson_is_the_one_written_down_by_hand() -> None:
    assert canonical(body_of(a_lesson())).decode() == (
        '{"actor":"awa","at":{"claimed":"2026-03-02T09:00:00.123Z","clock":"manual","mono":17,'
        '"node":"2026-03-02T09:00:01.000Z","tz":0},'
        '"data":{"active_seconds":-1,"helper":null,"language":"fr","mode":"self","seconds":40},'
        '"id":"id-1",'
        '"kind":"lesson.finished","learner":"awa",'
        '"object":{"course":"parcels","edition":"e1","item":"weigh"},'
        f'"prev":"{"0" * 64}","role":"learner","seq":1,"stream":"s1","v":1,'
        '"via":{"channel":"web","device":null,"ticket":null}}'
    )


def test_a_time_with_an_offset_is_written_in_utc_beside_its_offset() -> None:
    nairobi = timezone(timedelta(hours=3))
    body = body_of(a_lesson(at=datetime(2026, 3, 2, 12, 0, tzinfo=nairobi)))

    assert body["at"]["claimed"] == "2026-03-02T09:00:00.000Z"
    assert body["at"]["tz"] == 180


def test_an_accent_typed_in_two_ways_is_the_same_text() -> None:
    composed, decomposed = "Koné", "Kone\u0301"

    assert canonical({"name": decomposed}) == canonical({"name": composed})
    assert canonical({decomposed: 1}) == canonical({composed: 1})


@pytest.mark.parametrize("value", [1.0, 0.1, float("nan"), b"x", {1, 2}, datetime.now(UTC)])
def test_what_json_writers_write_differently_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical({"data": {"deep": [value]}})


def test_keys_that_are_no_text_are_refused() -> None:
    with pytest.raises(NotCanonical):
        canonical({"data": {1: "one"}})


def test_two_keys_that_would_become_one_are_refused_rather_than_one_lost() -> None:
    with pytest.raises(NotCanonical):
        canonical({"data": {"\u00e9": "first", "e\u0301": "second"}})


def test_half_a_character_is_refused_and_not_an_accident() -> None:
    with pytest.raises(NotCanonical):
        canonical({"data": {"text": "\ud83d"}})


@given(BODIES)
def test_any_json_value_comes_back_as_it_went_in(body: dict[str, Any]) -> None:
    if keys_collide(body):
        with pytest.raises(NotCanonical):
            canonical(body)
    else:
        assert json.loads(canonical(body)) == nfc(body)


@given(BODIES.filter(lambda body: not keys_collide(body)), some.randoms())
def test_the_order_of_keys_and_writing_twice_change_no_byte(
    body: dict[str, Any], dice: Any
) -> None:
    shuffled = list(body.items())
    dice.shuffle(shuffled)

    assert canonical(dict(shuffled)) == canonical(body)
    assert canonical(json.loads(canonical(body))) == canonical(body)


def test_a_form_sent_twice_has_the_same_substance_in_another_place_of_the_chain() -> None:
    later = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    first = body_of(a_lesson())
    again = body_of(a_lesson(at=later), stream="s2", seq=9, prev="f" * 64, mono=5)

    assert canonical(first) != canonical(again)
    assert substance(first) == substance(again)


def test_the_seconds_on_a_page_are_a_clock_and_do_not_make_another_event() -> None:
    """A double click over the turn of a second is still one lesson."""
    first = body_of(a_lesson(seconds=40, active_seconds=12))

    assert substance(body_of(a_lesson(seconds=41, active_seconds=13))) == substance(first)


@pytest.mark.parametrize(
    "change",
    [
        {"item": "declare"},
        {"learner": "kofi"},
        {"course": "letters"},
        {"language": "en"},
        {"by": Actor("kofi")},
    ],
)
def test_any_other_content_makes_another_event(change: dict[str, Any]) -> None:
    assert substance(body_of(a_lesson(**change))) != substance(body_of(a_lesson()))
