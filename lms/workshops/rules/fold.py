"""From the set of a workshop's events to what holds now. Neither order nor repetition matters."""

from collections.abc import Iterable, Sequence
from datetime import date

from lms.record.events import Stored
from lms.workshops.events import (
    AttendanceTaken,
    ParticipantExpected,
    ParticipantRemoved,
    WorkshopCancelled,
    WorkshopChanged,
    WorkshopHeld,
    WorkshopPlanned,
)
from lms.workshops.rules.values import (
    Meeting,
    Participant,
    Plan,
    Presence,
    State,
    Workshop,
    sitting_from_data,
)


def fold(events: Iterable[Stored]) -> Meeting | None:
    """The meeting; None where its plan is not known (yet)."""
    history = sorted((s for s in events if s.event), key=lambda s: (s.at, s.id))
    workshop = _workshop(history)
    if workshop is None:
        return None
    presences = _presences(history, workshop)
    return Meeting(workshop, _participants(history, presences), presences)


def _workshop(history: Sequence[Stored]) -> Workshop | None:
    facts: WorkshopPlanned | WorkshopChanged | None = None
    state, held_on, reason = State.PLANNED, None, ""
    for stored in history:
        event = stored.event
        if isinstance(event, WorkshopPlanned | WorkshopChanged):
            facts = event
        elif isinstance(event, WorkshopHeld):
            state, held_on, reason = State.HELD, _day(event.on), ""
        elif isinstance(event, WorkshopCancelled):
            state, held_on, reason = State.CANCELLED, None, event.reason
    if facts is None:
        return None
    return Workshop(facts.workshop, _plan(facts), state, held_on, reason, facts.demo)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _plan(facts: WorkshopPlanned | WorkshopChanged) -> Plan:
    known = (sitting_from_data(data) for data in facts.sittings)
    sittings = {sitting.id: sitting for sitting in known if sitting is not None}
    return Plan(
        title=facts.title,
        theme=facts.theme,
        organiser=facts.organiser,
        language=facts.language,
        mode=facts.mode,
        place=facts.place,
        sittings=tuple(sorted(sittings.values(), key=lambda s: (s.on, s.starts, s.id))),
        invited=tuple(facts.invited),
        facilitators=facts.facilitators,
    )


def _presences(history: Sequence[Stored], workshop: Workshop) -> dict[tuple[str, str], Presence]:
    """The last word about each id that somebody has. Who was registered twice and merged was there
    if one of their ids was: an “absent” beside the other id is no correction of it."""
    known = {sitting.id for sitting in workshop.sittings}
    last = {
        (stored.body.get("learner"), e.learner, e.sitting): e
        for stored in history
        if isinstance(e := stored.event, AttendanceTaken) and e.sitting in known
    }
    found: dict[tuple[str, str], Presence] = {}
    for e in last.values():
        said = Presence(e.learner, e.sitting, e.present, e.late_entry)
        found[e.learner, e.sitting] = _stronger(said, found.get((e.learner, e.sitting)))
    return found


def _stronger(said: Presence, other: Presence | None) -> Presence:
    """Present before absent; of two alike, the one that was written down on the day."""
    if other is None or (said.present, not said.late_entry) > (other.present, not other.late_entry):
        return said
    return other


def _participants(
    history: Sequence[Stored], presences: dict[tuple[str, str], Presence]
) -> dict[str, Participant]:
    came = {said.learner for said in presences.values() if said.present}
    announced: dict[str, ParticipantExpected] = {}
    called: dict[str, AttendanceTaken] = {}
    expected: dict[str, bool] = {}
    listed: dict[str, bool] = {}
    for stored in history:
        event = stored.event
        if isinstance(event, ParticipantExpected):
            announced[event.learner] = event
            expected[event.learner] = listed[event.learner] = True
        elif isinstance(event, ParticipantRemoved):
            expected[event.learner] = listed[event.learner] = False
        elif isinstance(event, AttendanceTaken):
            called[event.learner] = event
            listed[event.learner] = True
    return {
        learner: _participant(
            announced.get(learner) or called.get(learner), expected.get(learner, False)
        )
        for learner, on_list in sorted(listed.items())
        if (on_list or learner in came) and (learner in announced or learner in called)
    }


def _participant(said: ParticipantExpected | AttendanceTaken | None, expected: bool) -> Participant:
    assert said is not None
    return Participant(said.learner, said.accredited_by, said.role, expected)
