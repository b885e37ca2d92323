"""Source files of editions, what changed between two, and pictures."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import select

from lms.base.database import db
from lms.courses.audio.queries import trainers_recordings
from lms.courses.rules.course import digest_of
from lms.courses.rules.edition import FileChange, Media
from lms.courses.tables import BlobRow, EditionFileRow, EditionRow

_TEXTS: Final = (".md", ".yaml")


def find_media(name: str) -> Media | None:
    """The picture or the recording served under that name. Nothing else is ever found."""
    row = (
        db.session()
        .execute(select(BlobRow.name, BlobRow.media_type, BlobRow.data).where(BlobRow.name == name))
        .one_or_none()
    )
    return Media(row.name, row.media_type, row.data) if row else None


def export_edition(edition_hash: str) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every source file, by path: the folder byte for byte."""
    for path, sha256 in _files(edition_hash).items():
        data = db.session().scalar(select(BlobRow.data).where(BlobRow.sha256 == sha256))
        if data is not None:
            yield path, data
    yield from trainers_recordings(edition_hash)


def changes_between(old_hash: str, new_hash: str) -> tuple[FileChange, ...]:
    """What became of each file that is not the same in both editions, by path."""
    old, new = _files(old_hash), _files(new_hash)
    paths = sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
    return tuple(_change(path, old.get(path), new.get(path)) for path in paths)


def _change(path: str, old: str | None, new: str | None) -> FileChange:
    change = "added" if old is None else "removed" if new is None else "changed"
    if not path.endswith(_TEXTS):
        return FileChange(path, change)
    before, after = _lines(old), _lines(new)
    lines = difflib.unified_diff(before, after, path, path, lineterm="")
    return FileChange(path, change, tuple(lines))


def _lines(sha256: str | None) -> list[str]:
    if sha256 is None:
        return []
    data = db.session().scalar(select(BlobRow.data).where(BlobRow.sha256 == sha256)) or b""
    return data.decode("utf-8-sig", "replace").splitlines()


def _files(edition_hash: str) -> dict[str, str]:
    rows = db.session().execute(
        select(EditionFileRow.path, EditionFileRow.sha256)
        .where(EditionFileRow.hash == edition_hash)
        .order_by(EditionFileRow.path)
    )
    return {row.path: row.sha256 for row in rows}


def earlier_texts(slug: str) -> Mapping[str, str]:
    """Digest → text of every page of every edition of a course that is here."""
    rows = db.session().scalars(select(BlobRow.data).where(BlobRow.sha256.in_(_pages_of(slug))))
    texts = [data.decode("utf-8-sig", "replace") for data in rows]
    return {digest_of(text): text for text in texts}


def _pages_of(slug: str) -> list[str]:
    rows = db.session().scalars(
        select(EditionFileRow.sha256)
        .join(EditionRow, EditionRow.hash == EditionFileRow.hash)
        .where(EditionRow.slug == slug, EditionFileRow.path.endswith(".md"))
        .distinct()
    )
    return list(rows)
