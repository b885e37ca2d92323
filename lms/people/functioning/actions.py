"""Keeping and removing answers. Only the person themselves does either."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.people.functioning.rules import (
    ANSWERS,
    CONSENT_VERSION,
    DOMAINS,
    ConsentMissing,
    WordingMissing,
)
from lms.people.functioning.tables import FunctioningRow
from lms.people.functioning.wordings import official_wording
from lms.record.aliases import aliases_of


def tell_functioning(
    *, person: str, answers: Mapping[str, str], agreed: bool, language: str, at: datetime
) -> None:
    """Keeps a person's answers; what was left out counts as refused.

    Refuses with `ConsentMissing` or `WordingMissing`.
    """
    if official_wording(language) is None:
        raise WordingMissing
    if not agreed:
        raise ConsentMissing
    kept = {d: a for d in DOMAINS if (a := answers.get(d, "refused")) in ANSWERS}
    _keep(person, json.dumps(kept), language, at)


def prefer_not_to_say(*, person: str, language: str, at: datetime) -> None:
    """Keeps that the person was asked and would not say: no answer of theirs stays."""
    _keep(person, "{}", language, at)


def forget_functioning(*, person: str) -> None:
    """Removes everything the person told here, as if they had never been asked."""
    mine = FunctioningRow.person.in_(aliases_of(person))
    db.session().execute(delete(FunctioningRow).where(mine))


def _keep(person: str, answers: str, language: str, at: datetime) -> None:
    forget_functioning(person=person)
    db.session().add(
        FunctioningRow(
            person=person,
            answers=answers,
            language=language,
            consent=CONSENT_VERSION,
            at=as_text(at),
        )
    )
    db.session().flush()
