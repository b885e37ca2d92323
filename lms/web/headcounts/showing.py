"""The page of the headcounts, and the one write behind it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from lms.base.clock import now
from lms.people import queries as people
from lms.people.headcounts.actions import return_headcount
from lms.people.headcounts.queries import returns_in
from lms.web.desk import acting_as, go, saves
from lms.web.headcounts.forms import ReturnForm
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.tickets import Ticket, new_ticket, read_ticket


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One return. `current` where it is the operator's latest."""

    operator: str
    on: date
    employees: int
    women: int | None
    source: str
    who: str
    at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class HeadcountsPage:
    """Handing in, and the history. `form` is None for who only reads."""

    form: ReturnForm | None
    ticket: str
    url: str
    lines: tuple[ReturnLine, ...]
    sections: tuple[Any, ...]


def answer_headcounts(
    endpoint: str, reads: Collection[str], hands_in: Collection[str], sections: tuple[Any, ...]
) -> Any:
    """The page, for who sees some subtrees and may hand in for some."""
    form = _form(hands_in) if hands_in else None
    return _show(endpoint, reads, form, sections)


def take_headcount(
    endpoint: str, reads: Collection[str], hands_in: Collection[str], sections: tuple[Any, ...]
) -> Any:
    """A form that was sent."""
    ticket, form = read_ticket("headcount"), _form(hands_in)
    if not form.validate():
        return _show(endpoint, reads, form, sections, 400)
    return _keep(form, ticket, endpoint)


@saves
def _keep(form: ReturnForm, ticket: Ticket, endpoint: str) -> Any:
    return_headcount(
        operator=form.operator.data,
        on=form.on.data,
        employees=form.employees.data or 0,
        women=form.women.data,
        source=form.source.data,
        by=acting_as("manager"),
        at=now(),
        event_id=ticket.id,
    )
    flash(_("The headcount is recorded."), "success")
    return go(endpoint)


def _form(paths: Collection[str]) -> ReturnForm:
    form = ReturnForm()
    operators = people.organisations_in(paths, level="operator")
    names = sorted((each.name(current_language()), each.id) for each in operators)
    form.operator.choices = [SelectChoice(id, name) for name, id in names]
    return form


def _show(
    endpoint: str,
    reads: Collection[str],
    form: ReturnForm | None,
    sections: tuple[Any, ...],
    status: int = 200,
) -> Any:
    page = HeadcountsPage(
        form=form,
        ticket=new_ticket("headcount"),
        url=url_for(endpoint),
        lines=tuple(_lines(reads)),
        sections=sections,
    )
    return show("headcounts/headcounts.html", page, status)


def _lines(paths: Collection[str]) -> Iterator[ReturnLine]:
    found = returns_in(paths)
    who = people.people_with_ids({each.actor for each in found if each.actor})
    operators = people.organisations_with_ids({each.operator for each in found})
    seen: set[str] = set()
    for each in found:
        person = who.get(each.actor or "")
        yield ReturnLine(
            operator=operators[each.operator].name(current_language()),
            on=each.on,
            employees=each.employees,
            women=each.women,
            source=each.source,
            who=person.name if person else _("Somebody who is no longer here"),
            at=each.at,
            current=each.operator not in seen,
        )
        seen.add(each.operator)
