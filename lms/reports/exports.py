"""Figures, and the rows behind them, as CSV. Numbers are plain, days are YYYY-MM-DD.

Names of persons are on pages only; in files people have their number.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final

from lms.base.clock import as_text
from lms.base.language import sentence
from lms.base.sheets import sheet
from lms.reports import words
from lms.reports.definitions import VERSION, definition_of
from lms.reports.periods import in_words as period_in_words
from lms.reports.rules import Figure, Question, Report, Row, Table
from lms.reports.small_cells import Cell

Translate = Callable[[str], str]
_HEAD: Final = (
    sentence("Indicator"),
    sentence("Name"),
    sentence("Unit"),
    sentence("Divided by"),
    sentence("Group"),
    sentence("Value"),
    sentence("Out of"),
    sentence("Percent"),
)


def figures_csv(report: Report, language: str, translate: Translate) -> bytes:
    """All figures and tables of a report, one value a line."""
    lines: list[list[object]] = [
        *_top(report.question, "", language, translate),
        [sentence("Events in the record").in_words(translate), report.stamp.events],
        *_notes(report, translate),
        [],
        list[object](head.in_words(translate) for head in _HEAD),
        *(line for figure in report.figures for line in _of_figure(figure, translate)),
        *(line for table in report.tables for line in _of_table(table, language, translate)),
    ]
    return "".join(sheet(lines, language)).encode()


def _notes(report: Report, say: Translate) -> Iterator[list[object]]:
    for note in (*report.notes, words.WHAT_IS_HIDDEN):
        yield [sentence("Note").in_words(say), note.in_words(say)]


def rows_csv(
    question: Question,
    code: str,
    group: str,
    rows: Iterable[Row],
    columns: Iterable[str],
    language: str,
    translate: Translate,
) -> Iterator[bytes]:
    """The rows behind a figure, in pieces; `group` says in words which group of it, if any."""
    shown = [column for column in columns if column != "name"]
    top = _top(question, code, language, translate)
    if group:
        top.append([sentence("Group").in_words(translate), group])
    heads = [words.OF_ROWS[column].in_words(translate) for column in shown]
    lines = ([words.fact_of(row, column, language, translate) for column in shown] for row in rows)
    for text in sheet(chain([*top, [], heads], lines), language):
        yield text.encode()


def _top(question: Question, code: str, language: str, say: Translate) -> list[list[object]]:
    definition = definition_of(code)
    name = definition.name.in_words(say) if definition else sentence("All indicators").in_words(say)
    period = question.period
    place = question.place.name.name(language) if question.place else ""
    return [
        [sentence("Indicator").in_words(say), f"{code} {name}".strip()],
        [sentence("Period").in_words(say), period_in_words(period).in_words(say)],
        [sentence("From").in_words(say), period.first.isoformat()],
        [sentence("To").in_words(say), period.last.isoformat()],
        [sentence("Place").in_words(say), place or words.ALL_PLACES.in_words(say)],
        [sentence("Definitions").in_words(say), VERSION.in_words(say)],
        [sentence("Made at").in_words(say), as_text(question.at)],
    ]


def _of_figure(figure: Figure, say: Translate) -> Iterator[list[object]]:
    name, unit = _name_and_unit(figure.code, say)
    percent = "" if figure.percent is None else str(figure.percent)
    out_of = "" if figure.out_of is None else figure.out_of
    yield [
        figure.code,
        name,
        unit,
        "",
        sentence("Total").in_words(say),
        figure.value,
        out_of,
        percent,
    ]
    if figure.dated:
        days = " – ".join(day.isoformat() for day in sorted(set(figure.dated)))
        returned = sentence("Headcounts returned for").in_words(say)
        yield [figure.code, name, unit, returned, days, "", figure.out_of, ""]
    for text, count in figure.asides:
        yield [
            figure.code,
            name,
            unit,
            sentence("Shown apart").in_words(say),
            text.in_words(say),
            count,
            "",
            "",
        ]


def _of_table(table: Table, language: str, say: Translate) -> Iterator[list[object]]:
    by = words.BY[table.by].in_words(say)
    for place, column in enumerate(table.columns):
        crossed = table.by == "office-sex"
        code = table.code if crossed else column
        name, unit = _name_and_unit(code, say)
        also = f" / {words.COLUMNS[column].in_words(say)}" if crossed else ""
        for line in table.lines:
            group = words.in_words(line.label, language, say) + also
            yield [code, name, unit, by, group, value_of(line.cells[place], say), "", ""]


def _name_and_unit(code: str, say: Translate) -> tuple[str, str]:
    definition = definition_of(code)
    assert definition is not None
    return definition.name.in_words(say), definition.unit.in_words(say)


def value_of(cell: Cell, say: Translate) -> int | str:
    """A cell's count, or the word that stands for it."""
    if cell.count is not None:
        return cell.count
    return (words.SMALL if cell.sight == "small" else words.HIDDEN).in_words(say)
