"""From a question to its report: the one way every page and every file gets its figures."""

from lms.base.language import Sentence, sentence
from lms.record.queries import count_of_events
from lms.reports.definitions import VERSION
from lms.reports.queries.assistance import figure_of_assistance
from lms.reports.queries.counts import Counts, counts_of
from lms.reports.queries.coverage import coverage
from lms.reports.queries.meetings import figure_of_states, other_roles
from lms.reports.queries.tables import (
    assistance_tables,
    course_table,
    disability_tables,
    help_table,
    office_by_sex,
    place_tables,
    sex_table,
    state_table,
    workshop_tables,
)
from lms.reports.rules import Figure, Question, Report, Stamp, Table

MOST_OFFICES = 150
"""Where more offices than this have a count, a narrower place must be chosen to see them."""


def figures(question: Question) -> Report:
    """All indicators of a question with their breakdowns, stamped with the state of the data."""
    counts = counts_of(question)
    covered, remarks = coverage(question, counts.of("1a", "operator"))
    return Report(
        question=question,
        figures=_figures(question, counts, covered),
        tables=_tables(question, counts),
        stamp=Stamp(question.at, count_of_events()),
        version=VERSION,
        notes=(*_notes(question, counts), *remarks),
    )


def _figures(question: Question, counts: Counts, covered: Figure) -> tuple[Figure, ...]:
    return (
        Figure("1a", counts.total("1a")),
        Figure("1b", counts.total("1b")),
        covered,
        figure_of_assistance(question, counts.total("3k")),
        Figure("4", counts.total("4")),
        Figure("5a", counts.total("5a"), asides=other_roles(question)),
        Figure("5b", counts.total("5b")),
        figure_of_states(question, set(counts.of("6", "state"))),
    )


def _tables(question: Question, counts: Counts) -> tuple[Table, ...]:
    offices = _offices(counts)
    with_offices = len(offices) <= MOST_OFFICES
    return (
        state_table(question, counts),
        *place_tables(counts, ("operator", "office") if with_offices else ("operator",)),
        sex_table(counts, ("1a", "1b")),
        *disability_tables(counts),
        *((office_by_sex(counts),) if with_offices else ()),
        course_table(counts),
        help_table(counts),
        *assistance_tables(counts, with_offices=_few_assisting_offices(counts)),
        *workshop_tables(counts),
        sex_table(counts, ("5a", "5b")),
    )


def _offices(counts: Counts) -> set[str]:
    return {*counts.of("1a", "office"), *counts.of("1b", "office")}


def _few_assisting_offices(counts: Counts) -> bool:
    return len(counts.of("3k", "office")) <= MOST_OFFICES


def _notes(question: Question, counts: Counts) -> tuple[Sentence, ...]:
    notes: list[Sentence] = []
    period, plan = question.period, question.plan
    if period.first < plan.first or period.last > plan.last:
        notes.append(
            sentence(
                "The period goes beyond the plan cycle (%(first)s to %(last)s): “newly trained” "
                "counts the days inside it only.",
                first=plan.first.isoformat(),
                last=plan.last.isoformat(),
            )
        )
    if period.last >= question.at.date():
        notes.append(sentence("The period is not over yet: these figures will still change."))
    if len(_offices(counts)) > MOST_OFFICES:
        notes.append(
            sentence(
                "There are too many offices to list them all. Choose a member state or an operator "
                "to see its offices."
            )
        )
    if question.include_demo:
        notes.append(sentence("These figures are from demonstration people."))
    return tuple(notes)
