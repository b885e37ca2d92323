"""The page of the rows behind a figure."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from lms.reports import words
from lms.reports.periods import in_words
from lms.reports.queries import label_of_group, rows_behind
from lms.reports.rules import Group, Question, Row, Rows
from lms.web.desk import say
from lms.web.exports import export_ticket
from lms.web.language import current_language
from lms.web.paging import Sheet, sheet_of
from lms.web.secretariat.asking import Asked, settings
from lms.web.secretariat.meanings import meaning_of
from lms.web.secretariat.overview import place_name
from lms.web.secretariat.pages import (
    RowsPage,
)
from lms.web.secretariat.tables import heads_of

_NUMBERS = ("percent", "minutes")


def rows_page(
    typed: Asked, question: Question, code: str, group: Group | None, number: int
) -> RowsPage:
    """One page of rows, with what they are behind."""
    rows = rows_behind(question, code, group, number=number)
    more: dict[str, Any] = {"by": group.by, "key": group.key} if group else {}
    return RowsPage(
        code=code,
        definition=meaning_of(code),
        period=say(in_words(question.period)),
        first=question.period.first,
        last=question.period.last,
        place=place_name(question),
        group=group_name(group),
        count=rows.count,
        head=heads_of(rows.columns),
        numeric=tuple(i for i, column in enumerate(rows.columns) if column in _NUMBERS),
        lines=tuple(_line(row, rows.columns) for row in rows.rows),
        pages=_sheet(typed, code, rows, more),
        back_url=url_for("secretariat.figures", **typed.arguments()),
        csv_url=url_for("secretariat.download_rows", code=code, **typed.arguments(), **more),
        export_ticket=export_ticket(),
        demo=settings().demo,
    )


def group_name(group: Group | None) -> str:
    """“Member state: Togo”, empty without a group."""
    if group is None:
        return ""
    name = words.in_words(label_of_group(group), current_language(), _)
    return str(_("%(what)s: %(name)s", what=words.BY[group.by].in_words(_), name=name))


def _line(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_fact(row, column) for column in columns)


def _fact(row: Row, column: str) -> str:
    if column == "day":
        return str(format_date(date.fromisoformat(row.day), "long"))
    fact = words.fact_of(row, column, current_language(), _)
    if isinstance(fact, int):
        return str(format_decimal(fact))
    return fact or _("Not stated")


def _sheet(typed: Asked, code: str, rows: Rows, more: dict[str, Any]) -> Sheet:
    asked = {"code": code, **typed.arguments(), **more}
    return sheet_of("secretariat.rows", rows.number, rows.count, rows.size, **asked)
