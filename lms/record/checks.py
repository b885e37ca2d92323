"""What is looked at before a server begins to serve."""

from dataclasses import dataclass

from sqlalchemy import inspect, text

from lms.base.database import WAL_IS_SAFE, db, free_space, keep_read_only
from lms.base.language import Sentence, sentence
from lms.record.queries import breaks_in_chain
from lms.record.tables import EventRow

LITTLE_SPACE = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the engineer. `damaged` means that nothing may be written."""

    sentence: Sentence
    damaged: bool = False


def check_record(folder: str) -> list[Finding]:
    """Looks at library, file, chain and disk, in this order. A damaged record is kept as it is
    and only read from. One that is still empty is whole."""
    findings = [*_library(), *(_file() or _chain()), *_space(folder)]
    if any(finding.damaged for finding in findings):
        keep_read_only(db.engine)
    return findings


def _library() -> list[Finding]:
    if db.engine.dialect.name != "sqlite" or WAL_IS_SAFE:
        return []
    return [
        Finding(
            sentence(
                "This SQLite library is older than 3.51.3: a slower, safe journal is used. "
                "Install pysqlite3 for a faster one."
            )
        )
    ]


def _file() -> list[Finding]:
    if db.engine.dialect.name != "sqlite":
        return []
    answer = _answer_of_the_file()
    if answer == "ok":
        return []
    return [
        Finding(
            sentence(
                "The file of the record is damaged (%(what)s). It is kept as it is and nothing is "
                "written. Put back the latest copy, beside it, not over it.",
                what=str(answer)[:200],
            ),
            damaged=True,
        )
    ]


def _answer_of_the_file() -> str:
    try:
        return str(db.session().scalar(text("PRAGMA quick_check(1)")))
    except Exception as problem:  # in a damaged file anything can go wrong, even its own messages
        db.session().rollback()
        return str(problem)


def _chain() -> list[Finding]:
    try:
        begun = inspect(db.session().connection()).has_table(EventRow.__tablename__)
        broken = breaks_in_chain(500) if begun else []
    except Exception as problem:  # bytes that are no text, a number where there was none
        db.session().rollback()
        broken = [str(problem)[:80]]
    if not broken:
        return []
    return [
        Finding(
            sentence(
                "%(count)s of the last 500 events are not as they were written. Nothing is written "
                "until this is explained. The first is %(first)s.",
                count=len(broken),
                first=broken[0],
            ),
            damaged=True,
        )
    ]


def _space(folder: str) -> list[Finding]:
    free = free_space(folder)
    if free > LITTLE_SPACE:
        return []
    return [
        Finding(
            sentence(
                "Only %(megabytes)s MB are free on the disk of the record. Free some space soon.",
                megabytes=free // 1024 // 1024,
            )
        )
    ]
