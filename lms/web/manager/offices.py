"""The offices a manager may choose from, and who may be touched."""

from collections.abc import Collection, Iterable

from wtforms.fields.choices import SelectChoice

from lms.base.clock import now
from lms.people import queries as people
from lms.people.queries.assignments import further_offices
from lms.people.queries.duplicates import people_inside
from lms.people.rights.queries import may_touch_access
from lms.people.rules import LOOK_AFTER, Person
from lms.web.desk import at_the_desk


def offices_to_choose(paths: Collection[str], language: str) -> list[SelectChoice]:
    """The offices of the subtrees, grouped by the organisation above where there are several."""
    above = {each.id: each.name(language) for each in people.organisations_in(paths)}
    offices = [
        (above.get(office.parent or "", ""), office.name(language), office.id)
        for office in people.organisations_in(paths, level="office")
    ]
    several = len({group for group, _, _ in offices}) > 1
    return [
        SelectChoice(id, name, optgroup=group if several and group else None)
        for group, name, id in sorted(offices)
    ]


def may_reset(person: str) -> bool:
    """Whether the visitor may give this person a new password: they look after the person's own
    office, not a further one alone.

    Whoever holds a position that the visitor does not stand above must not be reached through
    their password.
    """
    visitor = at_the_desk()
    return bool(people_inside(visitor.paths_as(*LOOK_AFTER), [person])) and may_touch_access(
        visitor.positions, visitor.person, person, now().date()
    )


def where_seen(
    persons: Collection[Person], paths: Collection[str], language: str
) -> dict[str, str]:
    """Person → the office through which they are in the subtrees: their own, else a further one;
    empty where neither is."""
    names = {o.id: o.name(language) for o in people.organisations_in(paths)}
    away = {person.id for person in persons if person.office not in names}
    further = further_offices(away, paths) if away else {}
    return {p.id: names.get(further.get(p.id, p.office), "") for p in persons}


def office_names(
    persons: Iterable[Person], paths: Collection[str], language: str
) -> dict[str, str]:
    """Office id → name, for the offices of these persons."""
    wanted = {person.office for person in persons}
    return {o.id: o.name(language) for o in people.organisations_in(paths) if o.id in wanted}
