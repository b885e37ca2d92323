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
from lms.web.desk import acting_as, go, saves
from lms.web.manager.corrections_pages import (
    AnswerForm,
    CorrectionLine,
    CorrectionPage,
    CorrectionsPage,
)
from lms.web.manager.desk import desk
from lms.web.manager.person import my_paths
from lms.web.pages import show
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
        text=correction.text,
        asked_at=correction.asked_at,
    )


@desk.get("/corrections/<correction>")
def open_correction(correction: str) -> Any:
    """One request, and the answer to it."""
    line = _request_of_mine(correction)
    return show("manager/correction.html", _page(line, AnswerForm(formdata=None)))


def _page(line: CorrectionLine, form: AnswerForm) -> CorrectionPage:
    return CorrectionPage(line, form, new_ticket("correction", line.id))


def _request_of_mine(correction: str) -> CorrectionLine:
    found = find_correction(correction)
    person = find_person_in(my_paths(), found.person) if found else None
    if found is None or person is None:
        raise CorrectionUnknown
    if found.state != "open":
        raise AnsweredAlready
    return _line(found, person)


@desk.post("/corrections/<correction>")
@saves
def settle_correction(correction: str) -> Any:
    """Put right, or left as it was; the person reads why."""
    line, form = _request_of_mine(correction), AnswerForm()
    ticket = read_ticket("correction", line.id)
    if not form.validate():
        return show("manager/correction.html", _page(line, form), 400)
    answer_correction(
        correction=line.id,
        put_right=form.outcome.data == "put-right",
        answer=form.answer.data or "",
        by=acting_as("manager"),
        at=now(),
        event_id=ticket.id,
    )
    flash(_("%(name)s will read your answer under “My data”.", name=line.person.name), "success")
    return go("manager.corrections")
