"""How a name sounds, roughly, in French and in English: for finding somebody whose name was heard
and not read. Two people may sound alike; nothing is ever decided by this alone. Pure."""

import re
from typing import Final

from lms.people.rules import fold_text

_FEWEST_DIGITS: Final = 6
_LONGEST_TELEPHONE: Final = 40
_COUNTRY: Final = re.compile(r"^(?:\+|00)(?:(?:20|27|2\d\d)(?=\d{6}))?")
"""What leads to a country of Africa, where a whole number follows."""
_STEPS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z ]", ""),
        (r"ph", "f"),
        (r"(ou|oo|w)", "u"),
        (r"(eau|au|aw)", "o"),
        (r"(ai|ei|ay|ey|ae)", "e"),
        (r"(sch|sh|ch|tch)", "c"),
        (r"(dj|dy|gi|ge|j)", "z"),
        (r"(q|ck|k|c(?=[aou]|$| ))", "k"),
        (r"(y|ij|ii)", "i"),
        (r"(th|tt)", "t"),
        (r"(v|b)", "b"),
        (r"(z|s|x)", "s"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
        (r"(e|s|t|d)\b", ""),
    )
)


def sound_of(name: str) -> str:
    """The sound of each word of a name, in the order of the alphabet, so that given name and
    family name may be swapped."""
    text = fold_text(name)
    for pattern, sound in _STEPS:
        text = pattern.sub(sound, text)
    return " ".join(sorted(word for word in text.split() if word))


def clean_phone(text: str) -> str:
    """The last nine digits of a telephone number, without what leads to the country: numbers of
    eight digits are the same with it and without."""
    digits = re.sub(r"\D", "", text)
    if len(digits) < _FEWEST_DIGITS:
        return ""
    return _COUNTRY.sub("", f"+{digits}" if "+" in text else digits)[-9:]


def clean_telephone(text: str) -> str:
    """A telephone number as it was typed, to be dialled: single spaces, at most 40 characters.
    Empty where `clean_phone` finds no number."""
    return " ".join(text.split())[:_LONGEST_TELEPHONE].strip() if clean_phone(text) else ""
