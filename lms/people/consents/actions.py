"""Keeping that somebody agreed."""

from datetime import datetime

from lms.people.consents.events import ConsentGiven
from lms.people.consents.texts import ConsentText
from lms.record.actions import record
from lms.record.events import Actor, Happened


def give_consent(
    *, person: str, text: ConsentText, language: str, by: Actor, at: datetime, event_id: str
) -> None:
    """The person heard the text in this language and agreed; `by` is who read it to them."""
    given = ConsentGiven(
        learner=person, text=text.audience, version=text.version, language=language
    )
    record([Happened(given, event_id, by, at)])
