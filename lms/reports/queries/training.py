"""Indicators 1a and 1b in SQL, the same on SQLite and PostgreSQL.

The one rule: a person belongs to the place, sex and office of their *first* qualifying completion
(of the period for 1a, of the plan for 1b). Place and scope are asked after that, so that the
figure of a place is the same whether it is chosen or read in a table.
"""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, not_, or_, select, true
from sqlalchemy.orm import aliased

from lms.base.database import Rows
from lms.learning.tables import CompletionRow
from lms.people.rules import EMPLOYEES
from lms.reports.definitions import COURSE_MINUTES, PASS_MARK, Parameter
from lms.reports.periods import Period
from lms.reports.queries.places import sees_everything, stands_in
from lms.reports.rules import Question

TRAINING = ("1a", "1b")
_COLUMNS = (
    CompletionRow.learner,
    CompletionRow.course,
    CompletionRow.completed_on,
    CompletionRow.percent,
    CompletionRow.path,
    CompletionRow.state,
    CompletionRow.operator,
    CompletionRow.office,
    CompletionRow.sex,
)
_IN_ORDER = (CompletionRow.completed_on, CompletionRow.completed_at, CompletionRow.course)


def persons(question: Question, code: str) -> Subquery:
    """One row for each person of the indicator: their first qualifying completion."""
    nth = func.row_number().over(partition_by=CompletionRow.learner, order_by=_IN_ORDER)
    statement: Rows = select(*_COLUMNS, nth.label("nth"))
    ranked = statement.where(*_counted(question, code)).subquery()
    facts: Rows = select(*(column for column in ranked.c if column.name != "nth"))
    facts = facts.where(ranked.c.nth == 1, stands_in(ranked.c.path, question))
    return (facts.where(_none_before(question, ranked)) if code == "1b" else facts).subquery()


def persons_by_course(question: Question, code: str) -> Subquery:
    """One row for each person of the indicator and course they completed in the period."""
    statement: Rows = select(*_COLUMNS)
    done = statement.where(*_counted(question, code))
    if code == "1a" and sees_everything(question):
        return done.subquery()
    people = select(persons(question, code).c.learner)
    return done.where(CompletionRow.learner.in_(people)).subquery()


def _counted(question: Question, code: str) -> tuple[ColumnElement[bool], ...]:
    day = CompletionRow.completed_on
    in_plan = between(day, question.plan) if code == "1b" else true()
    return between(day, question.period), in_plan, *_qualifying(question, CompletionRow)


def _none_before(question: Question, ranked: Subquery) -> ColumnElement[bool]:
    earlier = aliased(CompletionRow)
    first = select(earlier.learner).where(
        earlier.learner == ranked.c.learner,
        earlier.completed_on >= question.plan.first.isoformat(),
        earlier.completed_on < question.period.first.isoformat(),
        *_qualifying(question, earlier),
    )
    return ~first.exists()


def _qualifying(question: Question, done: Any) -> tuple[ColumnElement[bool], ...]:
    at_least = _at_least(PASS_MARK, done.completed_on, done.percent)
    return (
        done.recognised.is_(True),
        done.employment.in_(EMPLOYEES),
        _at_least(COURSE_MINUTES, done.completed_on, done.minutes),
        or_(done.percent.is_(None), at_least),
        true() if question.include_demo else not_(done.demo),
    )


def _at_least(parameter: Parameter, day: Any, column: Any) -> ColumnElement[bool]:
    spans = parameter.spans()
    in_force = (
        and_(day >= start.isoformat(), day < end.isoformat(), column >= value)
        for start, end, value in spans
    )
    always: ColumnElement[bool] = column >= spans[0][2]
    return or_(*in_force) if len(spans) > 1 else always


def between(day: Any, period: Period) -> ColumnElement[bool]:
    """Whether a day, kept as YYYY-MM-DD, lies in the period."""
    condition: ColumnElement[bool] = day.between(period.first.isoformat(), period.last.isoformat())
    return condition
