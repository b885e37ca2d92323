"""Asking people to learn something, and reminding them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from lms.base.ids import derived_id
from lms.learning.paths.events import (
    LearnerEnrolled,
    LearnerReminded,
    LearnerUnenrolled,
    PathDefined,
    PathWithdrawn,
    RuleSet,
    RuleWithdrawn,
)
from lms.learning.paths.queries import Line, current_path, due_until, enrolled_already, reminded_on
from lms.learning.paths.rules import SOON, DueInThePast, NoCourses, Path, Rule, is_to_remind
from lms.record.actions import record
from lms.record.events import SYSTEM, Actor, Channel, Event, Happened


def define_path(
    *,
    path: str | None = None,
    organisation: str,
    title_fr: str,
    title_en: str,
    courses: Sequence[str],
    by: Actor,
    at: datetime,
    event_id: str,
) -> str:
    """A new path, or another content of one; returns its id. Refuses one without courses."""
    if not courses:
        raise NoCourses
    path = path or derived_id("path", event_id)
    ordered = list(dict.fromkeys(courses))
    record(
        [Happened(PathDefined(path, organisation, title_fr, title_en, ordered), event_id, by, at)]
    )
    return path


def withdraw_path(*, path: Path, by: Actor, at: datetime, event_id: str) -> None:
    """The path is asked of nobody any more."""
    record([Happened(PathWithdrawn(path.id, path.organisation), event_id, by, at)])


def set_rule(
    *, path: str, organisation: str, who: str, days: int, by: Actor, at: datetime, event_id: str
) -> None:
    """Everybody at the organisation and below who is `who` follows the path, now and later."""
    current_path(path)
    record([Happened(RuleSet(path, organisation, who, days), event_id, by, at)])


def withdraw_rule(*, rule: Rule, by: Actor, at: datetime, event_id: str) -> None:
    """The rule holds no more."""
    record([Happened(RuleWithdrawn(rule.path, rule.organisation, rule.who), event_id, by, at)])


def enrol(
    *,
    learners: Collection[str],
    organisation: str,
    course: str | None = None,
    path: str | None = None,
    due: date | None,
    by: Actor,
    at: datetime,
    event_id: str,
    channel: Channel = "web",
) -> int:
    """Asks learners to do one course or one path; returns of how many it was not asked before, or
    not until this day. Refuses a day that is over. The same `event_id` asks once."""
    if due is not None and due < at.date():
        raise DueInThePast
    subject, day = path or course or "", due.isoformat() if due else ""
    known = enrolled_already(learners, subject)
    asked: list[tuple[str, Event]] = [
        (learner, LearnerEnrolled(learner, organisation, course, path, day))
        for learner in sorted(set(learners))
        if known.get(learner) != day
    ]
    record([_one(event, learner, event_id, by, at, channel) for learner, event in asked])
    return len(asked)


def unenrol(
    *,
    learner: str,
    organisation: str,
    course: str | None = None,
    path: str | None = None,
    by: Actor,
    at: datetime,
    event_id: str,
) -> None:
    """The learner is no longer asked to do it."""
    event = LearnerUnenrolled(learner, organisation, course, path)
    record([Happened(event, event_id, by, at)])


def _one(
    event: Event, learner: str, event_id: str, by: Actor, at: datetime, channel: Channel
) -> Happened:
    return Happened(event, derived_id(event_id, learner), by, at, channel)


def reminders_due(*, at: datetime) -> list[list[Line]]:
    """What each learner is to be reminded of today, learner by learner."""
    today, reminded = at.date(), reminded_on()
    return [
        lines
        for lines in due_until(today + SOON)
        if is_to_remind((line.due for line in lines), reminded.get(lines[0].learner), today)
    ]


def remind(*, lines: Sequence[Line], how: str, at: datetime) -> None:
    """Notes that the learner of these lines was reminded; twice on one day is once."""
    learner, today = lines[0].learner, at.date().isoformat()
    late = sum(line.due < today for line in lines)
    event = LearnerReminded(learner, how, late, len(lines) - late)
    record([Happened(event, derived_id("reminded", learner, today), SYSTEM, at, "command")])
