"""One return of an operator, and which of them counts on a day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lms.base.language import sentence
from lms.base.refusals import Refusal

MOST_EMPLOYEES: Final = 2_000_000
LONGEST_SOURCE: Final = 200


class MoreWomenThanEmployees(Refusal):
    says = sentence("There cannot be more women than employees. Correct one of the two numbers.")


class ReturnOfTheFuture(Refusal):
    says = sentence("Give today or an earlier day: a return says how many people there were.")


@dataclass(frozen=True, slots=True)
class Return:
    """How many employees an operator had on a day; `actor` handed it in at `at`."""

    id: str
    operator: str
    on: date
    employees: int
    women: int | None
    source: str
    actor: str | None
    at: datetime


def in_force(returns: Iterable[Return], day: date) -> dict[str, Return]:
    """Operator → its latest return of that day or before; of one day, the one handed in last."""
    found: dict[str, Return] = {}
    for each in sorted(returns, key=lambda r: (r.on, r.at, r.id)):
        if each.on <= day:
            found[each.operator] = each
    return found
