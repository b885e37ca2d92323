"""Calling the roll."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lms.base.ids import derived_id
from lms.record.actions import record
from lms.record.events import Actor, Channel, Happened
from lms.workshops.actions.before import open_workshop, today_of
from lms.workshops.events import AttendanceTaken
from lms.workshops.queries import Listed, current_sitting, participants_of, present_ids
from lms.workshops.rules import Sitting
from lms.workshops.rules.refusals import NotOnTheList, TooEarlyForRoll


def take_roll(
    *,
    workshop: str,
    sitting: str,
    present: Mapping[str, bool],
    by: Actor,
    at: datetime,
    ticket: str,
    channel: Channel = "web",
) -> int:
    """Writes down who was at a sitting (learner → there or not); returns how many entries are new.

    Only what differs from the roll so far is recorded: two people may each tick a part of the
    room. The ids come from the ticket, the person and what is said of them, so a form that is sent
    again is the same roll, and one that was corrected and sent again is a correction. Who was
    registered twice and merged is marked absent under each id that was present.
    """
    known = open_workshop(workshop)
    of_day = current_sitting(known, sitting)
    today = today_of(known, at)
    if of_day.on > today + timedelta(days=1):
        raise TooEarlyForRoll
    listed = {each.learner: each for each in participants_of(workshop)}
    if not present.keys() <= listed.keys():
        raise NotOnTheList
    happenings = [
        Happened(
            _attendance(listed[learner], id, workshop, of_day, there, late=today > of_day.on),
            derived_id(ticket, id, sitting, "present" if there else "absent"),
            by,
            at,
            channel,
        )
        for learner, there in present.items()
        if there != (sitting in listed[learner].present_at)
        for id in ([learner] if there else present_ids(workshop, sitting, learner))
    ]
    return len(record(happenings)) if happenings else 0


def _attendance(
    listed: Listed, learner: str, workshop: str, sitting: Sitting, there: bool, *, late: bool
) -> AttendanceTaken:
    return AttendanceTaken(
        learner=learner,
        workshop=workshop,
        sitting=sitting.id,
        present=there,
        accredited_by=listed.accredited_by,
        role=listed.role,
        late_entry=late,
    )
