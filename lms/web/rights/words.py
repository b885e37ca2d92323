"""What positions are called."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from lms.web.people_words import POSITION_NAMES

WHAT_THEY_DO: Final[Mapping[str, Any]] = {
    "helper": _l("Helps people at the counter of an office or a region."),
    "manager": _l("Looks after the people of an office or a region."),
    "trainer": _l("Publishes courses and holds workshops."),
    "training-manager": _l("Looks after all people of an operator."),
    "coordinator": _l("Looks after all people of a country."),
    "secretariat": _l("Reads the figures of the whole union and gives every position."),
    "engineer": _l("Looks after a server."),
}


LEVEL_NAMES: Final[Mapping[str, Any]] = {
    "union": _l("the union"),
    "state": _l("a member state"),
    "operator": _l("an operator"),
    "region": _l("a region"),
    "office": _l("an office"),
}


def position_name(position: str) -> str:
    """A position in the reader's language."""
    return str(POSITION_NAMES.get(position, position))
