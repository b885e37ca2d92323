"""Which office the helper works at: their own first, another one of theirs when chosen."""

from collections.abc import Collection

from wtforms.fields.choices import SelectChoice

from lms.people import queries as people
from lms.people.rules import Organisation, OrganisationUnknown
from lms.web.desk import at_the_desk
from lms.web.language import current_language


def offices_of(paths: Collection[str]) -> list[Organisation]:
    """The offices of the subtrees, by name."""
    language = current_language()
    found = people.organisations_in(paths, level="office")
    return sorted(found, key=lambda office: (office.name(language), office.id))


def chosen_office(paths: Collection[str], wanted: str) -> Organisation:
    """The office asked for, or the visitor's own, or the first; refuses one of nobody's subtree."""
    offices = {office.id: office for office in offices_of(paths)}
    if not offices or (wanted and wanted not in offices):
        raise OrganisationUnknown(code=wanted[:60])
    own = at_the_desk().office
    return offices[wanted] if wanted else offices.get(own) or next(iter(offices.values()))


def offices_to_choose(paths: Collection[str]) -> list[SelectChoice]:
    """The same for a list to choose from."""
    language = current_language()
    return [SelectChoice(office.id, office.name(language)) for office in offices_of(paths)]
