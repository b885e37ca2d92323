"""French and English typography, so that authors type plain spaces and straight apostrophes.

French: a narrow no-break space (U+202F) before ; : ! ? » % and after «. Both: ’ for '. English:
“ ” for ". Figures, their groups and their spaces are left alone. Works on text, never on code.
"""

import re
from collections.abc import Mapping
from typing import Final

NARROW: Final = "\u202f"
_SPACES: Final = "[ \u00a0\u2009\u202f]"
_END: Final = r"(?=[\s»”)\]]|$)"

_FRENCH: Final = (
    (re.compile(rf"{_SPACES}+(?=[;:!?»%])"), NARROW),
    (re.compile(rf"«{_SPACES}*"), "«" + NARROW),
    (re.compile(r"(?<=[^\s«])(?=»)"), NARROW),
    (re.compile(rf"(?<=[\w)\]}}”’…])(?=[;!?]+{_END})"), NARROW),
    (re.compile(rf"(?<=[\w)\]}}”’…])(?=:{_END})"), NARROW),
    (re.compile(r"(?<=\d)(?=%(?!\w))"), NARROW),
    (re.compile(r"(?<=[^\W\d_])'|(?<=\}\})'"), "’"),
)
_ENGLISH: Final = (
    (re.compile(r"(?<=[^\W\d_])'|(?<=[.,!?…])'|(?<=\}\})'|(?<=\d)'(?=s\b)"), "’"),
    (re.compile(r"(?<![\w’])'(?=\w)"), "‘"),
    (re.compile(r'(?:(?<=[\s(\[—–‘])|^)"(?=\S)'), "“"),
    (re.compile(r'(?<=\S)"'), "”"),
)
_RULES: Final[Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]] = {
    "fr": _FRENCH,
    "en": _ENGLISH,
}


def typographed(text: str, language: str, before: str = "") -> str:
    """The text with the signs of `language`; other languages than fr and en are left as they are.

    `before` is the one character that stands before the text in the same line, if any. Doing it
    twice changes nothing more.
    """
    whole = before[-1:] + text
    for pattern, replacement in _RULES.get(language.partition("-")[0], ()):
        whole = pattern.sub(replacement, whole)
    return _after(whole, before[-1:])


def _after(whole: str, before: str) -> str:
    return whole[len(before) :] if before and whole.startswith(before) else whole
