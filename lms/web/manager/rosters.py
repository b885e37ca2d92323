"""Lists of staff and of past trainings: sent, checked, confirmed, taken back."""

from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.ids import derived_id
from lms.base.jobs import latest_job, queue
from lms.exchange.actions import discard_draft as forget_draft
from lms.exchange.actions import import_of, keep_draft
from lms.exchange.queries import Draft, data_of, refused_lines
from lms.exchange.reading import is_small
from lms.exchange.reading.rows import LARGEST
from lms.exchange.rules.columns import HEADINGS, ROSTER, TRAININGS
from lms.exchange.rules.lines import KINDS_OF_FILE, What
from lms.exchange.rules.refusals import DraftNotReady
from lms.people import queries as people
from lms.web.desk import at_the_desk, go, say
from lms.web.exports import as_sheet, note_export
from lms.web.language import current_language
from lms.web.manager.desk import desk
from lms.web.manager.person import my_paths
from lms.web.manager.rosters_forms import file_form
from lms.web.manager.rosters_showing import (
    draft_of_mine,
    draft_page,
    import_of_mine,
    import_page,
    lists_page,
)
from lms.web.pages import show
from lms.web.paging import page_asked
from lms.web.tickets import read_ticket
from lms.web.uploads import takes_files
from lms.web.working import do_now, do_soon

_FEW = 500


@desk.get("/rosters")
def rosters() -> Any:
    """Lists of staff: sending one, and those of before."""
    return show("manager/rosters.html", lists_page("roster"))


@desk.get("/past-trainings")
def past_trainings() -> Any:
    """Lists of past trainings: sending one, and those of before."""
    return show("manager/rosters.html", lists_page("trainings"))


@desk.post("/rosters")
@takes_files(LARGEST)
def send_roster() -> Any:
    """A list of staff arrives; it is checked, and nothing is written."""
    return _send("roster")


@desk.post("/past-trainings")
@takes_files(LARGEST)
def send_trainings() -> Any:
    """A list of past trainings arrives; it is checked, and nothing is written."""
    return _send("trainings")


def _send(what: What) -> Any:
    form, ticket = file_form(my_paths()), read_ticket("file", what)
    if not form.validate():
        return show("manager/rosters.html", lists_page(what, form), 400)
    visitor, file = at_the_desk(), form.file.data
    data = file.stream.read(LARGEST + 1)
    draft = keep_draft(
        what=what,
        unit=form.unit.data,
        person=visitor.person,
        demo=visitor.demo,
        language=current_language(),
        file_name=file.filename or "",
        data=data,
        at=now(),
        draft=ticket.id,
    )
    _begin("check", draft, is_small(data), derived_id("check", draft))
    return go("manager.open_draft", draft=draft)


def _begin(kind: str, subject: str, few: bool, job: str) -> None:
    job = queue(kind=kind, subject=subject, person=at_the_desk().person, at=now(), job=job)
    if few:
        do_now(job)
    else:
        do_soon()


@desk.get("/drafts/<draft>")
def open_draft(draft: str) -> Any:
    """One file: what it would do, row by row, or how far it is."""
    found = draft_of_mine(draft)
    page = draft_page(found, request.args.get("state", ""), page_asked())
    return show("manager/roster_draft.html", page)


@desk.post("/drafts/<draft>/confirm")
def confirm_draft(draft: str) -> Any:
    """What the check has said is written."""
    found, ticket = draft_of_mine(draft), read_ticket("draft", draft)
    if not found.digest:
        raise DraftNotReady
    _begin("confirm", draft, found.written <= _FEW, derived_id("confirm", ticket.id))
    return _after(found)


def _after(draft: Draft) -> Any:
    job = latest_job(draft.id)
    if job and job.kind == "confirm" and job.state == "done" and draft.written:
        flash(_("The list is imported."), "success")
        return go("manager.open_import", imported=import_of(draft.id))
    return go("manager.open_draft", draft=draft.id)


@desk.post("/drafts/<draft>/continue")
def continue_draft(draft: str) -> Any:
    """Work that stopped in the middle is taken up again."""
    found, ticket = draft_of_mine(draft), read_ticket("draft", draft)
    job = latest_job(draft)
    if job is None and data_of(draft):
        queue(kind="check", subject=draft, person=found.person, at=now(), job=ticket.id)
    do_soon()
    return go("manager.open_draft", draft=draft)


@desk.post("/drafts/<draft>/discard")
def discard_draft(draft: str) -> Any:
    """The file is deleted; nothing was written."""
    found = draft_of_mine(draft)
    read_ticket("draft", draft)
    forget_draft(draft=draft)
    flash(_("The file is deleted. Nothing was written."), "success")
    return go("manager.rosters" if found.what == "roster" else "manager.past_trainings")


@desk.post("/drafts/<draft>/refused.csv")
def download_refused(draft: str) -> Any:
    """The rows that were not taken, as they were, with why in a last column."""
    found = draft_of_mine(draft)
    note_export("export.people", organisation=found.unit, refused=found.refused)
    rows = [[*found.head, _("Why this row was not taken"), _("Row")]]
    for line in refused_lines(draft):
        cells = [*line.cells, *[""] * (len(found.head) - len(line.cells))]
        rows.append([*cells, " ".join(say(each) for each in line.says), str(line.number)])
    return as_sheet(rows, _("rows-not-taken"))


@desk.get("/examples/<what>.csv")
def example_file(what: str) -> Any:
    """A list with its headings and one row, to be filled in."""
    if what not in KINDS_OF_FILE:
        abort(404)
    headings, offices = HEADINGS[current_language()], people.organisations_in(my_paths())
    office = next((each.code for each in offices if each.level == "office"), "")
    facts = _EXAMPLES[current_language()] | {"office": office}
    names = ROSTER if what == "roster" else TRAININGS
    rows = [[headings[thing] for thing in names], [facts.get(thing, "") for thing in names]]
    words = _("example")
    return as_sheet(rows, f"{words}-{what}")


_EXAMPLES = {
    "fr": {
        "staff_number": "A1234",
        "family_name": "Exemple",
        "given_name": "Awa",
        "sex": "F",
        "birth": "1988",
        "employment": "employé",
        "language": "fr",
        "title": "Accueil au guichet",
        "hours": "6",
        "on": "2025-03-04",
        "percent": "80",
    },
    "en": {
        "staff_number": "A1234",
        "family_name": "Example",
        "given_name": "Awa",
        "sex": "F",
        "birth": "1988",
        "employment": "employee",
        "language": "en",
        "title": "Serving at the counter",
        "hours": "6",
        "on": "2025-03-04",
        "percent": "80",
    },
}


@desk.get("/imports/<imported>")
def open_import(imported: str) -> Any:
    """One import: what it wrote, and taking it back."""
    return show("manager/roster_import.html", import_page(import_of_mine(imported)))


@desk.post("/imports/<imported>/undo")
def undo_import(imported: str) -> Any:
    """What the import wrote is taken back, so far as nothing stands on it."""
    found, ticket = import_of_mine(imported), read_ticket("undo", imported)
    few = sum(found.counts.values()) <= _FEW
    if found.undone_at is None:
        _begin("undo", imported, few, derived_id("undo", ticket.id))
    return go("manager.open_import", imported=imported)
