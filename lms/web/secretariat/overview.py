"""The page of the figures."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from lms.base.clock import now
from lms.people.rules import fold_text
from lms.reports import words
from lms.reports.periods import (
    Period,
    following,
    in_words,
    previous,
    quarter_of,
    year_of,
)
from lms.reports.queries import figures, places_to_choose
from lms.reports.rules import Question, Report
from lms.web.desk import say
from lms.web.exports import export_ticket
from lms.web.language import current_language
from lms.web.secretariat.asking import (
    Asked,
    Problem,
    address_of,
    my_scope,
    plan,
    settings,
)
from lms.web.secretariat.map import state_map
from lms.web.secretariat.meanings import meaning_of
from lms.web.secretariat.pages import (
    Aside,
    Choice,
    Figures,
    FiguresPage,
    FigureTile,
    Link,
    Picker,
)
from lms.web.secretariat.tables import figure_tables, rows_url

_INDENT = "\u2003"


def figures_page(
    typed: Asked, question: Question | None, problems: tuple[Problem, ...]
) -> FiguresPage:
    """The overview, or the same page saying what was not understood."""
    return FiguresPage(
        problems=problems,
        picker=_picker(typed, question.period if question else None),
        figures=_shown(figures(question), typed) if question else None,
        demo=settings().demo,
        definitions_url=url_for("secretariat.definitions", **typed.arguments()),
    )


def _shown(report: Report, typed: Asked) -> Figures:
    question = report.question
    return Figures(
        period=say(in_words(question.period)),
        first=question.period.first,
        last=question.period.last,
        place=place_name(question),
        tiles=tuple(_tiles(report, typed)),
        map=state_map(report),
        tables=figure_tables(report, typed),
        notes=tuple(say(note) for note in report.notes),
        version=say(report.version),
        at=report.stamp.at,
        events=report.stamp.events,
        csv_url=url_for("secretariat.download_figures", **typed.arguments()),
        export_ticket=export_ticket(),
    )


def place_name(question: Question) -> str:
    """The name of the question's place."""
    if question.place is None:
        return say(words.ALL_PLACES)
    return question.place.name.name(current_language())


def _tiles(report: Report, typed: Asked) -> Iterator[FigureTile]:
    definitions_url = url_for("secretariat.definitions", **typed.arguments())
    for figure in report.figures:
        yield FigureTile(
            code=figure.code,
            value=figure.value,
            out_of=figure.out_of,
            percent=None if figure.percent is None else float(figure.percent),
            definition=meaning_of(figure.code),
            asides=tuple(Aside(say(text), count) for text, count in figure.asides),
            dated=figure.dated,
            rows_url=rows_url(figure.code, typed),
            definition_url=f"{definitions_url}#indicator-{figure.code}",
        )


def _picker(typed: Asked, period: Period | None) -> Picker:
    before = previous(period) if period else None
    after = following(period) if period else None
    shown = typed.period or (period.code if period and period.kind != "dates" else "")
    return Picker(
        asked=typed,
        period="" if typed.has_dates else shown,
        places=tuple(_places(typed.place)),
        periods=tuple(_periods(typed, period)),
        previous=_link(typed, before, period) if before else None,
        following=_link(typed, after, period) if after else None,
    )


def _places(chosen: str) -> list[Choice]:
    """Places under the place they belong to, in the alphabet of the reader's language."""
    above: list[str] = []
    found: list[tuple[list[str], Choice]] = []
    for depth, place in places_to_choose(my_scope(), chosen):
        name = place.name.name(current_language())
        above = [*above[:depth], fold_text(name)]
        found.append((above, Choice(place.code, _INDENT * depth + name)))
    return [choice for _above, choice in sorted(found, key=lambda each: each[0])]


def _periods(typed: Asked, period: Period | None) -> Iterator[Link]:
    year = (period.first if period and period.kind != "plan" else now()).year
    for month in (1, 4, 7, 10):
        yield _link(typed, quarter_of(date(year, month, 1)), period)
    yield _link(typed, year_of(date(year, 1, 1)), period)
    yield _link(typed, plan(), period)


def _link(typed: Asked, to: Period, here: Period | None) -> Link:
    url = url_for("secretariat.figures", **address_of(typed, to))
    text = say(in_words(to))
    if to.kind == "dates":
        first, last = (format_date(day, "medium") for day in (to.first, to.last))
        text = _("%(first)s to %(last)s", first=first, last=last)
    return Link(text, url, current=to == here)
