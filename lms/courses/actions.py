"""Publishing and withdrawing editions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from lms.base.clock import as_text
from lms.base.database import db
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.courses.audio.actions import keep_recordings
from lms.courses.checking import problems_before_publishing
from lms.courses.events import EditionPublished, EditionWithdrawn
from lms.courses.library import HOME, library, library_of
from lms.courses.queries.editions import edition_of, find_edition, forget_editions, is_on_offer
from lms.courses.queries.files import earlier_texts
from lms.courses.reader import read_course, read_files
from lms.courses.rendering import Rendered, edition_from, render_course
from lms.courses.rules.course import Course, Library, Problem, SourceFile
from lms.courses.rules.edition import Edition, Media
from lms.courses.stored import EDITION, KEYS, TEXT
from lms.courses.tables import (
    BlobRow,
    EditionFileRow,
    EditionKeyRow,
    EditionRow,
    EditionStandingRow,
    EditionTextRow,
)
from lms.record.actions import record
from lms.record.events import Actor, Channel, Happened
from lms.record.queries import stored_with_ids

_TEXT_TYPE: Final = "text/plain"


class CourseNotReady(Refusal):
    """Errors stand in the way; `problems` holds all, warnings too."""

    says = sentence("The course is not ready. Errors to correct: %(count)s. Then publish again.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=sum(one.severity == "error" for one in problems))


class CourseIsDraft(Refusal):
    says = sentence(
        "This course is a draft. Write “status: published” in course.yaml, then publish again."
    )


class NothingChanged(Refusal):
    says = sentence(
        "Nothing has changed: this is already edition %(number)s. Change something first."
    )


class CourseIdTaken(Refusal):
    says = sentence(
        "The id “%(id)s” belongs to the course “%(slug)s”. Give this course an id of its own in "
        "course.yaml."
    )


class EditionIsNotThat(Refusal):
    says = sentence("These files are not the edition they were said to be. Ask for them again.")


class NothingToWithdraw(Refusal):
    says = sentence("This edition is not on offer, so there is nothing to withdraw.")


@dataclass(frozen=True, slots=True)
class Ready:
    """A course that was read, checked and rendered: the slow part of publishing, done before a
    write transaction begins."""

    course: Course
    rendered: Rendered
    problems: tuple[Problem, ...]


def ready_folder(folder: Path) -> Ready:
    """Reads, checks and renders a course folder; its name is the slug."""
    return _ready(read_course(folder), library_of(folder))


def _ready(course: Course, shelf: Library) -> Ready:
    rendered = render_course(course, shelf)
    problems = problems_before_publishing(course, shelf, earlier_texts(course.slug), rendered)
    return Ready(course, rendered, tuple(problems))


def publish_course(
    *, ready: Ready, note: str, by: Actor, event_id: str, at: datetime, channel: Channel = "web"
) -> Edition:
    """Makes what is ready the course's new edition and tells the record.

    The same `event_id` again gives the same edition. Refuses with `CourseNotReady`,
    `CourseIsDraft`, `NothingChanged` or `CourseIdTaken`.
    """
    done = stored_with_ids([event_id]).get(event_id)
    if done and isinstance(done.event, EditionPublished):
        return edition_of(done.event.edition)
    _refuse_unready(ready)
    course = ready.course
    edition = find_edition(course.content_hash)
    if edition and is_on_offer(edition.hash):
        if keep_recordings(edition=edition.hash, files=course.recordings):
            return edition
        raise NothingChanged(number=edition.number)
    if edition is None:
        number = _next_number(course.slug)
        edition = edition_from(course, number=number, published_at=at, note=note)
        _store(course, edition, ready.rendered)
    event = EditionPublished(course.slug, edition.hash, edition.number, note)
    record([Happened(event, event_id, by, at, channel)])
    return edition


def _refuse_unready(ready: Ready) -> None:
    course = ready.course
    if any(one.severity == "error" for one in ready.problems):
        raise CourseNotReady(ready.problems)
    if course.facts.status == "draft":
        raise CourseIsDraft
    statement = select(EditionRow.slug).where(
        EditionRow.course_id == course.facts.id, EditionRow.slug != course.slug
    )
    other = db.session().scalar(statement.limit(1))
    if other:
        raise CourseIdTaken(id=course.facts.id, slug=other)


def _next_number(slug: str) -> int:
    told = select(func.max(EditionStandingRow.number)).where(EditionStandingRow.slug == slug)
    here = select(func.max(EditionRow.number)).where(EditionRow.slug == slug)
    return max(db.session().scalar(told) or 0, db.session().scalar(here) or 0) + 1


def receive_edition(
    *,
    slug: str,
    edition_hash: str,
    files: Mapping[str, bytes],
    number: int,
    note: str,
    published_at: datetime,
) -> Edition:
    """Stores the content of an edition that was published on another server.

    Its event comes by the record. Refuses with `EditionIsNotThat` where the files have another
    hash. An edition that is here already is left as it is.
    """
    known = find_edition(edition_hash)
    if known:
        return known
    course = read_files(slug, files)
    if course.content_hash != edition_hash:
        raise EditionIsNotThat
    edition = edition_from(course, number=number, published_at=published_at, note=note)
    _store(course, edition, render_course(course, library(HOME)))
    return edition


def withdraw_edition(
    *,
    edition_hash: str,
    reason: str,
    by: Actor,
    event_id: str,
    at: datetime,
    channel: Channel = "web",
) -> None:
    """Takes an edition off offer; the one before it is current again, if there is one.

    Publishing the same content again puts it back. Refuses with `NothingToWithdraw`.
    """
    if event_id in stored_with_ids([event_id]):
        return
    edition = edition_of(edition_hash)
    if not is_on_offer(edition_hash):
        raise NothingToWithdraw
    event = EditionWithdrawn(edition.slug, edition.hash, reason)
    record([Happened(event, event_id, by, at, channel)])


def _store(course: Course, edition: Edition, rendered: Rendered) -> None:
    session = db.session()
    session.add(
        EditionRow(
            hash=edition.hash,
            slug=edition.slug,
            course_id=edition.course_id,
            number=edition.number,
            published_at=as_text(edition.published_at) if edition.published_at else "",
            note=edition.note,
            facts=EDITION.dump_json(edition).decode(),
        )
    )
    for language, text in rendered.texts.items():
        body = TEXT.dump_json(text).decode()
        session.add(EditionTextRow(hash=edition.hash, language=language, body=body))
    keys = KEYS.dump_json(dict(rendered.keys)).decode()
    session.add(EditionKeyRow(hash=edition.hash, body=keys))
    _store_files(edition.hash, course.files.values())
    _store_media(rendered.media.values())
    keep_recordings(edition=edition.hash, files=course.recordings)
    session.flush()
    forget_editions()


def _store_files(edition_hash: str, files: Iterable[SourceFile]) -> None:
    session = db.session()
    for file in files:
        sha256 = file.sha256
        session.add(EditionFileRow(hash=edition_hash, path=file.path, sha256=sha256))
        _store_blob(sha256, file.data, _TEXT_TYPE, None)


def _store_media(media: Iterable[Media]) -> None:
    for one in media:
        sha256 = SourceFile(one.name, one.data).sha256
        _store_blob(sha256, one.data, one.media_type, one.name)


def _store_blob(sha256: str, data: bytes, media_type: str, name: str | None) -> None:
    session = db.session()
    row = session.get(BlobRow, sha256)
    if row is None:
        session.add(BlobRow(sha256=sha256, name=name, media_type=media_type, data=data))
        session.flush()
    elif name and row.name is None:
        row.name, row.media_type = name, media_type
