"""What still waits at an office, as far as this server knows: messages, sheets, cards."""

from collections.abc import Iterable
from datetime import datetime, time

from flask import current_app, url_for

from lms.base.clock import now
from lms.learning.events import LEARNING_KINDS
from lms.people import queries as people
from lms.people.access.queries import Unsent, sheets_unused, unsent_mail
from lms.people.access.undelivered import WHY_REFUSED
from lms.people.cards.queries import seen_at
from lms.people.rules import Organisation, Person, local_date, zone_of
from lms.record.queries import count_kept_of
from lms.settings import Settings
from lms.web.counter.desk import counter_paths
from lms.web.counter.pages import MessageLine, PersonLine, SheetLine, Waiting


def waiting_at(office: Organisation, lines: Iterable[PersonLine]) -> Waiting:
    """What waits at the office; `lines` are the people of today."""
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    messages, sheets = unsent_mail(office=office.id), sheets_unused(office.id, now())
    known = people.people_with_ids({m.person for m in messages} | {p for p, _ in sheets})
    mine = {
        each: person
        for each, person in known.items()
        if people.find_person_in(counter_paths(), person.id)
    }
    return Waiting(
        messages=tuple(
            _message(each, mine[each.person]) for each in messages if each.person in mine
        ),
        sheets=tuple(
            SheetLine(mine[person].name, _url(mine[person]), until)
            for person, until in sheets
            if person in mine
        ),
        cards=tuple(line for line in lines if line.registered and line.state.card == "none"),
        results=_results_of_today(office),
        mails=bool(settings.mail_server),
    )


def _message(message: Unsent, person: Person) -> MessageLine:
    why = WHY_REFUSED.get(message.problem) if message.refused else None
    name, url = person.name, _url(person)
    return MessageLine(name, url, message.purpose, message.due_at, message.refused, why)


def _url(person: Person) -> str:
    return url_for("counter.open_person", person=person.id)


def _results_of_today(office: Organisation) -> int:
    day = local_date(now(), office.country)
    begins = datetime.combine(day, time(), zone_of(office.country))
    persons = {each.person for each in seen_at(office.id, day)}
    return count_kept_of(persons, kinds=LEARNING_KINDS, since=begins)
