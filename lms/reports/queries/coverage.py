"""Indicator 1c: the share of an operator's employees who were trained, on its latest return."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Subquery, select

from lms.base.database import db
from lms.base.language import Sentence, sentence
from lms.people.headcounts.queries import returns_in
from lms.people.headcounts.rules import Return, in_force
from lms.people.tables import OrganisationRow
from lms.reports.queries.places import names_of, stands_in
from lms.reports.queries.training import persons
from lms.reports.rules import NOT_STATED, Figure, Question

_WHOLE = ("union", "state", "operator")


def returns_for(question: Question) -> dict[str, Return]:
    """Operator → its latest return at the end of the period, for the operators of the question's
    place. None below an operator: a return is of a whole operator."""
    if question.place is not None and _level(question.place.id) not in _WHOLE:
        return {}
    current = in_force(returns_in(("",)), question.period.last)
    if not current:
        return {}
    inside = select(OrganisationRow.id).where(
        OrganisationRow.id.in_(sorted(current)), stands_in(OrganisationRow.path, question)
    )
    operators = set(db.session().scalars(inside))
    return {operator: each for operator, each in current.items() if operator in operators}


def _level(organisation: str) -> str:
    level = select(OrganisationRow.level).where(OrganisationRow.id == organisation)
    return db.session().scalar(level) or ""


def persons_with_return(question: Question) -> Subquery:
    """The persons of 1a whose operator has a return."""
    found = persons(question, "1a")
    statement: Any = select(found).where(found.c.operator.in_(sorted(returns_for(question))))
    return statement.subquery()  # type: ignore[no-any-return]


def coverage(question: Question, trained: Mapping[str, int]) -> tuple[Figure, tuple[Sentence, ...]]:
    """(the figure, what must be said about it); `trained`: operator → its count under 1a.

    Who belongs to an operator without a return counts under 1a and is left out here.
    """
    returns = returns_for(question)
    days = [each.on for each in returns.values()]
    figure = Figure(
        "1c",
        sum(trained.get(operator, 0) for operator in returns),
        out_of=sum(each.employees for each in returns.values()) if returns else None,
        dated=(min(days), max(days)) if days else None,
    )
    return figure, (*_left_out(trained, returns), *_too_many(trained, returns))


def _left_out(trained: Mapping[str, int], returns: Mapping[str, Return]) -> tuple[Sentence, ...]:
    without = sum(count for operator, count in trained.items() if operator not in returns)
    if not without or not returns:
        return ()
    return (
        sentence(
            "%(count)s of the employees trained belong to no operator with a headcount return: "
            "they count under 1a and are left out of 1c.",
            count=without,
        ),
    )


def _too_many(trained: Mapping[str, int], returns: Mapping[str, Return]) -> tuple[Sentence, ...]:
    above = [o for o, each in returns.items() if trained.get(o, 0) > each.employees]
    names = names_of(above)
    return tuple(
        sentence(
            "%(operator)s: more employees are trained (%(trained)s) than its headcount return of "
            "%(day)s holds (%(employees)s). Some of them are missing in the return: ask for a "
            "new one.",
            operator=names[operator].en if operator in names else operator,
            trained=trained[operator],
            day=returns[operator].on.isoformat(),
            employees=returns[operator].employees,
        )
        for operator in sorted(above)
        if operator != NOT_STATED
    )
