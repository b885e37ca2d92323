"""Gathers what is shown about somebody's positions and ways in."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from flask import current_app, url_for

from lms.base.clock import now
from lms.base.language import Sentence
from lms.people import queries as people
from lms.people.access.queries import has_second_step
from lms.people.audit.queries import notes_about
from lms.people.audit.rules import says
from lms.people.queries import find_person_in
from lms.people.rights.queries import (
    holdings_of,
    may_touch_access,
    may_withdraw,
    paths_over_people,
    person_under,
    places_to_give,
    positions_to_give,
)
from lms.people.rights.rules import Holding, is_position
from lms.people.rules import LOOK_AFTER, Organisation, Person, Position, Visitor
from lms.web.desk import at_the_desk
from lms.web.language import current_language
from lms.web.paging import sheet_of
from lms.web.rights.forms import GiveForm, give_form
from lms.web.rights.givers import givers_for
from lms.web.rights.pages import (
    Access,
    HoldingLine,
    NoteLine,
    PeoplePage,
    PersonLine,
    PositionChoice,
    RightsPage,
)
from lms.web.rights.words import WHAT_THEY_DO, position_name
from lms.web.tickets import new_ticket

SHOWN_NOTES: Final = 10
ON_A_PAGE: Final = 50
LONGEST_SEARCH: Final = 80
_OF_ACCESS = (
    "password.reset",
    "password.chosen",
    "pin.reset",
    "invitation.sent",
    "sheet.printed",
    "second-step.set",
    "second-step.removed",
    "second-step.reset",
    "account.closed",
    "account.reopened",
)


def somebody_of_mine(person: str) -> Person:
    """A person whose rights the visitor may look up; elsewhere nobody is to be found."""
    return person_under(at_the_desk().positions, person)


def may_touch(person: Person) -> bool:
    """Whether the visitor may give this person a way in."""
    visitor = at_the_desk()
    return may_touch_access(visitor.positions, visitor.person, person.id, now().date())


def rights_page(
    person: Person,
    *,
    position: str = "",
    form: GiveForm | None = None,
    refused: Sentence | None = None,
) -> RightsPage:
    """The page; `position` is the one that is about to be given."""
    visitor = at_the_desk()
    oneself = visitor.person == person.id
    choices = () if oneself else _choices(visitor)
    chosen = next((choice for choice in choices if choice.position == position), None)
    if chosen and form is None:
        form = form_for(chosen.position)
    return RightsPage(
        person=person,
        office=_name(person.office),
        oneself=oneself,
        lines=tuple(_line(h, person, visitor) for h in holdings_of(person.id)),
        choices=choices,
        givers=givers_for(person),
        chosen=chosen,
        form=form if chosen else None,
        ticket=new_ticket("give", person.id, position) if chosen else "",
        refused=refused,
        access=_access(person),
        person_url=_person_url(person),
    )


def _person_url(person: Person) -> str:
    mine = find_person_in(at_the_desk().paths_as(*LOOK_AFTER), person.id)
    return url_for("manager.open_person", person=person.id) if mine else ""


def people_page(search: str, number: int) -> PeoplePage:
    """The people found, of those whose rights the visitor may look up."""
    search, number = search.strip()[:LONGEST_SEARCH], max(1, number)
    paths = paths_over_people(at_the_desk().positions)
    found, total = people.people_in(
        paths, search=search, limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE
    )
    names = {o.id: o for o in people.organisations_with_ids({p.office for p in found}).values()}
    lines = tuple(_person_line(person, names) for person in found)
    pages = sheet_of("rights.people", number, total, ON_A_PAGE, search=search or None)
    return PeoplePage(search, total, lines, pages)


def _person_line(person: Person, offices: Mapping[str, Organisation]) -> PersonLine:
    office = offices.get(person.office)
    held = [h for h in holdings_of(person.id) if h.holds_on(now().date())]
    return PersonLine(
        name=f"{person.family_name} {person.given_name}".strip(),
        url=url_for("rights.positions", person=person.id),
        number=person.number,
        staff_number=person.staff_number,
        office=office.name(current_language()) if office else "",
        positions=tuple(dict.fromkeys(position_name(h.position) for h in held)),
    )


def form_for(position: str) -> GiveForm | None:
    """The form that gives a position, with the places where the visitor may give it."""
    if not is_position(position):
        return None
    known: Position = position  # type: ignore[assignment]
    places = places_to_give(at_the_desk().positions, known)
    return give_form(places) if places else None


def _choices(visitor: Visitor) -> tuple[PositionChoice, ...]:
    return tuple(
        PositionChoice(position, position_name(position), str(WHAT_THEY_DO[position]))
        for position in positions_to_give(visitor.positions)
        if places_to_give(visitor.positions, position)
    )


def _line(holding: Holding, person: Person, visitor: Visitor) -> HoldingLine:
    today = now().date()
    over = holding.is_over_on(today)
    state = "over" if over else "now" if holding.holds_on(today) else "later"
    mine = not over and visitor.person != person.id and may_withdraw(visitor.positions, holding)
    purpose = ("withdraw", person.id, holding.position, holding.organisation)
    return HoldingLine(
        position=holding.position,
        name=position_name(holding.position),
        organisation=holding.organisation,
        place=_name(holding.organisation),
        since=date.fromisoformat(holding.since),
        until=date.fromisoformat(holding.until) if holding.until else None,
        state=state,
        ticket=new_ticket(*purpose) if mine and not holding.until else "",
    )


def _name(organisation: str) -> str:
    found = people.find_organisation(organisation)
    return found.name(current_language()) if found else ""


def _access(person: Person) -> Access:
    settings = current_app.settings  # type: ignore[attr-defined]
    return Access(
        may_touch=may_touch(person),
        has_address=bool(person.email),
        sends_mail=bool(settings.mail_server),
        has_second_step=has_second_step(person.id),
        sheet_ticket=new_ticket("sheet", person.id),
        invitation_ticket=new_ticket("invitation", person.id),
        second_step_ticket=new_ticket("second-step", person.id),
        notes=_notes(person),
    )


def _notes(person: Person) -> tuple[NoteLine, ...]:
    notes = list(notes_about(person.id, _OF_ACCESS))[:SHOWN_NOTES]
    names = people.people_with_ids({note.actor for note in notes if note.actor})
    return tuple(
        NoteLine(note.at, says(note.action), names[note.actor].name if note.actor in names else "")
        for note in notes
    )
