"""Asking people to learn: one, a list, a whole unit; and who is late."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.base.clock import now
from lms.courses.queries import current_edition
from lms.learning.paths import actions
from lms.learning.paths.queries import (
    asked_of_learner,
    current_path,
    enrolled_already,
    find_path,
)
from lms.people.queries.units import learners_in, tree_paths
from lms.people.rules import OrganisationUnknown
from lms.web.desk import acting_as, go, saves
from lms.web.exports import as_sheet, note_export
from lms.web.manager.asking_numbers import read_numbers
from lms.web.manager.asking_pages import EnrolPage
from lms.web.manager.asking_showing import (
    enrol_form,
    enrol_one_form,
    enrol_one_page,
    is_mine,
    learning_page,
)
from lms.web.manager.desk import desk
from lms.web.manager.late_showing import all_late_lines, late_page
from lms.web.manager.person import my_place, person_of_mine
from lms.web.pages import Page, show
from lms.web.paging import page_asked
from lms.web.tickets import Ticket, new_ticket, read_ticket


@desk.get("/learning")
def learning() -> Any:
    """What is asked of my people, and office by office who is late."""
    return show("manager/learning.html", learning_page())


@desk.get("/learning/late")
def late() -> Any:
    """Everything that is late, to read or to print."""
    office, number = _office(request.args), page_asked()
    page = late_page(office, number, whole="whole" in request.args)
    return show("manager/late.html", page)


@desk.post("/learning/late.csv")
def download_late() -> Any:
    """The same as a sheet."""
    office = _office(request.form)
    note_export("export.people", organisation=office or my_place(), list="late")
    return as_sheet(_late_rows(office), _("late"))


def _office(given: Any) -> str:
    office = str(given.get("office", ""))
    if office and not is_mine(office):
        raise OrganisationUnknown(code="")
    return office


def _late_rows(office: str) -> Iterator[list[str]]:
    yield [
        _("Name"),
        _("Number"),
        _("Staff number"),
        _("Office"),
        _("Course"),
        _("Learning path"),
        _("To finish by"),
        _("Days late"),
    ]
    for each in all_late_lines(office):
        who = [each.name or _("Name removed"), each.number, each.staff_number, each.office]
        when = [each.due.isoformat(), str(each.days)]
        yield [*who, each.course, each.path, *when]


@desk.get("/learning/enrol")
def enrol_people() -> Any:
    """Where people on a list, or a whole unit, are asked to learn something."""
    form = enrol_form()
    wanted = request.args.get("what", "")
    if wanted in [choice.value for choice in form.what.choices]:
        form.what.data = wanted
    return show("manager/enrol.html", EnrolPage(form, new_ticket("enrol-many")))


@desk.post("/learning/enrol")
def send_enrolments() -> Any:
    """Asks those who were understood, and says line by line who was not."""
    form = enrol_form()
    ticket = read_ticket("enrol-many")
    if not form.validate():
        return show("manager/enrol.html", EnrolPage(form, new_ticket("enrol-many")), 400)
    if form.whom.data == "unit":
        return _enrol_unit(form, ticket)
    return _enrol_list(form, ticket)


def _enrol_unit(form: Any, ticket: Ticket) -> Any:
    learners = learners_in(tree_paths([form.unit.data]).values())
    if not learners:
        words = _(
            "Nobody belongs to this unit yet. For those who come later, set a rule on a path."
        )
        flash(words, "info")
        return go("manager.enrol_people")
    new = _ask(form, learners, form.unit.data, ticket)
    _tell(new, len(learners) - new)
    return go("manager.learning")


def _enrol_list(form: Any, ticket: Ticket) -> Any:
    learners, told = read_numbers(form.lines)
    new = _ask(form, learners, my_place() or "", ticket) if learners else 0
    refused = tuple(each for each in told if not each.repeats)
    repeated = tuple(each for each in told if each.repeats)
    if not refused:
        _tell(new, len(learners) - new, len(repeated))
        return go("manager.learning")
    form.numbers.data = "\n".join(each.typed for each in refused)
    known = len(learners) - new
    page = EnrolPage(form, new_ticket("enrol-many"), new, known, refused, repeated)
    return show("manager/enrol.html", page, 400)


def _tell(new: int, known: int, repeated: int = 0) -> None:
    words = ngettext(
        "%(num)s person is asked to learn it.", "%(num)s people are asked to learn it.", new
    )
    if known and not new:
        words = _("Nobody new is asked to learn it.")
    flash(words, "success" if new else "info")
    if known:
        again = ngettext("%(num)s was asked already.", "%(num)s were asked already.", known)
        flash(again, "info")
    if repeated:
        twice = ngettext(
            "%(num)s line named somebody once more.",
            "%(num)s lines named somebody once more.",
            repeated,
        )
        flash(twice, "info")


@saves
def _ask(form: Any, learners: Sequence[str], organisation: str, ticket: Ticket) -> int:
    """Returns of how many it was not asked before. Where no day is given, those of whom it is
    asked already keep theirs."""
    kind, _colon, subject = form.what.data.partition(":")
    if form.due.data is None:
        known = enrolled_already(learners, subject)
        learners = [learner for learner in learners if learner not in known]
    return actions.enrol(
        learners=learners,
        organisation=organisation,
        course=current_edition(subject).slug if kind == "course" else None,
        path=current_path(subject).id if kind == "path" else None,
        due=form.due.data,
        by=acting_as("manager"),
        at=now(),
        event_id=ticket.id,
    )


@desk.get("/people/<person>/learning")
def person_learning(person: str) -> Any:
    """What is asked of one person, and where more is asked."""
    return _one(person_of_mine(person), enrol_one_form())


def _one(found: Any, form: Any, status: int = 200) -> Page:
    return show("manager/person_learning.html", enrol_one_page(found, form), status)


@desk.post("/people/<person>/learning")
def enrol_person(person: str) -> Any:
    """Asks one person to learn something."""
    found, form = person_of_mine(person), enrol_one_form()
    ticket = read_ticket("enrol", found.id)
    if not form.validate():
        return _one(found, form, 400)
    new = _ask(form, [found.id], my_place() or "", ticket)
    _tell(new, 1 - new)
    return go("manager.person_learning", person=found.id)


@desk.post("/people/<person>/learning/stop")
@saves
def unenrol_person(person: str) -> Any:
    """The person is no longer asked to do it."""
    found, subject = person_of_mine(person), request.form.get("subject", "")
    ticket = read_ticket("unenrol", found.id, subject)
    if subject in {line.subject for line in asked_of_learner(found.id)}:
        path = find_path(subject)
        actions.unenrol(
            learner=found.id,
            organisation=my_place() or "",
            course=None if path else subject,
            path=subject if path else None,
            by=acting_as("manager"),
            at=now(),
            event_id=ticket.id,
        )
    flash(_("%(name)s is no longer asked to learn it.", name=found.name), "success")
    return go("manager.person_learning", person=found.id)
