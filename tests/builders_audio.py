"""Sound files of a known length, made without any program, and recordings in the database."""

from dataclasses import replace

from flask import Flask, current_app

from lms.base.database import db, writing
from lms.base.language import LANGUAGES
from lms.courses import queries as courses
from lms.courses.audio.actions import keep_audio
from lms.courses.audio.queries import SCREENS, find_audio
from lms.courses.audio.rules import Recording, Wanted
from lms.web.listening import edition_wanted, kiosk_wanted


def make_ogg(seconds: float, *, weight: int = 3000, codec: str = "opus") -> bytes:
    """An Ogg file of about `weight` bytes; a browser would find silence and noise in it."""
    samples = int(seconds * 48_000)
    if codec == "opus":
        head = b"OpusHead\x01\x01" + (312).to_bytes(2, "little") + bytes(7)
        samples += 312
    else:
        head = b"\x01vorbis" + bytes(4) + b"\x01" + (48_000).to_bytes(4, "little") + bytes(14)
    body = [weight % 255, *[255] * (weight // 255)]
    pages = [_page(0, head)]
    while body:
        body, now = body[:-200], body[-200:]
        pages.append(_page(samples, bytes(sum(now)), now))
    return b"".join(pages)


def _page(granule: int, body: bytes, table: list[int] | None = None) -> bytes:
    table = table or [len(body)]
    head = b"OggS\x00\x00" + granule.to_bytes(8, "little") + bytes(12)
    return head + bytes([len(table), *table]) + body


def make_mp3(seconds: float) -> bytes:
    """An MP3 file of 24 kbit/s, MPEG 2, 24 kHz: frames of 24 milliseconds, 72 bytes each."""
    frame = b"\xff\xf3\x34\xc4" + bytes(68)
    return b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + frame * round(seconds / 0.024)


def make_recording(wanted: Wanted, *, seconds: int = 90) -> Recording:
    """A recording in which every part lasts the same."""
    step = seconds * 1000 // len(wanted.parts)
    starts = tuple(step * number for number in range(len(wanted.parts)))
    return Recording("audio/ogg", seconds * 1000, starts, make_ogg(seconds, weight=90_000))


def read_all_aloud(slug: str, *languages: str, seconds: int = 90) -> None:
    """Gives each lesson, question and answer of the current edition a recording."""
    edition = courses.current_edition(slug)
    with current_app.test_request_context(), writing():
        for language in languages or edition.languages:
            for wanted in edition_wanted(edition, language):
                recording = make_recording(wanted, seconds=seconds)
                keep_audio(edition=edition.hash, wanted=wanted, recording=recording)
    db.session.rollback()


def speak_screens(app: Flask) -> None:
    """Every screen and sentence of the kiosk in both languages."""
    with app.test_request_context():
        wanted = [each for language in LANGUAGES for each in kiosk_wanted(language)]
    with writing():
        for seconds, one in enumerate(wanted, start=5):
            recording = make_recording(one, seconds=seconds)
            keep_audio(edition=SCREENS, wanted=one, recording=recording)
    db.session.rollback()


def record_everything(app: Flask, slug: str, language: str) -> dict[str, tuple[str, ...]]:
    """A recording of its own for all that a kiosk and a course say in a language: name under
    /media/ → what is said."""
    edition = courses.current_edition(slug)
    with app.test_request_context():
        wanted = [(SCREENS, each) for each in kiosk_wanted(language)]
        wanted += [(edition.hash, each) for each in edition_wanted(edition, language)]
    told = {}
    for number, (place, one) in enumerate(wanted):
        recording = replace(make_recording(one), data=make_ogg(90, weight=600 + number))
        with writing():
            keep_audio(edition=place, wanted=one, recording=recording)
        found = find_audio(place, language, one.place)
        assert found is not None
        told[found.name] = tuple(part.text for part in one.parts)
    db.session.rollback()
    return told
