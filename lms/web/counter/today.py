"""Who was at the counter today, and finding anybody of my offices."""

from typing import Any, Final

from flask import request, url_for
from flask_babel import gettext as _

from lms.base.clock import from_text, now
from lms.base.ids import clean_code
from lms.people import queries as people
from lms.people.assistance.queries import assisted_at, minutes_given, minutes_given_by
from lms.people.cards.queries import card_states_of, seen_at
from lms.people.devices.queries import guests_on
from lms.people.rules import Organisation, Person, local_date
from lms.web.counter.desk import ANSWER_FOR_MACHINES, counter_paths, desk
from lms.web.counter.offices import chosen_office, offices_of
from lms.web.counter.pages import PersonLine, TodayPage
from lms.web.counter.waiting import waiting_at
from lms.web.desk import at_the_desk
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.standing import this_device
from lms.web.tickets import new_ticket

MOST_FOUND: Final = 20
LONGEST_SEARCH: Final = 100


@desk.get("/")
def today() -> Any:
    """Today at one of my offices; with words to search for, who fits."""
    office = chosen_office(counter_paths(), request.args.get("office", ""))
    search = request.args.get("search", "").strip()[:LONGEST_SEARCH]
    found, total = _found(search)
    lines, day = _seen_today(office), local_date(now(), office.country)
    page = TodayPage(
        office=office,
        offices=tuple(offices_of(counter_paths())),
        search=search,
        found=found,
        total=total,
        lines=lines,
        registered=sum(line.registered for line in lines),
        signed_in=sum(line.signed_in for line in lines),
        guests=guests_on(office.id, day, office.country),
        assisted_now=tuple(each.began_at for each in assisted_at(office.id, now())),
        helped_week=minutes_given(office.id, day),
        helped_by_me=minutes_given_by(at_the_desk().person, office.id, day),
        ticket=new_ticket("cards"),
        waiting=waiting_at(office, lines),
        answers_for_machines=not this_device() and at_the_desk().acts_as(*ANSWER_FOR_MACHINES),
    )
    return show("counter/today.html", page)


def _found(search: str) -> tuple[tuple[PersonLine, ...], int]:
    if not search:
        return (), 0
    card = clean_code(search)
    by_number = [
        mine
        for person in (people.people_numbered(search) if card else [])
        if (mine := people.find_person_in(counter_paths(), person.id))
    ]
    if by_number:
        return lines_of(by_number), len(by_number)
    found, total = people.people_in(counter_paths(), search=search, limit=MOST_FOUND)
    return lines_of(found), total


def lines_of(found: list[Person]) -> tuple[PersonLine, ...]:
    """Lines about people of my offices."""
    states = card_states_of([person.id for person in found])
    offices = people.organisations_with_ids({person.office for person in found})
    return tuple(
        PersonLine(
            id=person.id,
            name=person.name,
            number=person.number,
            url=_url(person),
            state=states[person.id],
            hint=_told_apart(person, offices.get(person.office)),
        )
        for person in found
    )


def _told_apart(person: Person, office: Organisation | None) -> str:
    """Enough to ask “which one are you?” without the whole staff number on a shared screen."""
    parts = [office.name(current_language())] if office else []
    if person.staff_number:
        parts.append(_("staff number …%(end)s", end=person.staff_number[-3:]))
    return " · ".join(parts)


def _url(person: Person) -> str:
    return url_for("counter.open_person", person=person.id)


def _seen_today(office: Organisation) -> tuple[PersonLine, ...]:
    seen = seen_at(office.id, local_date(now(), office.country))
    known = people.people_with_ids([each.person for each in seen])
    states = card_states_of(known)
    lines = []
    for each in seen:
        person = known.get(each.person)
        if person is None:
            continue
        mine = people.find_person_in(counter_paths(), person.id) is not None
        lines.append(
            PersonLine(
                id=person.id if mine else "",
                name=person.name if mine else "",
                number=person.number,
                url=_url(person) if mine else "",
                state=states[person.id],
                registered=each.registered,
                signed_in=each.signed_in,
                at=from_text(each.at),
            )
        )
    return tuple(lines)
