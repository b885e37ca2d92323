"""Why two people are thought to be one, or are not, in words."""

from typing import Final

from flask_babel import lazy_gettext as _l

WHY: Final = {
    "staff-number": _l("The same staff number"),
    "phone": _l("The same telephone number"),
    "sound": _l("Names that sound alike, and the same year of birth"),
    "told": _l("The person says so"),
    "papers": _l("Their papers are the same"),
}
WHY_PART: Final = {
    "two-people": _l("They are two people after all"),
    "wrong-choice": _l("Another person was meant"),
    "told": _l("The person says so"),
}
