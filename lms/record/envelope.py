"""Envelope v1: the exact bytes of an event, their hash, and the chain. Pure."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from lms.base.clock import as_text
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.record.events import Event, Happened

VERSION: Final = 1
NO_EVENT_BEFORE: Final = "0" * 64


class NotCanonical(Refusal):
    """A value that JSON writers write differently, such as a float."""

    says = sentence("The value “%(value)s” cannot be recorded. Use whole numbers and text only.")


def canonical(body: Mapping[str, Any]) -> bytes:
    """UTF-8, keys sorted, no spaces, NFC text, integers and text only."""
    return json.dumps(
        _clean(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _composed(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        cleaned = {_composed(key): _clean(item) for key, item in value.items()}
        if len(cleaned) == len(value):
            return cleaned
    raise NotCanonical(value=repr(value)[:80])


def _composed(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair has no bytes
        raise NotCanonical(value=repr(text)[:80]) from None
    return unicodedata.normalize("NFC", text)


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def compose(
    happened: Happened, *, stream: str, seq: int, prev: str, node_time: datetime, mono: int
) -> dict[str, Any]:
    """The body of one event as this server writes it; `mono` is ms since the stream began."""
    learner, thing, data = happened.event.parts()
    offset = happened.at.utcoffset()
    return {
        "v": VERSION,
        "id": happened.id,
        "stream": stream,
        "seq": seq,
        "prev": prev,
        "kind": happened.event.kind,
        "learner": learner,
        "actor": happened.by.person,
        "role": happened.by.role,
        "object": thing,
        "data": data,
        "at": {
            "claimed": as_text(happened.at),
            "tz": int(offset.total_seconds() // 60) if offset else 0,
            "node": as_text(node_time),
            "mono": mono,
            "clock": "manual",
        },
        "via": {"channel": happened.channel, "device": happened.device, "ticket": None},
    }


def substance(body: Mapping[str, Any]) -> bytes:
    """What makes two bodies the same event: all but the place in a stream and the clocks.

    A form that is sent twice gives the same substance in another place of the chain.
    """
    kept = ("v", "id", "kind", "learner", "actor", "object")
    known = Event.by_kind.get(body["kind"], Event)
    data = {name: value for name, value in body["data"].items() if name not in known.clocks}
    return canonical({**{key: body[key] for key in kept}, "data": data})
