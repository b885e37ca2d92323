"""Indicators 1a and 1b in SQL, the same on SQLite and PostgreSQL.

The one rule: a person belongs to the place, sex and office of their *first* qualifying completion
(of the period for 1a, of the plan for 1b). Place and scope are asked after that, so that the
figure of a place is the same whether it is chosen or read in a table.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, literal, not_, or_, select, true
from sqlalchemy.orm import aliased

from lms.base.database import Rows
from lms.learning.declared.tables import DeclaredRow
from lms.learning.tables import CompletionRow
from lms.people.rules import EMPLOYEES
from lms.reports.definitions import COURSE_MINUTES, PASS_MARK, Parameter
from lms.reports.periods import Period
from lms.reports.queries.places import sees_everything, stands_in
from lms.reports.rules import Question

TRAINING = ("1a", "1b")
_COLUMNS = (
    "learner",
    "course",
    "completed_on",
    "percent",
    "path",
    "state",
    "operator",
    "office",
    "sex",
)
_HELP = ("help", "most_help")
"""Whether a helper was there (self, assisted, or declared where nobody can tell), and how most of
the help was given."""
_ASKED_ABOUT = ("completed_at", "minutes", "recognised", "employment", "demo")
SITE, DECLARED = "site", "declared"


def _completions(once_in: Period | None = None) -> Subquery:
    """Completions on the site, and beside them trainings that were declared afterwards. With
    `once_in`, what was both declared and done here in that period is there once."""
    declared = _of(DeclaredRow, DECLARED)
    if once_in is not None:
        declared = declared.where(*_not_there_already(once_in))
    return _of(CompletionRow, SITE).union_all(declared).subquery()


def _of(table: Any, mode: str) -> Rows:
    columns = [getattr(table, name) for name in (*_COLUMNS, *_ASKED_ABOUT)]
    helped, most = (table.mode, table.help) if mode == SITE else (literal(DECLARED), literal(""))
    told = literal(mode).label("mode"), helped.label("help"), most.label("most_help")
    return select(*columns, *told)


def _not_there_already(period: Period) -> Iterator[ColumnElement[bool]]:
    """Neither done here in the period, nor declared for an earlier day of it."""
    earlier = aliased(DeclaredRow)
    before = and_(earlier.completed_on < DeclaredRow.completed_on, earlier.recognised)
    for other, also in ((CompletionRow, true()), (earlier, before)):
        same = and_(other.learner == DeclaredRow.learner, other.course == DeclaredRow.course)
        there: Rows = select(other.learner)
        yield ~there.where(same, between(other.completed_on, period), also).exists()


def _in_order(done: Subquery) -> tuple[Any, ...]:
    return done.c.completed_on, done.c.completed_at, done.c.course, done.c.mode


def persons(question: Question, code: str) -> Subquery:
    """One row for each person of the indicator: their first qualifying completion."""
    done = _completions()
    nth = func.row_number().over(partition_by=done.c.learner, order_by=_in_order(done))
    statement: Rows = select(*_facts(done), nth.label("nth"))
    ranked = statement.where(*_counted(question, code, done)).subquery()
    facts: Rows = select(*(column for column in ranked.c if column.name != "nth"))
    facts = facts.where(ranked.c.nth == 1, stands_in(ranked.c.path, question))
    return (facts.where(_none_before(question, ranked)) if code == "1b" else facts).subquery()


def _facts(done: Subquery) -> list[Any]:
    return [done.c[name] for name in (*_COLUMNS, "mode", *_HELP)]


def persons_by_course(question: Question, code: str) -> Subquery:
    """One row for each person of the indicator and course they completed in the period."""
    done = _completions(once_in=question.period)
    statement: Rows = select(*_facts(done)).where(*_counted(question, code, done))
    if code == "1a" and sees_everything(question):
        return statement.subquery()
    people = select(persons(question, code).c.learner)
    return statement.where(done.c.learner.in_(people)).subquery()


def _counted(question: Question, code: str, done: Subquery) -> tuple[ColumnElement[bool], ...]:
    day = done.c.completed_on
    in_plan = between(day, question.plan) if code == "1b" else true()
    return between(day, question.period), in_plan, *_qualifying(question, done.c)


def _none_before(question: Question, ranked: Subquery) -> ColumnElement[bool]:
    earlier = _completions()
    first = select(earlier.c.learner).where(
        earlier.c.learner == ranked.c.learner,
        earlier.c.completed_on >= question.plan.first.isoformat(),
        earlier.c.completed_on < question.period.first.isoformat(),
        *_qualifying(question, earlier.c),
    )
    return ~first.exists()


def _qualifying(question: Question, done: Any) -> tuple[ColumnElement[bool], ...]:
    passed = at_least(PASS_MARK, done.completed_on, done.percent)
    return (
        done.recognised.is_(True),
        done.employment.in_(EMPLOYEES),
        at_least(COURSE_MINUTES, done.completed_on, done.minutes),
        or_(done.percent.is_(None), passed),
        true() if question.include_demo else not_(done.demo),
    )


def at_least(parameter: Parameter, day: Any, column: Any) -> ColumnElement[bool]:
    """Whether a column reaches the parameter's value in force on a day, kept as YYYY-MM-DD."""
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
