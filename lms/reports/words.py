"""The words that figures, tables and rows are shown with, on pages and in files alike. Pure."""

from collections.abc import Callable, Mapping
from typing import Final

from lms.base.language import Sentence, sentence
from lms.reports.rules import Grouping, Label, Named, Row

Translate = Callable[[str], str]

BY: Final[Mapping[Grouping, Sentence]] = {
    "state": sentence("Member state"),
    "operator": sentence("Operator"),
    "office": sentence("Office"),
    "sex": sentence("Sex"),
    "office-sex": sentence("Office and sex"),
    "course": sentence("Course"),
    "help": sentence("Alone or with a helper"),
    "disability": sentence("Disability"),
    "theme": sentence("Theme"),
    "mode": sentence("How people meet"),
    "language": sentence("Language"),
}
TITLES: Final[Mapping[tuple[str, Grouping], Sentence]] = {
    ("1a", "state"): sentence("Training and participation by member state"),
    ("1a", "operator"): sentence("Employees trained, by operator"),
    ("1a", "office"): sentence("Employees trained, by office"),
    ("1a", "sex"): sentence("Employees trained, by sex"),
    ("1a", "office-sex"): sentence("Employees trained in the period, by office and sex"),
    ("1a", "course"): sentence("Employees trained, by course"),
    ("1a", "help"): sentence("Employees trained, alone and with a helper"),
    ("1a", "disability"): sentence("Employees trained in the period, by disability"),
    ("3k", "state"): sentence("Assisted sessions, by member state"),
    ("3k", "operator"): sentence("Assisted sessions, by operator"),
    ("3k", "office"): sentence("Assisted sessions, by office"),
    ("4", "theme"): sentence("Workshops, by theme"),
    ("4", "mode"): sentence("Workshops, by how people meet"),
    ("4", "language"): sentence("Workshops, by language"),
    ("5a", "theme"): sentence("Attendances, by theme"),
    ("5a", "sex"): sentence("Participants, by sex"),
}
COLUMNS: Final[Mapping[str, Sentence]] = {
    "1a": sentence("Trained (1a)"),
    "1b": sentence("Newly trained (1b)"),
    "3k": sentence("Assisted sessions (3k)"),
    "4": sentence("Workshops (4)"),
    "5a": sentence("Attendances (5a)"),
    "5b": sentence("Participants (5b)"),
    "6": sentence("Participates (6)"),
    "female": sentence("Women"),
    "male": sentence("Men"),
    "other": sentence("Other, in their own words"),
    "-": sentence("Not stated"),
}
OF_ROWS: Final[Mapping[str, Sentence]] = {
    "day": sentence("Date"),
    "what": sentence("Course or workshop"),
    "percent": sentence("Mark, in percent"),
    "mode": sentence("How it is known"),
    "person": sentence("Person’s number"),
    "name": sentence("Name"),
    "state": sentence("Member state"),
    "operator": sentence("Operator"),
    "office": sentence("Office"),
    "organiser": sentence("Organiser"),
    "sent_by": sentence("Accredited by"),
    "venue": sentence("Place"),
    "assisted": sentence("Assisted"),
    "help": sentence("How it was answered"),
    "helper": sentence("Helper’s number"),
    "minutes": sentence("Minutes"),
}
HELP: Final[Mapping[str, Sentence]] = {
    "": sentence("alone"),
    "self": sentence("by the learner, a helper looked on"),
    "read-aloud": sentence("read aloud by a helper"),
    "typed": sentence("typed by a helper at the learner’s word"),
}
"""How somebody was helped → in words."""
YES: Final = sentence("yes")
NO: Final = sentence("no")
MODES: Final[Mapping[str, Sentence]] = {
    "site": sentence("Done on this site"),
    "declared": sentence("Declared from a list"),
}
SMALL: Final = sentence("<5")
HIDDEN: Final = sentence("hidden")
ALL_PLACES: Final = sentence("All places")
SUMS_EXCEED: Final = sentence(
    "Somebody who completed several courses is in several lines, so their sum exceeds the total."
)
WHAT_IS_HIDDEN: Final = sentence(
    "Counts from 1 to 4 read “<5”. Others are “hidden” where they would give a small count away."
)


def in_words(label: Label, language: str, translate: Translate) -> str:
    """A place's or course's own name, or a sentence in the reader's language."""
    return label.name(language) if isinstance(label, Named) else label.in_words(translate)


def help_in_words(help: str, translate: Translate) -> str:
    """How somebody was helped; a way that this version does not know is the most help."""
    return HELP.get(help, HELP["typed"]).in_words(translate)


def fact_of(row: Row, column: str, language: str, translate: Translate) -> str | int | None:
    """One fact of a row; None where it has none."""
    if column == "mode":
        return MODES[row.mode].in_words(translate) if row.mode in MODES else None
    if row.mode == "declared" and column in ("assisted", "help"):
        return None
    if column == "assisted":
        return (YES if row.help else NO).in_words(translate)
    if column == "help":
        return help_in_words(row.help, translate)
    value: Named | str | int | None = getattr(row, column)
    return value.name(language) if isinstance(value, Named) else value
