"""Handing in a return."""

from datetime import date, datetime

from lms.base.ids import derived_id
from lms.people.audit.actions import note
from lms.people.headcounts.events import HeadcountReturned
from lms.people.headcounts.rules import MoreWomenThanEmployees, ReturnOfTheFuture
from lms.record.actions import record
from lms.record.events import Actor, Happened


def return_headcount(
    *,
    operator: str,
    on: date,
    employees: int,
    women: int | None,
    source: str,
    by: Actor,
    at: datetime,
    event_id: str,
) -> None:
    """The operator had so many employees on that day; noted in the audit trail."""
    if women is not None and women > employees:
        raise MoreWomenThanEmployees
    if on > at.date():
        raise ReturnOfTheFuture
    returned = HeadcountReturned(operator, on.isoformat(), employees, women, source.strip())
    if record([Happened(returned, event_id, by, at)]):
        note(
            "headcount.returned",
            by=by,
            at=at,
            organisation=operator,
            detail={"on": on.isoformat(), "employees": employees},
            event_id=derived_id("noted", event_id),
        )
