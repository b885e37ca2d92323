"""Planning a workshop, changing it, reporting it as held, cancelling it."""

from datetime import datetime, timedelta

from lms.base.ids import derived_id
from lms.record.actions import record
from lms.record.events import Actor, Channel, Happened
from lms.workshops.actions.before import is_known, open_workshop, today_of
from lms.workshops.events import (
    WorkshopCancelled,
    WorkshopChanged,
    WorkshopHeld,
    WorkshopPlanned,
)
from lms.workshops.queries import sittings_with_roll
from lms.workshops.rules import Plan, State, problems_in, sitting_as_data
from lms.workshops.rules.refusals import (
    AlreadyHeld,
    NobodyCame,
    NotOverYet,
    ReasonMissing,
    SittingHasRoll,
)


def plan_workshop(
    *,
    plan: Plan,
    by: Actor,
    at: datetime,
    event_id: str,
    workshop: str | None = None,
    demo: bool = False,
    channel: Channel = "web",
) -> str:
    """Announces a workshop; returns its id. Refuses with the first of `problems_in`."""
    _refuse_problems(plan)
    workshop = workshop or derived_id("workshop", event_id)
    event = WorkshopPlanned(
        workshop=workshop,
        title=plan.title.strip(),
        theme=plan.theme,
        organiser=plan.organiser,
        language=plan.language,
        mode=plan.mode,
        place=plan.place.strip(),
        sittings=[sitting_as_data(sitting) for sitting in plan.sittings],
        invited=sorted(set(plan.invited)),
        facilitators=plan.facilitators.strip(),
        demo=demo,
    )
    record([Happened(event, event_id, by, at, channel)])
    return workshop


def change_workshop(*, workshop: str, plan: Plan, by: Actor, at: datetime, event_id: str) -> None:
    """Gives the workshop these facts from now on; a sitting with people present must stay."""
    if is_known(event_id):
        return
    known = open_workshop(workshop)
    _refuse_problems(plan)
    kept = {sitting.id for sitting in plan.sittings}
    if any(sitting not in kept for sitting in sittings_with_roll(workshop)):
        raise SittingHasRoll
    event = WorkshopChanged(
        workshop=workshop,
        title=plan.title.strip(),
        theme=plan.theme,
        organiser=plan.organiser,
        language=plan.language,
        mode=plan.mode,
        place=plan.place.strip(),
        sittings=[sitting_as_data(sitting) for sitting in plan.sittings],
        invited=sorted(set(plan.invited)),
        facilitators=plan.facilitators.strip(),
        demo=known.demo,
    )
    record([Happened(event, event_id, by, at)])


def _refuse_problems(plan: Plan) -> None:
    for problem in problems_in(plan):
        raise problem


def cancel_workshop(*, workshop: str, reason: str, by: Actor, at: datetime, event_id: str) -> None:
    """It will not take place. Refuses once it is cancelled or held, and without a reason."""
    if is_known(event_id):
        return
    if open_workshop(workshop).state is State.HELD:
        raise AlreadyHeld
    if not reason.strip():
        raise ReasonMissing
    record([Happened(WorkshopCancelled(workshop, reason.strip()), event_id, by, at)])


def hold_workshop(
    *, workshop: str, by: Actor, at: datetime, event_id: str, channel: Channel = "web"
) -> None:
    """It took place. Its day is that of the last sitting at which anybody was present."""
    known = open_workshop(workshop)
    if known.state is State.HELD or is_known(event_id):
        return
    called = sittings_with_roll(workshop)
    days = [sitting.on for sitting in known.sittings if sitting.id in called]
    if not days:
        raise NobodyCame
    if known.last_day > today_of(known, at) + timedelta(days=1):
        raise NotOverYet
    event = WorkshopHeld(workshop, max(days).isoformat())
    record([Happened(event, event_id, by, at, channel)])
