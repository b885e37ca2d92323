"""The list as a value: what both the paper and the table are made from."""

from dataclasses import dataclass

from lms.people.queries import find_organisation
from lms.workshops.queries import Listed, participants_of
from lms.workshops.rules import Workshop


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One person. `present_at` and `late_at` hold ids of sittings."""

    number: str
    name: str
    sender: str
    state: str
    role: str
    present_at: frozenset[str]
    late_at: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workshop, its organiser's name, and its people by name."""

    workshop: Workshop
    organiser: str
    lines: tuple[SheetLine, ...]


def sheet_of(workshop: Workshop, language: str) -> Sheet:
    """The list of a workshop, with the names of organisations in a language."""
    organiser = find_organisation(workshop.plan.organiser)
    return Sheet(
        workshop=workshop,
        organiser=organiser.name(language) if organiser else "",
        lines=tuple(_line(listed, language) for listed in participants_of(workshop.id)),
    )


def _line(listed: Listed, language: str) -> SheetLine:
    return SheetLine(
        number=listed.number,
        name=listed.in_list,
        sender=listed.sender.name(language) if listed.sender else "",
        state=listed.state.name(language) if listed.state else "",
        role=listed.standing,
        present_at=listed.present_at,
        late_at=listed.late_at,
    )
