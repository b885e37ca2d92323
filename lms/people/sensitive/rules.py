"""What is sensitive, decided once. Pure.

Sensitive is how somebody is reached or told from others in private life: telephone number, e-mail
address, year of birth; and whatever they wrote in a request for a correction. A page shows it to
another person only for some minutes after they asked to see it, and the audit trail keeps who
asked, about whom, and what was shown.

Not sensitive are names, numbers on cards and staff lists, office, employment and sex: those who
look after people tell them apart by these all day. Answers about difficulties are beyond this:
no page shows them to anybody but the person (see `functioning`). Lists that leave the site are
noted as exports. One's own data is one's own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from lms.base.language import Sentence, sentence

SENSITIVE: Final[Mapping[str, Sentence]] = {
    "phone": sentence("telephone number"),
    "email": sentence("e-mail address"),
    "birth_year": sentence("year of birth"),
    "request": sentence("what the person wrote in a request"),
}
"""Field → what it is called in the audit trail."""
ABOUT_A_PERSON: Final = ("phone", "email", "birth_year")
SHOWN_FOR: Final = timedelta(minutes=10)
"""How long a page shows what somebody asked to see."""
_HIDDEN: Final = "••••"
_LAST_DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class Contact:
    """The sensitive facts about a person as they are kept; empty where nothing is."""

    phone: str
    email: str
    birth_year: str

    @property
    def fields(self) -> tuple[str, ...]:
        """Those of them that are kept."""
        return tuple(field for field in ABOUT_A_PERSON if getattr(self, field))


def hidden(field: str, value: str) -> str:
    """What may be seen of a sensitive value by everybody who sees the person; "" stays "".

    The last two digits of a telephone number, so that two numbers can be told apart; where a mail
    address belongs to; nothing else.
    """
    if not value:
        return ""
    if field == "phone":
        digits = re.sub(r"\D", "", value)
        return f"{_HIDDEN} {digits[-_LAST_DIGITS:]}" if len(digits) > 2 * _LAST_DIGITS else _HIDDEN
    if field == "email" and "@" in value:
        return f"{_HIDDEN}@{value.rpartition('@')[2]}"
    return _HIDDEN
