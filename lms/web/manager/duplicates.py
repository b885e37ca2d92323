"""People who were registered twice: found, compared, merged by two, parted again."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from lms.base.clock import now
from lms.people.actions.merging import (
    AnotherMustConfirm,
    NoProposal,
    NotMerged,
    SamePerson,
    confirm_merge,
    decline_merge,
    part_again,
    propose_merge,
)
from lms.people.queries import person_numbered
from lms.people.rules import PersonUnknown
from lms.web.desk import acting_as, go, saves
from lms.web.manager.desk import desk
from lms.web.manager.duplicates_forms import PartForm, ProposeByNumberForm, ProposeForm
from lms.web.manager.duplicates_showing import (
    compare_page,
    duplicates_page,
    must_stand_above,
    two_of_mine,
)
from lms.web.manager.person import person_of_mine
from lms.web.manager.standing_pages import twin_page
from lms.web.pages import show
from lms.web.tickets import read_ticket


@desk.get("/duplicates")
def duplicates() -> Any:
    """What waits for a decision, whom to look at, and who was merged."""
    return show("manager/duplicates.html", duplicates_page())


@desk.get("/duplicates/<person>/<other>")
def compare_people(person: str, other: str) -> Any:
    """Two records side by side."""
    return show("manager/compare.html", compare_page(person, other))


@desk.post("/duplicates/<person>/<other>/propose")
@saves
def propose_one(person: str, other: str) -> Any:
    """Says that both are one person; somebody else must confirm it."""
    two_of_mine(person, other)
    form, ticket = ProposeForm(), read_ticket("propose", *sorted((person, other)))
    if not form.validate():
        return show("manager/compare.html", compare_page(person, other, propose=form), 400)
    _propose(person, other, form.why.data, ticket.id)
    return go("manager.compare_people", person=person, other=other)


def _propose(person: str, other: str, why: str, event_id: str) -> None:
    propose_merge(
        learner=person,
        other=other,
        why=why,
        by=acting_as("manager"),
        at=now(),
        event_id=event_id,
    )
    flash(_("It is proposed. Somebody else who looks after both must confirm it."), "success")


@desk.route("/people/<person>/second-number", methods=["GET", "POST"])
def second_number(person: str) -> Any:
    """The person shows a card with another number, perhaps of another office."""
    found, form = person_of_mine(person), ProposeByNumberForm()
    if not form.is_submitted():
        return show("manager/second_number.html", twin_page(found, form))
    ticket = read_ticket("second-number", found.id)
    if not form.validate():
        return show("manager/second_number.html", twin_page(found, form), 400)
    try:
        return _propose_numbered(found.id, form, ticket.id)
    except (PersonUnknown, SamePerson) as refusal:
        page = twin_page(found, form, refusal.sentence)
        return show("manager/second_number.html", page, 400)


@saves
def _propose_numbered(person: str, form: ProposeByNumberForm, event_id: str) -> Any:
    other = person_numbered(form.number.data)
    if other is None:
        raise PersonUnknown
    _propose(person, other, form.why.data, event_id)
    return go("manager.duplicates")


@desk.post("/duplicates/<person>/<other>/confirm")
@saves
def confirm_one(person: str, other: str) -> Any:
    """Both are one person from now on."""
    two_of_mine(person, other)
    ticket = read_ticket("confirm", *sorted((person, other)))
    must_stand_above(person, other)
    try:
        confirm_merge(
            learner=person, other=other, by=acting_as("manager"), at=now(), event_id=ticket.id
        )
    except (AnotherMustConfirm, NoProposal) as refusal:
        page = compare_page(person, other, refused=refusal.sentence)
        return show("manager/compare.html", page, 400)
    flash(_("From now on they are one person. Either card and either password works."), "success")
    return go("manager.compare_people", person=person, other=other)


@desk.post("/duplicates/<person>/<other>/decline")
@saves
def decline_one(person: str, other: str) -> Any:
    """They are two people."""
    two_of_mine(person, other)
    ticket = read_ticket("decline", *sorted((person, other)))
    try:
        decline_merge(
            learner=person, other=other, by=acting_as("manager"), at=now(), event_id=ticket.id
        )
    except NoProposal as refusal:
        page = compare_page(person, other, refused=refusal.sentence)
        return show("manager/compare.html", page, 400)
    flash(_("They stay two people. They are not proposed to you again."), "success")
    return go("manager.duplicates")


@desk.post("/duplicates/<person>/<other>/part")
@saves
def part_one(person: str, other: str) -> Any:
    """Takes a merge back."""
    two_of_mine(person, other)
    form, ticket = PartForm(), read_ticket("part", *sorted((person, other)))
    must_stand_above(person, other)
    if not form.validate():
        return show("manager/compare.html", compare_page(person, other, part=form), 400)
    try:
        part_again(
            learner=person,
            other=other,
            why=form.why.data,
            by=acting_as("manager"),
            at=now(),
            event_id=ticket.id,
        )
    except NotMerged as refusal:
        page = compare_page(person, other, refused=refusal.sentence)
        return show("manager/compare.html", page, 400)
    flash(_("They are two people again, and each has what they did themselves."), "success")
    return go("manager.duplicates")
