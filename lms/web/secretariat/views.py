"""The secretariat's desk: figures, the rows behind each, and their definitions."""

from collections.abc import Iterable
from typing import Any

from flask import Response
from flask_babel import gettext as _

from lms.reports.exports import figures_csv, rows_csv
from lms.reports.queries import all_rows_behind, columns_of
from lms.reports.queries import figures as read_figures
from lms.reports.rules import Group, Question
from lms.web.exports import note_export
from lms.web.language import current_language
from lms.web.pages import show
from lms.web.paging import page_asked
from lms.web.secretariat import headcounts
from lms.web.secretariat.asking import asked, group_asked, question, try_question
from lms.web.secretariat.behind import group_name, rows_page
from lms.web.secretariat.desk import desk
from lms.web.secretariat.meanings import definitions_page, meaning_of
from lms.web.secretariat.overview import figures_page

__all__ = ["desk", "headcounts"]


@desk.get("/")
def figures() -> Any:
    """All indicators of a period and a place, with their breakdowns."""
    typed = asked()
    found, problems = try_question(typed)
    page = figures_page(typed, found, problems)
    return show("secretariat/figures.html", page, 400 if problems else 200)


@desk.post("/figures.csv")
def download_figures() -> Any:
    """The same figures as a sheet."""
    wanted = question()
    note_export("export.figures", **_about(wanted))
    data = figures_csv(read_figures(wanted), current_language(), _)
    return _sheet([data], _("figures"), wanted)


@desk.get("/definitions")
def definitions() -> Any:
    """What each indicator means and how it is counted."""
    return show("secretariat/definitions.html", definitions_page(asked()))


@desk.get("/figures/<code>")
def rows(code: str) -> Any:
    """The rows behind one figure, or behind one group of it."""
    meaning_of(code)
    number = page_asked()
    page = rows_page(asked(), question(), code, group_asked(code), number)
    return show("secretariat/rows.html", page)


@desk.post("/figures/<code>/rows.csv")
def download_rows(code: str) -> Any:
    """All these rows as a sheet; people by number, without names."""
    meaning_of(code)
    wanted, group = question(), group_asked(code)
    note_export("export.rows", figure=code, group=_code(group), **_about(wanted))
    data = rows_csv(
        wanted,
        code,
        group_name(group),
        all_rows_behind(wanted, code, group),
        columns_of(code),
        current_language(),
        _,
    )
    word = _("rows")
    return _sheet(list(data), f"{word}-{code}", wanted)


def _about(wanted: Question) -> dict[str, str]:
    place = wanted.place.code if wanted.place else ""
    return {"period": wanted.period.code, "place": place}


def _code(group: Group | None) -> str:
    return f"{group.by}:{group.key}" if group else ""


def _sheet(data: Iterable[bytes], name: str, wanted: Question) -> Response:
    response = Response(data, mimetype="text/csv")
    place = f"-{wanted.place.code}" if wanted.place else ""
    file = f"{name}-{wanted.period.code}{place}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=file)
    return response
