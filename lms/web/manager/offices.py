"""The offices a manager may choose from, and who may be touched."""

from collections.abc import Collection, Iterable

from wtforms.fields.choices import SelectChoice

from lms.base.clock import now
from lms.people import queries as people
from lms.people.rights.queries import may_touch_access
from lms.people.rules import Organisation, Person
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


def organisation_inside(paths: Collection[str], organisation: str) -> Organisation | None:
    """The organisation of that id, if it lies in the subtrees."""
    found = people.find_organisation(organisation)
    inside = found and any(found.path.startswith(path) for path in paths)
    return found if inside else None


def may_reset(person: str) -> bool:
    """Whether the visitor may give this person a new password.

    Whoever holds a position that the visitor does not stand above must not be reached through
    their password.
    """
    visitor = at_the_desk()
    return may_touch_access(visitor.positions, visitor.person, person, now().date())


def in_different_operators(one: str, other: str) -> bool:
    """Whether two organisations lie under different operators; a staff number is unique in one."""
    first, second = _operator(one), _operator(other)
    return bool(first and second and first != second)


def _operator(organisation: str) -> str | None:
    found = people.find_organisation(organisation)
    place = people.places_on_path(found.path).get("operator") if found else None
    return place.id if place else None


def office_names(
    persons: Iterable[Person], paths: Collection[str], language: str
) -> dict[str, str]:
    """Office id → name, for the offices of these persons."""
    wanted = {person.office for person in persons}
    return {o.id: o.name(language) for o in people.organisations_in(paths) if o.id in wanted}
