"""Indicator 3k in SQL: sessions in which a helper was with a named learner."""

from sqlalchemy import Subquery, func, not_, select, true

from lms.base.database import Rows, db
from lms.base.language import Sentence, sentence
from lms.people.assistance.tables import AssistanceRow
from lms.reports.definitions import ASSISTANCE_MINUTES
from lms.reports.queries.places import stands_in
from lms.reports.queries.training import at_least, between
from lms.reports.rules import Figure, Question

_COLUMNS = (
    AssistanceRow.id,
    AssistanceRow.learner,
    AssistanceRow.helper,
    AssistanceRow.on.label("day"),
    AssistanceRow.minutes,
    AssistanceRow.state,
    AssistanceRow.operator,
    AssistanceRow.office,
)


def counted_assistance(question: Question) -> Subquery:
    """One row for each assisted session of indicator 3k."""
    long_enough = at_least(ASSISTANCE_MINUTES, AssistanceRow.on, AssistanceRow.minutes)
    return _of(question).where(long_enough).subquery()


def _of(question: Question) -> Rows:
    statement: Rows = select(*_COLUMNS)
    real = true() if question.include_demo else not_(AssistanceRow.demo)
    in_period = between(AssistanceRow.on, question.period)
    return statement.where(in_period, real, stands_in(AssistanceRow.path, question))


def figure_of_assistance(question: Question, count: int) -> Figure:
    """Indicator 3k with its minutes, and the shorter sessions apart."""
    counted, every = counted_assistance(question), _of(question).subquery()
    minutes = db.session().scalar(select(func.coalesce(func.sum(counted.c.minutes), 0))) or 0
    total = db.session().scalar(select(func.count()).select_from(every)) or 0
    asides: tuple[tuple[Sentence, int], ...] = (
        (sentence("Minutes of these sessions"), int(minutes)),
        (sentence("Shorter sessions"), total - count),
    )
    return Figure("3k", count, asides=asides)
