"""Keeping recordings, and dropping what nothing points at any more."""

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from sqlalchemy import delete, select

from lms.base.database import db
from lms.courses.audio.queries import find_audio
from lms.courses.audio.rules import Recording, Wanted, recorded_place
from lms.courses.audio.sounds import examine_sound
from lms.courses.audio.tables import AudioRow
from lms.courses.rules.course import SourceFile
from lms.courses.tables import BlobRow

_NAME_LENGTH: Final = 32
_ENDINGS: Final = {"audio/ogg": "opus", "audio/mpeg": "mp3"}


def keep_audio(*, edition: str, wanted: Wanted, recording: Recording) -> None:
    """What the voice has read aloud takes the place of what was there; a trainer's own recording
    stays."""
    before = find_audio(edition, wanted.language, wanted.place)
    if before and before.by_trainer:
        return
    row = _row(edition, wanted.language, wanted.place, recording)
    row.digest = wanted.digest
    db.session().merge(row)
    db.session().flush()


def keep_recordings(*, edition: str, files: Mapping[str, SourceFile]) -> bool:
    """Keeps what a trainer has recorded, by path in the course folder; whether anything is new.

    Files whose name or bytes say nothing to us are passed over: the checker speaks of them. What
    is no longer in the folder is forgotten.
    """
    wanted = {
        path: row for path, file in sorted(files.items()) if (row := _recorded(edition, file))
    }
    by_place = {(row.language, row.place): row for row in reversed(wanted.values())}
    statement = select(AudioRow).where(AudioRow.edition == edition, AudioRow.by_trainer)
    old = {(row.language, row.place): row.blob for row in db.session().scalars(statement)}
    if old == {key: row.blob for key, row in by_place.items()}:
        return False
    db.session().execute(delete(AudioRow).where(AudioRow.edition == edition, AudioRow.by_trainer))
    for row in by_place.values():
        db.session().merge(row)
    db.session().flush()
    return True


def _recorded(edition: str, file: SourceFile) -> AudioRow | None:
    place, sound = recorded_place(file.path), examine_sound(file.data)
    if place is None or sound is None:
        return None
    lesson, language = place
    recording = Recording(sound.media_type, sound.milliseconds, (), file.data)
    row = _row(edition, language, lesson, recording)
    row.path, row.by_trainer = file.path, True
    return row


def _row(edition: str, language: str, place: str, recording: Recording) -> AudioRow:
    sha256 = hashlib.sha256(recording.data).hexdigest()
    name = f"{sha256[:_NAME_LENGTH]}.{_ENDINGS[recording.media_type]}"
    _store(sha256, name, recording)
    return AudioRow(
        edition=edition,
        language=language,
        place=place,
        digest="",
        blob=sha256,
        path="",
        name=name,
        milliseconds=recording.milliseconds,
        size=len(recording.data),
        starts=json.dumps(recording.starts),
        by_trainer=False,
    )


def _store(sha256: str, name: str, recording: Recording) -> None:
    session = db.session()
    if session.get(BlobRow, sha256) is None:
        session.add(
            BlobRow(sha256=sha256, name=name, media_type=recording.media_type, data=recording.data)
        )
        session.flush()


def drop_unused_audio() -> None:
    """Takes out the bytes of recordings that were made anew since."""
    used = select(AudioRow.blob)
    sounds = BlobRow.media_type.startswith("audio/")
    db.session().execute(delete(BlobRow).where(sounds, BlobRow.sha256.not_in(used)))
