"""Whom the numbers mean that a manager types, line by line."""

from collections.abc import Iterable, Sequence
from typing import Final

from lms.base.language import Sentence, sentence
from lms.people.queries.numbers import Meant, meant_by_number
from lms.people.rules import Person
from lms.web.language import current_language
from lms.web.manager.asking_pages import NotUnderstood
from lms.web.manager.offices import where_seen
from lms.web.manager.person import my_paths

SAYS: Final = {
    "nobody": sentence(
        "Nobody of your offices has this number. Check it; people of other offices are asked by "
        "those who look after them."
    ),
    "closed": sentence(
        "The account with this number is closed. Open it again on the person’s page, if it must be."
    ),
    "erased": sentence(
        "The name of this person was removed at their wish, so nothing more is asked of them."
    ),
}


def read_numbers(lines: Sequence[str]) -> tuple[list[str], list[NotUnderstood]]:
    """(the people who are meant, each once; the lines of which nobody more is asked, and why)."""
    found: dict[str, int] = {}
    told: list[NotUnderstood] = []
    for number, typed in enumerate(lines, start=1):
        meant = meant_by_number(typed, my_paths())
        if meant.meaning != "one":
            told.append(NotUnderstood(number, typed, _why(meant)))
        elif meant.persons[0].id in found:
            first = found[meant.persons[0].id]
            told.append(NotUnderstood(number, typed, _once_more(meant.persons[0], first), True))
        else:
            found[meant.persons[0].id] = number
    return list(found), told


def _why(meant: Meant) -> Sentence:
    if meant.meaning != "several":
        return SAYS[meant.meaning]
    return sentence(
        "Several people of your offices have this number: %(who)s. Type the card number of the "
        "one you mean.",
        who="; ".join(_told_apart(meant.persons)),
    )


def _told_apart(persons: Sequence[Person]) -> Iterable[str]:
    offices = where_seen(persons, my_paths(), current_language())
    return (f"{each.name}, {offices[each.id]}, {each.number}" for each in persons)


def _once_more(person: Person, first: int) -> Sentence:
    return sentence(
        "%(name)s stands on line %(line)s already and is asked once.", name=person.name, line=first
    )
