"""The audit trail: read, filtered, taken out. Nothing here changes it, save that a download is
itself noted."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from lms.people.rules import AUDITORS
from lms.web.audit.pages import Typed
from lms.web.audit.showing import (
    LONGEST_NUMBER,
    audit_page,
    audit_rows,
    understood,
)
from lms.web.desk import Desk, at_the_desk
from lms.web.exports import as_sheet, note_export
from lms.web.pages import show
from lms.web.paging import page_asked

desk = Desk("audit", __name__, admits=AUDITORS, path="/audit")


def _typed(given: MultiDict[str, str]) -> Typed:
    names = ("action", "person", "by", "from", "to")
    return Typed(*(given.get(name, "").strip()[:LONGEST_NUMBER] for name in names))


@desk.get("/")
def notes() -> Any:
    """One page of the trail."""
    page = audit_page(_typed(request.args), page_asked())
    return show("audit/notes.html", page, 400 if page.problems else 200)


@desk.post("/notes.csv")
def download_notes() -> Any:
    """The notes asked for, as a sheet."""
    typed = _typed(request.form)
    wanted, complaints = understood(typed)
    if complaints:
        return show("audit/notes.html", audit_page(typed, 1), 400)
    note_export("export.audit", which=typed.action, organisation=_place())
    return as_sheet(audit_rows(wanted), _("audit"))


def _place() -> str | None:
    held = [h for h in at_the_desk().positions if h.position in ("coordinator", "training-manager")]
    return min(held, key=lambda h: h.path.count("/")).organisation if held else None
