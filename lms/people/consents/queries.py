"""Reading what somebody agreed to."""

from datetime import datetime

from lms.people.consents.events import ConsentGiven
from lms.record.queries import events_about


def consents_of(person: str) -> list[tuple[datetime, ConsentGiven]]:
    """(when, what) the person agreed to, the latest first."""
    found = events_about(learner=person, kinds={ConsentGiven.kind})
    given = [(each.at, each.event) for each in found if isinstance(each.event, ConsentGiven)]
    return sorted(given, key=lambda pair: pair[0], reverse=True)
