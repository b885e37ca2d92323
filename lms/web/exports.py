"""Files that take data out of the site: fetched by a form, noted in the audit trail first."""

from collections.abc import Iterable
from typing import Any

from flask import Response

from lms.base.clock import as_text, now
from lms.base.database import writing
from lms.base.ids import derived_id
from lms.base.sheets import sheet
from lms.people.audit import note
from lms.web.desk import acting_as
from lms.web.language import current_language
from lms.web.tickets import new_ticket, read_ticket

_TO_THE_DAY, _TO_THE_MINUTE = 10, 16


def export_ticket() -> str:
    """The ticket of a download's form."""
    return new_ticket("export")


def note_export(action: str, *, organisation: str | None = None, **detail: Any) -> None:
    """Notes a download before it is made. A double click is one note; the same page's button
    pressed again later is another."""
    ticket, at = read_ticket("export"), now()
    with writing():
        note(
            action,
            by=acting_as("manager"),
            at=at,
            organisation=organisation,
            detail={name: value for name, value in detail.items() if value not in ("", None)},
            event_id=derived_id("export", ticket.id, action, as_text(at)[:_TO_THE_MINUTE]),
        )


def as_sheet(rows: Iterable[Iterable[object]], name: str) -> Response:
    """A table as the answer, for the reader's spreadsheet; its file is named so, with the day."""
    text = "".join(sheet(rows, current_language()))
    return as_download(text, "text/csv", f"{name}-{as_text(now())[:_TO_THE_DAY]}.csv")


def as_download(data: Any, mimetype: str, filename: str, *, inline: bool = False) -> Response:
    """A file as the answer."""
    response = Response(data, mimetype=mimetype)
    shown = "inline" if inline else "attachment"
    response.headers.set("Content-Disposition", shown, filename=filename)
    return response
