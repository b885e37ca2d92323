"""What every act needs to know first."""

from datetime import date, datetime

from lms.people import queries as people
from lms.people.rules import local_date
from lms.record.queries import stored_with_ids
from lms.workshops.queries import find_workshop
from lms.workshops.rules import State, Workshop
from lms.workshops.rules.refusals import AlreadyCancelled, WorkshopUnknown


def is_known(event_id: str) -> bool:
    """Whether this was recorded before."""
    return bool(stored_with_ids([event_id]))


def open_workshop(workshop: str) -> Workshop:
    """The workshop, unless it is unknown or cancelled."""
    known = find_workshop(workshop)
    if known is None:
        raise WorkshopUnknown
    if known.state is State.CANCELLED:
        raise AlreadyCancelled
    return known


def today_of(workshop: Workshop, at: datetime) -> date:
    """The day in the calendar of the organiser."""
    organiser = people.find_organisation(workshop.plan.organiser)
    return local_date(at, organiser.country if organiser else "")
