"""Which editions there are."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, Select, select

from lms.base.database import db
from lms.courses.queries.texts import forget_texts, text_of
from lms.courses.rules.edition import CourseCard, Edition
from lms.courses.rules.refusals import CourseUnknown, EditionUnknown
from lms.courses.stored import EDITION
from lms.courses.tables import EditionRow, EditionStandingRow


def catalogue(language: str) -> tuple[CourseCard, ...]:
    """The courses that anybody may begin, by course id; archived ones are left out."""
    current: dict[str, str] = {}
    for slug, edition_hash in db.session().execute(_on_offer(EditionRow.slug, EditionRow.hash)):
        current.setdefault(slug, edition_hash)
    editions = [edition_of(edition_hash) for edition_hash in current.values()]
    shown = [edition for edition in editions if edition.status == "published"]
    return tuple(_card(one, language) for one in sorted(shown, key=lambda one: one.course_id))


def _card(edition: Edition, language: str) -> CourseCard:
    text = text_of(edition.hash, language)
    return CourseCard(
        slug=edition.slug,
        edition=edition,
        language=text.language,
        title=text.title,
        summary=text.summary,
        audience_sentence=text.audience_sentence,
        lesson_count=len(edition.lessons),
        fallback=text.fallback,
    )


def find_current_edition(slug: str) -> Edition | None:
    """The newest edition on offer whose content is here."""
    statement = _on_offer(EditionRow.hash).where(EditionRow.slug == slug).limit(1)
    found = db.session().scalar(statement)
    return edition_of(found) if found else None


def current_edition(slug: str) -> Edition:
    """The same, or `CourseUnknown`."""
    edition = find_current_edition(slug)
    if edition is None:
        raise CourseUnknown
    return edition


def _on_offer(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(EditionStandingRow, EditionStandingRow.hash == EditionRow.hash)
        .where(EditionStandingRow.slug == EditionRow.slug, EditionStandingRow.on_offer)
        .order_by(EditionStandingRow.number.desc(), EditionStandingRow.event_id.desc())
    )


def find_edition(edition_hash: str) -> Edition | None:
    """The edition of that hash, on offer or not."""
    try:
        return edition_of(edition_hash)
    except EditionUnknown:
        return None


def edition_of(edition_hash: str) -> Edition:
    """The edition of that hash, on offer or not; refuses with `EditionUnknown`."""
    return _edition_of(db.engine, edition_hash)


@lru_cache(maxsize=256)
def _edition_of(_engine: Engine, edition_hash: str) -> Edition:
    statement = select(EditionRow.facts).where(EditionRow.hash == edition_hash)
    facts = db.session().scalar(statement)
    if facts is None:
        raise EditionUnknown
    return EDITION.validate_json(facts)


def editions_of(slug: str) -> tuple[Edition, ...]:
    """Every edition of a course that is here, newest first."""
    statement = select(EditionRow.hash).where(EditionRow.slug == slug)
    found = db.session().scalars(statement.order_by(EditionRow.number.desc(), EditionRow.hash))
    return tuple(edition_of(edition_hash) for edition_hash in found.all())


def is_on_offer(edition_hash: str) -> bool:
    """Whether new learners may begin this edition."""
    statement = select(EditionStandingRow.hash).where(
        EditionStandingRow.hash == edition_hash, EditionStandingRow.on_offer
    )
    return db.session().scalar(statement) is not None


def editions_missing_here() -> tuple[tuple[str, str, int], ...]:
    """(slug, hash, number) of editions on offer whose content has not arrived."""
    columns = (EditionStandingRow.slug, EditionStandingRow.hash, EditionStandingRow.number)
    here = select(EditionRow.hash)
    statement = select(*columns).where(
        EditionStandingRow.on_offer, EditionStandingRow.hash.not_in(here)
    )
    return tuple((row.slug, row.hash, row.number) for row in db.session().execute(statement))


def forget_editions() -> None:
    """Drops what was kept, after an edition was stored."""
    _edition_of.cache_clear()
    forget_texts()
