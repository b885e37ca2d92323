"""What editions say, and the keys of their questions."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Engine, select

from lms.base.database import db
from lms.courses.rules.edition import EditionText
from lms.courses.rules.questions import QuestionKey
from lms.courses.rules.refusals import EditionUnknown, QuestionUnknown
from lms.courses.stored import EDITION, KEYS, TEXT
from lms.courses.tables import EditionKeyRow, EditionRow, EditionTextRow


def text_of(edition_hash: str, language: str) -> EditionText:
    """An edition in a language. Where the edition does not have it, in its source language, with
    `fallback` set; single lessons say by themselves that they fall back. Refuses with
    `EditionUnknown`."""
    return _text_of(db.engine, edition_hash, language)


@lru_cache(maxsize=64)
def _text_of(_engine: Engine, edition_hash: str, language: str) -> EditionText:
    found = _stored(edition_hash, language)
    if found is not None:
        return found
    text = _stored(edition_hash, _source_language(edition_hash))
    if text is None:
        raise EditionUnknown
    return replace(text, fallback=True)


def _stored(edition_hash: str, language: str) -> EditionText | None:
    body = db.session().scalar(
        select(EditionTextRow.body).where(
            EditionTextRow.hash == edition_hash, EditionTextRow.language == language
        )
    )
    return None if body is None else TEXT.validate_json(body)


def _source_language(edition_hash: str) -> str:
    statement = select(EditionRow.facts).where(EditionRow.hash == edition_hash)
    facts = db.session().scalar(statement)
    return EDITION.validate_json(facts).source_language if facts else ""


def keys_of(edition_hash: str) -> Mapping[str, QuestionKey]:
    """Every key of an edition by question id; refuses with `EditionUnknown`."""
    return _keys_of(db.engine, edition_hash)


@lru_cache(maxsize=32)
def _keys_of(_engine: Engine, edition_hash: str) -> Mapping[str, QuestionKey]:
    statement = select(EditionKeyRow.body).where(EditionKeyRow.hash == edition_hash)
    body = db.session().scalar(statement)
    if body is None:
        raise EditionUnknown
    return KEYS.validate_json(body)


def key_of(edition_hash: str, question_id: str) -> QuestionKey:
    """The key of one question; refuses with `QuestionUnknown`."""
    key = keys_of(edition_hash).get(question_id)
    if key is None:
        raise QuestionUnknown
    return key


def forget_texts() -> None:
    """Drops what was kept, after an edition was stored."""
    _text_of.cache_clear()
    _keys_of.cache_clear()
