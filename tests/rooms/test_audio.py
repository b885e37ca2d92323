"""Recordings in the database: kept beside the edition, made anew when the words change."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from lms.base.database import db, writing
from lms.courses import queries as courses
from lms.courses.actions import NothingChanged
from lms.courses.audio.actions import drop_unused_audio, keep_audio
from lms.courses.audio.queries import audio_saying, find_audio, recording_like, still_silent
from lms.courses.audio.rules import Part, Wanted
from lms.courses.audio.speaking import speak
from lms.courses.audio.voice import Voice, find_voice, read_aloud
from lms.courses.reader import read_course
from tests.builders import publish
from tests.builders_audio import make_mp3, make_ogg, make_recording
from tests.builders_courses import make_course_folder, write

HELLO = Wanted("en", "weigh", (Part("Weigh a parcel"), Part("Awa waits.", "b0")))
OTHER = replace(HELLO, parts=(Part("Weigh two parcels"),))
NO_VOICE = "espeak-ng with opusenc or ffmpeg is not installed here"


@pytest.fixture
def voice() -> Voice:
    """The voice of this machine."""
    found = find_voice()
    if found is None:
        pytest.skip(NO_VOICE)
    return found


def keep(wanted: Wanted, edition: str = "e1") -> None:
    """Keeps a recording of it in a transaction of its own."""
    with writing():
        keep_audio(edition=edition, wanted=wanted, recording=make_recording(wanted))
    db.session.rollback()


def test_what_was_read_aloud_is_found_as_long_as_it_says_the_same(app: Flask) -> None:
    keep(HELLO)
    found = audio_saying("e1", HELLO)

    assert found is not None
    assert (found.milliseconds, found.starts) == (90_000, (0, 45_000))
    assert audio_saying("e1", OTHER) is None
    assert audio_saying("e2", HELLO) is None
    assert still_silent("e1", [HELLO, OTHER, replace(OTHER, parts=())]) == (OTHER,)


def test_a_recording_is_served_by_its_name_and_its_old_bytes_go_when_it_is_made_anew(
    app: Flask,
) -> None:
    keep(HELLO)
    before = find_audio("e1", "en", "weigh")
    assert before is not None
    media = courses.find_media(before.name)
    assert media is not None and media.media_type == "audio/ogg"
    with writing():
        recording = make_recording(OTHER, seconds=30)
        keep_audio(edition="e1", wanted=OTHER, recording=recording)
        drop_unused_audio()
    db.session.rollback()

    assert courses.find_media(before.name) is None
    after = find_audio("e1", "en", "weigh")
    assert after is not None and courses.find_media(after.name) is not None


def test_another_edition_with_the_same_words_is_not_read_aloud_again(app: Flask) -> None:
    keep(HELLO)

    again = recording_like(HELLO)

    assert again is not None and again.starts == (0, 45_000)
    assert recording_like(OTHER) is None


def test_a_trainers_recording_comes_with_the_course_and_stands_beside_its_hash(
    app: Flask, tmp_path: Path
) -> None:
    silent = make_course_folder(tmp_path / "one")
    spoken = make_course_folder(tmp_path / "two", files={"media/weigh.fr.opus": make_ogg(60)})
    assert read_course(spoken).content_hash == read_course(silent).content_hash

    edition = courses.current_edition(publish(spoken))
    found = find_audio(edition.hash, "fr", "weigh")

    assert found is not None and found.by_trainer and found.starts == ()
    assert dict(courses.export_edition(edition.hash))["media/weigh.fr.opus"] == make_ogg(60)


def test_a_recording_that_is_added_later_needs_no_new_edition(app: Flask, tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path)
    edition = courses.current_edition(publish(folder))
    write(folder / "media" / "weigh.en.mp3", make_mp3(20))

    publish(folder)

    assert courses.current_edition(edition.slug).number == 1
    assert find_audio(edition.hash, "en", "weigh") is not None
    with pytest.raises(NothingChanged):
        publish(folder)
    (folder / "media" / "weigh.en.mp3").unlink()
    publish(folder)
    assert find_audio(edition.hash, "en", "weigh") is None


def test_the_voice_never_takes_the_place_of_a_trainer(app: Flask, tmp_path: Path) -> None:
    folder = make_course_folder(tmp_path, files={"media/weigh.en.opus": make_ogg(60)})
    edition = courses.current_edition(publish(folder))

    keep(HELLO, edition.hash)

    found = find_audio(edition.hash, "en", "weigh")
    assert found is not None and found.by_trainer and found.milliseconds == 60_000
    assert still_silent(edition.hash, [HELLO]) == ()


def test_the_voice_reads_parts_one_after_the_other_lightly(app: Flask, voice: Voice) -> None:
    parts = (Part("Pesez le colis."), Part("Il pèse 2\u00a0500 grammes, n’est-ce pas\u202f?", "b0"))

    recording = read_aloud(voice, parts, "fr")

    assert recording.media_type == "audio/ogg"
    assert recording.bits_a_second <= 24_000
    assert recording.starts[0] == 0 and 800 < recording.starts[1] < recording.milliseconds
    assert 3_000 < recording.milliseconds < 12_000
    assert read_aloud(voice, parts, "fr").data == recording.data


def test_ffmpeg_packs_as_lightly_where_opusenc_is_not_there(
    app: Flask, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "opusenc" else which(name))
    other = find_voice()
    if other is None:
        pytest.skip("ffmpeg is not installed here")

    assert read_aloud(other, HELLO.parts, "en").bits_a_second <= 24_000


def test_reading_aloud_twice_makes_nothing_twice_and_a_strange_language_stops_nothing(
    app: Flask, voice: Voice
) -> None:
    strange = Wanted("zz", "declare", (Part("Xyz"),))
    steps: list[tuple[int, int]] = []

    made, failed = speak(
        edition="e1",
        wanted=[strange, HELLO],
        voice=voice,
        progress=lambda done, total: steps.append((done, total)),
    )

    assert (made, len(failed), steps) == (1, 1, [(1, 2), (2, 2)])
    assert audio_saying("e1", HELLO) is not None
    again, _ = speak(edition="e1", wanted=[HELLO], voice=voice, progress=lambda *_: None)
    assert again == 0


def test_without_programs_there_is_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    assert find_voice() is None
