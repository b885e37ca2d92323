"""What was recorded beforehand comes true on its day."""

from datetime import datetime
from typing import Final

from lms.people.events import DATED_KINDS, OrganisationMoved
from lms.people.projector.day_changes import DayChanges
from lms.people.queries.days import waiting_until
from lms.record import projection
from lms.record.queries import events_about, events_of_learners

MOST: Final = 500
"""People in one transaction, so that nobody else waits long for theirs."""


def come_to_this_day(*, at: datetime) -> int:
    """Folds anew people and organisations for whom something begins or ends by this day, some of
    them; how many. Nothing is recorded, so it may be done again, by whoever comes first; done
    until it returns 0, everything stands as a rebuild on this day would leave it."""
    due = waiting_until(at.date(), most=MOST)
    histories = events_of_learners(due, DATED_KINDS)
    told = [stored for history in histories.values() for stored in history]
    for each in due:
        told += events_about(subject=each, kinds={OrganisationMoved.kind})
    projection.project(told)
    DayChanges().recompute_many(due)  # also of who has nothing dated any more
    return len(due)
