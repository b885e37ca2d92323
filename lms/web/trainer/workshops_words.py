"""What the pages about workshops call things."""

from typing import Final

from flask_babel import lazy_gettext as _l

THEME_NAMES: Final = {
    "digital-finance": _l("Digital transformation and financial inclusion"),
    "it-security": _l("IT systems, tools, cyber-security"),
    "other": _l("Another theme"),
}
MODE_NAMES: Final = {
    "room": _l("In a room"),
    "online": _l("Online"),
    "hybrid": _l("In a room and online"),
}
ROLE_NAMES: Final = {
    "participant": _l("Participant"),
    "facilitator": _l("Facilitator"),
    "interpreter": _l("Interpreter"),
    "organiser": _l("Organiser"),
    "observer": _l("Observer"),
}
SUBREGION_NAMES: Final = {
    "North": _l("North Africa"),
    "West": _l("West Africa"),
    "Central": _l("Central Africa"),
    "East": _l("East Africa"),
    "Southern": _l("Southern Africa"),
}
