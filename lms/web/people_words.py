"""What kinds of employment, sexes, positions and ways to ask are called, on every desk."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

EMPLOYMENT_NAMES: Final = {
    "employee": _l("Employee"),
    "contract": _l("On contract"),
    "business-owner": _l("Runs a business"),
    "citizen": _l("Citizen"),
}
SEX_NAMES: Final = {
    "female": _l("Woman"),
    "male": _l("Man"),
    "other": _l("Other"),
    "": _l("Not stated"),
}
GROUND_NAMES: Final[Mapping[str, Any]] = {
    "in-person": _l("in person"),
    "letter": _l("by letter"),
}
POSITION_NAMES: Final[Mapping[str, Any]] = {
    "helper": _l("Office helper"),
    "manager": _l("Office manager"),
    "trainer": _l("Trainer"),
    "training-manager": _l("Training manager of an operator"),
    "coordinator": _l("Country coordinator"),
    "secretariat": _l("Secretariat"),
    "engineer": _l("Engineer"),
}
