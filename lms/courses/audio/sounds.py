"""What a sound file is by its bytes, and how long it lasts. Reads Ogg (Opus, Vorbis) and MP3."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

OPUS_RATE: Final = 48_000
_UNKNOWN: Final = 0xFFFF_FFFF_FFFF_FFFF
_ENOUGH: Final = 3
"""MP3 frames one behind the other, by which one knows that it is one."""
_BIT_RATES: Final = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES: Final = (44_100, 48_000, 32_000)


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file: `ending` is what its name should end with (ogg stands for opus too)."""

    media_type: str
    ending: str
    milliseconds: int


def examine_sound(data: bytes) -> Sound | None:
    """What the bytes are; None where no browser could play them."""
    if data.startswith(b"OggS"):
        return _ogg(data)
    return _mp3(data)


def _ogg(data: bytes) -> Sound | None:
    pages = list(_ogg_pages(data))
    if not pages:
        return None
    first = pages[0][1]
    granules = [granule for granule, _ in pages if granule != _UNKNOWN]
    last = max(granules, default=0)
    if first.startswith(b"OpusHead") and len(first) >= 19:
        samples = last - int.from_bytes(first[10:12], "little")
        return _sound("audio/ogg", "opus", samples, OPUS_RATE)
    if first.startswith(b"\x01vorbis") and len(first) >= 30:
        return _sound("audio/ogg", "ogg", last, int.from_bytes(first[12:16], "little"))
    return None


def _sound(media_type: str, ending: str, samples: int, rate: int) -> Sound | None:
    if samples <= 0 or rate <= 0:
        return None
    return Sound(media_type, ending, samples * 1000 // rate)


def _ogg_pages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(granule position, body) of each whole page."""
    at = 0
    while data[at : at + 4] == b"OggS" and at + 27 <= len(data):
        table = data[at + 27 : at + 27 + data[at + 26]]
        body = at + 27 + len(table)
        end = body + sum(table)
        if end > len(data):
            return
        yield int.from_bytes(data[at + 6 : at + 14], "little"), data[body:end]
        at = end


def _mp3(data: bytes) -> Sound | None:
    at, frames, length = _after_id3(data), 0, 0.0
    while (frame := _mp3_frame(data, at)) is not None:
        size, seconds = frame
        at, frames, length = at + size, frames + 1, length + seconds
    if frames < _ENOUGH:
        return None
    return Sound("audio/mpeg", "mp3", int(length * 1000))


def _after_id3(data: bytes) -> int:
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for seven_bits in data[6:10]:
        size = size << 7 | seven_bits & 0x7F
    return 10 + size


def _mp3_frame(data: bytes, at: int) -> tuple[int, float] | None:
    """(bytes, seconds) of the layer III frame that begins there."""
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version = {3: 1, 2: 2, 0: 4}.get(head[1] >> 3 & 3)  # MPEG 1, 2 and 2.5: rate divided by it
    rates, rate = head[2] >> 4, head[2] >> 2 & 3
    if version is None or rates in (0, 15) or rate == 3:
        return None
    bits = _BIT_RATES[min(version, 2)][rates] * 1000
    hertz = _RATES[rate] // version
    samples = 1152 if version == 1 else 576
    return samples // 8 * bits // hertz + (head[2] >> 1 & 1), samples / hertz
