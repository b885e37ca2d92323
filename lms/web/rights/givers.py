"""Who gives which position where a person belongs, for somebody who looks for it and cannot."""

from collections.abc import Iterator

from lms.base.clock import now
from lms.people import queries as people
from lms.people.rights.queries import holders_on_path
from lms.people.rights.rules import LEVELS_OF, fits, givers_of
from lms.people.rules import Organisation, Person, Position
from lms.web.language import current_language
from lms.web.rights.pages import GiverLine
from lms.web.rights.words import LEVEL_NAMES, position_name


def givers_for(person: Person) -> tuple[GiverLine, ...]:
    """One line a position. Nobody is named: only whether there is somebody to ask."""
    office = people.find_organisation(person.office)
    path = office.path if office else ""
    places = people.places_on_path(path)
    counts = holders_on_path(path, now().date())
    return tuple(
        GiverLine(
            name=position_name(position),
            levels=tuple(str(LEVEL_NAMES[level]) for level in levels),
            givers=tuple(
                (
                    position_name(giver),
                    place.name(current_language()),
                    counts.get((giver, place.id), 0),
                )
                for giver in givers_of(position)
                for place in _places_of(giver, places)
            ),
        )
        for position, levels in LEVELS_OF.items()
    )


def _places_of(giver: Position, places: dict[str, Organisation]) -> Iterator[Organisation]:
    """Where on the path the position can be held, the lowest first."""
    for level in ("office", "region", "operator", "state", "union"):
        if level in places and fits(giver, level):
            yield places[level]
