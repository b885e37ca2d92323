"""What people say is wrong, and the answers."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from lms.base.clock import now
from lms.people.corrections.actions import answer_correction
from lms.people.corrections.queries import find_correction, open_corrections_in
from lms.people.corrections.rules import (
    ABOUT,
    AnsweredAlready,
    Correction,
    CorrectionUnknown,
)
from lms.people.queries import find_person_in, people_with_ids
from lms.people.rules import Person
from lms.web.confidences import fact_of, note_look, shown_until
from lms.web.desk import acting_as, go, saves
from lms.web.manager.corrections_pages import (
    AnswerForm,
    CorrectionLine,
    CorrectionPage,
    CorrectionsPage,
)
from lms.web.manager.desk import desk
from lms.web.manager.person import my_paths
from lms.web.pages import Page, show
from lms.web.tickets import new_ticket, read_ticket


@desk.get("/corrections")
def corrections() -> Any:
    """The open requests of my people, the oldest first."""
    waiting = open_corrections_in(my_paths())
    known = people_with_ids({each.person for each in waiting})
    lines = (_line(each, known[each.person]) for each in waiting if each.person in known)
    return show("manager/corrections.html", CorrectionsPage(tuple(lines)))


def _line(correction: Correction, person: Person) -> CorrectionLine:
    return CorrectionLine(
        id=correction.id,
        person=person,
        about=ABOUT[correction.about if correction.about in ABOUT else "other"],
        asked_at=correction.asked_at,
        ticket=new_ticket("correction", correction.id),
    )


@desk.get("/corrections/<correction>")
def open_correction(correction: str) -> Any:
    """One request, and the answer to it."""
    found, person = _request_of_mine(correction)
    return _shown(found, person, AnswerForm(formdata=None))


def _shown(found: Correction, person: Person, form: AnswerForm, status: int = 200) -> Page:
    until = shown_until(found.id)
    text = fact_of("request", found.text, shown=until is not None)
    page = CorrectionPage(_line(found, person), text, until, form)
    return show("manager/correction.html", page, status)


def _request_of_mine(correction: str) -> tuple[Correction, Person]:
    found = find_correction(correction)
    person = find_person_in(my_paths(), found.person) if found else None
    if found is None or person is None:
        raise CorrectionUnknown
    if found.state != "open":
        raise AnsweredAlready
    return found, person


@desk.post("/corrections/<correction>/read")
@saves
def read_correction(correction: str) -> Any:
    """Shows what the person wrote; an answer that was begun stays."""
    (found, person), form = _request_of_mine(correction), AnswerForm()
    fields = ("request",) if found.text else ()
    note_look(read_ticket("correction", found.id), found.id, {person.id: fields})
    if form.outcome.data or form.answer.data:
        return _shown(found, person, form)
    return go("manager.open_correction", correction=found.id)


@desk.post("/corrections/<correction>")
@saves
def settle_correction(correction: str) -> Any:
    """Put right, or left as it was; the person reads why."""
    (found, person), form = _request_of_mine(correction), AnswerForm()
    ticket = read_ticket("correction", found.id)
    if not form.validate():
        return _shown(found, person, form, 400)
    answer_correction(
        correction=found.id,
        put_right=form.outcome.data == "put-right",
        answer=form.answer.data or "",
        by=acting_as("manager"),
        at=now(),
        event_id=ticket.id,
    )
    flash(_("%(name)s will read your answer under “My data”.", name=person.name), "success")
    return go("manager.corrections")
