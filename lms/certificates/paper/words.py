"""What a certificate says, in each language, and how it writes numbers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from babel.numbers import format_percent
from babel.units import format_unit

from lms.base.paper import LOCALES

PaperLanguage = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed texts of one language; `{}` takes a value."""

    heading: str
    certifies: str
    completed: str
    completed_on: str
    score: str
    time: str
    valid_until: str
    serial: str
    check: str
    code: str
    signature: str
    specimen: str
    revoked: str
    expired: str
    no_name: str
    document: str
    beside: str
    read_aloud: str
    typed: str


WORDS: Final[Mapping[str, Words]] = {
    "fr": Words(
        heading="Certificat de réussite",
        certifies="Il est certifié que",
        completed="a suivi et terminé en entier le cours",
        completed_on="Terminé le",
        score="Résultat",
        time="Durée de la formation",
        valid_until="Valable jusqu’au",
        serial="Certificat nº",
        check="À vérifier sur",
        code="Code QR : ouvre la page de vérification du certificat {}",
        signature="Date, nom, signature et cachet",
        specimen="Spécimen – démonstration",
        revoked="Révoqué le {} : ce certificat n’est plus valable",
        expired="Ce certificat n’est plus valable depuis le {}",
        no_name="(nom non communiqué)",
        document="Certificat de réussite – {}",
        beside="Un agent de la poste était présent pendant une partie du cours.",
        read_aloud="Un agent de la poste a lu une partie du cours ou du test à voix haute.",
        typed="Un agent de la poste a écrit une partie des réponses, sous la dictée.",
    ),
    "en": Words(
        heading="Certificate of completion",
        certifies="This is to certify that",
        completed="has followed and fully completed the course",
        completed_on="Completed on",
        score="Score",
        time="Length of the course",
        valid_until="Valid until",
        serial="Certificate no.",
        check="Check it at",
        code="QR code: opens the page where certificate {} is checked",
        signature="Date, name, signature and stamp",
        specimen="Specimen – demonstration",
        revoked="Revoked on {}: this certificate is no longer valid",
        expired="This certificate has not been valid since {}",
        no_name="(name not given)",
        document="Certificate of completion – {}",
        beside="A post office helper was present during part of the course.",
        read_aloud="A post office helper read part of the course or the test aloud.",
        typed="A post office helper typed part of the answers, as dictated.",
    ),
}

HELPED: Final[Mapping[str, str]] = {"self": "beside", "read-aloud": "read_aloud", "typed": "typed"}
"""How a helper helped → the sentence that says so. A way that is not known is the most help."""

_UNITS_FR: Final = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    *("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
    *("dix-sept", "dix-huit", "dix-neuf"),
)
_TENS_FR: Final = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
_UNITS_EN: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_TENS_EN: Final = (
    *("", "", "twenty", "thirty", "forty", "fifty"),
    *("sixty", "seventy", "eighty", "ninety"),
)


def score_in_words(percent: int, language: PaperLanguage) -> str:
    """« 86 % (quatre-vingt-six pour cent) », “86% (eighty-six per cent)”; held to 0..100."""
    held = max(0, min(100, percent))
    figure = format_percent(Decimal(held) / 100, locale=LOCALES[language])
    if language == "fr":
        return f"{figure} ({_in_french(held)} pour cent)"
    return f"{figure} ({_in_english(held)} per cent)"


def time_in_words(minutes: int, language: PaperLanguage) -> str:
    """« 1 heure 55 minutes »; an empty text where no time was counted."""
    locale = LOCALES[language]
    hours, rest = divmod(max(0, minutes), 60)
    parts = [(hours, "duration-hour"), (rest, "duration-minute")]
    return " ".join(format_unit(n, unit, "long", locale=locale) for n, unit in parts if n)


def _in_french(number: int) -> str:
    if number == 100:
        return "cent"
    if number < 20:
        return _UNITS_FR[number]
    if number >= 80:
        rest = number - 80
        return f"quatre-vingt-{_UNITS_FR[rest]}" if rest else "quatre-vingts"
    tens = min(number // 10, 6)
    rest = number - tens * 10
    if rest in (1, 11):
        return f"{_TENS_FR[tens]} et {_UNITS_FR[rest]}"
    return f"{_TENS_FR[tens]}-{_UNITS_FR[rest]}" if rest else _TENS_FR[tens]


def _in_english(number: int) -> str:
    if number == 100:
        return "one hundred"
    if number < 20:
        return _UNITS_EN[number]
    tens, rest = divmod(number, 10)
    return f"{_TENS_EN[tens]}-{_UNITS_EN[rest]}" if rest else _TENS_EN[tens]
