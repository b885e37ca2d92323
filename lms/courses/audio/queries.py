"""Which recordings there are."""

import json
from collections.abc import Iterable, Iterator

from sqlalchemy import select

from lms.base.database import db
from lms.courses.audio.rules import Audio, Recording, Wanted
from lms.courses.audio.tables import AudioRow
from lms.courses.tables import BlobRow

SCREENS = ""
"""Stands for the edition where a recording is of one of the site's own screens."""


def find_audio(edition: str, language: str, place: str) -> Audio | None:
    """The recording of a place, whatever it says."""
    row = db.session().get(AudioRow, (edition, language, place))
    if row is None:
        return None
    return Audio(
        name=row.name,
        milliseconds=row.milliseconds,
        size=row.size,
        starts=tuple(json.loads(row.starts)),
        digest=row.digest,
        by_trainer=row.by_trainer,
    )


def audio_saying(edition: str, wanted: Wanted) -> Audio | None:
    """The recording of a place, where it says what the page says now or a trainer spoke it."""
    found = find_audio(edition, wanted.language, wanted.place)
    if found and (found.by_trainer or found.digest == wanted.digest):
        return found
    return None


def still_silent(edition: str, wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """What has no recording yet, or one that says something else."""
    columns = (AudioRow.language, AudioRow.place, AudioRow.digest, AudioRow.by_trainer)
    rows = db.session().execute(select(*columns).where(AudioRow.edition == edition))
    known = {(row.language, row.place): row for row in rows}

    def is_silent(one: Wanted) -> bool:
        row = known.get((one.language, one.place))
        return row is None or not (row.by_trainer or row.digest == one.digest)

    return tuple(one for one in wanted if one.parts and is_silent(one))


def recording_like(wanted: Wanted) -> Recording | None:
    """A recording of the same words that was made for another edition."""
    statement = (
        select(AudioRow.milliseconds, AudioRow.starts, BlobRow.media_type, BlobRow.data)
        .join(BlobRow, BlobRow.sha256 == AudioRow.blob)
        .where(AudioRow.digest == wanted.digest)
    )
    row = db.session().execute(statement.limit(1)).first()
    if row is None:
        return None
    return Recording(row.media_type, row.milliseconds, tuple(json.loads(row.starts)), row.data)


def trainers_recordings(edition: str) -> Iterator[tuple[str, bytes]]:
    """(path in the course folder, bytes) of what trainers recorded for an edition."""
    statement = (
        select(AudioRow.path, BlobRow.data)
        .join(BlobRow, BlobRow.sha256 == AudioRow.blob)
        .where(AudioRow.edition == edition, AudioRow.by_trainer)
        .order_by(AudioRow.path)
    )
    yield from ((row.path, row.data) for row in db.session().execute(statement))
