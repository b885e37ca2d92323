"""The counts behind all tables of a question, in a handful of grouped queries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, func, select

from lms.base.database import db
from lms.people.functioning.queries import counts_among
from lms.reports.queries.assistance import counted_assistance
from lms.reports.queries.meetings import attendances, counted_workshops
from lms.reports.queries.places import is_of_whole_operators
from lms.reports.queries.training import TRAINING, persons, persons_by_course
from lms.reports.rules import NOT_STATED, SEXES, Question

_ATTRIBUTES = ("state", "operator", "office", "sex", "help")


@dataclass(frozen=True, slots=True)
class Counts:
    """(indicator, grouping) → group → count; office-sex groups are (office, sex)."""

    totals: Mapping[str, int]
    groups: Mapping[tuple[str, str], Mapping[Any, int]]

    def total(self, code: str) -> int:
        """The value of an indicator."""
        return self.totals.get(code, 0)

    def of(self, code: str, by: str) -> Mapping[Any, int]:
        """Group → count, only groups that have one."""
        return self.groups.get((code, by), {})


def counts_of(question: Question) -> Counts:
    """All counts of a question."""
    totals: Counter[str] = Counter()
    groups: dict[tuple[str, str], Counter[Any]] = {}
    for code in TRAINING:
        _add_training(question, code, totals, groups)
    _add_disability(question, groups)
    _add_assistance(question, totals, groups)
    _add_workshops(question, totals, groups)
    _add_participants(question, totals, groups)
    return Counts(totals, groups)


def _add_training(
    question: Question,
    code: str,
    totals: Counter[str],
    groups: dict[tuple[str, str], Counter[Any]],
) -> None:
    for row in _grouped(persons(question, code), _ATTRIBUTES):
        totals[code] += row.n
        stated: dict[str, Any] = {name: key_of(name, getattr(row, name)) for name in _ATTRIBUTES}
        stated["office-sex"] = (stated["office"], stated["sex"])
        _count(groups, code, stated.items(), row.n)
    for row in _grouped(persons_by_course(question, code), ("course",)):
        _count(groups, code, [("course", row.course)], row.n)


def _add_disability(question: Question, groups: dict[tuple[str, str], Counter[Any]]) -> None:
    """Never of one office: whole operators alone, and of those only where several offices count."""
    offices = set(groups.get(("1a", "office"), ())) - {NOT_STATED}
    if len(offices) > 1 and is_of_whole_operators(question):
        learners = select(persons(question, "1a").c.learner)
        told = counts_among(db.session().scalars(learners))
        groups["1a", "disability"] = Counter(told)


def _add_assistance(
    question: Question, totals: Counter[str], groups: dict[tuple[str, str], Counter[Any]]
) -> None:
    by = ("state", "operator", "office")
    for row in _grouped(counted_assistance(question), by):
        totals["3k"] += row.n
        _count(groups, "3k", ((name, key_of(name, getattr(row, name))) for name in by), row.n)


def _add_workshops(
    question: Question, totals: Counter[str], groups: dict[tuple[str, str], Counter[Any]]
) -> None:
    by = ("theme", "mode", "language")
    for row in _grouped(counted_workshops(question), by):
        totals["4"] += row.n
        _count(groups, "4", ((name, key_of(name, getattr(row, name))) for name in by), row.n)


def _add_participants(
    question: Question, totals: Counter[str], groups: dict[tuple[str, str], Counter[Any]]
) -> None:
    came = attendances(question)
    for row in _grouped(came, ("state", "sex", "theme", "nth")):
        keys = [(name, key_of(name, getattr(row, name))) for name in ("state", "sex", "theme")]
        totals["5a"] += row.n
        _count(groups, "5a", keys, row.n)
        if row.nth == 1:
            totals["5b"] += row.n
            _count(groups, "5b", keys[:2], row.n)
    states = groups.get(("5a", "state"), Counter())
    groups["6", "state"] = Counter({state: 1 for state in states if state != NOT_STATED})
    totals["6"] = len(groups["6", "state"])


def _grouped(rows: Subquery, columns: Iterable[str]) -> Iterable[Any]:
    by = [rows.c[name] for name in columns]
    return db.session().execute(select(*by, func.count().label("n")).group_by(*by))


def _count(
    groups: dict[tuple[str, str], Counter[Any]],
    code: str,
    keys: Iterable[tuple[str, Any]],
    many: int,
) -> None:
    for by, key in keys:
        groups.setdefault((code, by), Counter())[key] += many


def key_of(name: str, value: str) -> str:
    """The group a value belongs to; an empty or unknown one is not stated."""
    if name == "sex":
        return value if value in SEXES else NOT_STATED
    return value or NOT_STATED
