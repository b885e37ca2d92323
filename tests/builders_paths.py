"""Short ways to ask people to learn."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.learning.paths import actions
from lms.learning.paths.rules import rule_id
from lms.record.events import SYSTEM, Event, Stored, subject_of
from tests.builders import SPRING


def told(event: Event, day: str, event_id: str = "") -> Stored:
    """An event as the record gives it back, told at noon of a day."""
    learner, thing, _ = event.parts()
    return Stored(
        id=event_id or f"{event.kind}@{day}",
        kind=event.kind,
        learner=learner,
        subject=subject_of(thing),
        event=event,
        at=datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
        + timedelta(hours=12),
        actor=None,
        role="system",
        body={},
    )


def make_path(
    organisation: str, courses: Sequence[str], *, title: str = "Newcomers", at: datetime = SPRING
) -> str:
    """A path; its id."""
    with writing():
        path = actions.define_path(
            organisation=organisation,
            title_fr=f"{title} (fr)",
            title_en=title,
            courses=courses,
            by=SYSTEM,
            at=at,
            event_id=new_id(),
        )
    db.session.rollback()
    return path


def set_rule(
    path: str, organisation: str, who: str = "employee", *, days: int = 0, at: datetime = SPRING
) -> str:
    """A rule; its id."""
    with writing():
        actions.set_rule(
            path=path,
            organisation=organisation,
            who=who,
            days=days,
            by=SYSTEM,
            at=at,
            event_id=new_id(),
        )
    db.session.rollback()
    return rule_id(organisation, who, path)


def ask(
    *learners: str,
    organisation: str = "op",
    due: date | None = None,
    at: datetime = SPRING,
    **what: Any,
) -> int:
    """Asks learners for a course or a path; of how many it was not asked before."""
    with writing():
        new = actions.enrol(
            learners=learners,
            organisation=organisation,
            due=due,
            by=SYSTEM,
            at=at,
            event_id=new_id(),
            **what,
        )
    db.session.rollback()
    return new


def ask_no_more(learner: str, *, at: datetime = SPRING, **what: Any) -> None:
    """The learner is no longer asked."""
    with writing():
        actions.unenrol(
            learner=learner, organisation="op", by=SYSTEM, at=at, event_id=new_id(), **what
        )
    db.session.rollback()
